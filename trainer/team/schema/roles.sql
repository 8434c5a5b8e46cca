-- The three roles that nobody logs in as. Run as the administrator; again it does nothing.
DO $$
DECLARE
    one text;
    -- From version 16 on, who creates a role may give it away but is not yet allowed to become it.
    become text := CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END;
BEGIN
    FOREACH one IN ARRAY '{trainer_owner,trainer_gate,trainer_member}'::text[] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', one);
        END IF;
    END LOOP;
    -- To own things for these two, an administrator who is no superuser has to be one of them.
    FOREACH one IN ARRAY '{trainer_owner,trainer_gate}'::text[] LOOP
        IF NOT pg_has_role(current_user, one, become) THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', one);
        END IF;
    END LOOP;
END
$$;
