-- What members could do that they are not meant to: a line each, none where all is as it should be.
SELECT format('members may use table team.%s', relname)
FROM pg_class WHERE relnamespace = to_regnamespace('team') AND relkind IN ('r', 'S', 'v', 'm', 'p')
  AND CASE relkind
      WHEN 'S' THEN has_sequence_privilege('trainer_member', oid, 'USAGE, SELECT, UPDATE')
      ELSE has_table_privilege('trainer_member', oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
          OR has_any_column_privilege('trainer_member', oid, 'SELECT, INSERT, UPDATE, REFERENCES')
  END
UNION ALL
SELECT format('row-level security is off on team.%s', relname)
FROM pg_class WHERE relnamespace = to_regnamespace('team') AND relname IN ('record', 'member') AND NOT relrowsecurity
UNION ALL
SELECT format('members may call %s', oid::regprocedure)
FROM pg_proc WHERE pronamespace = to_regnamespace('team')
  AND has_function_privilege('trainer_member', oid, 'EXECUTE')
  AND proname NOT IN ('hello', 'claim', 'push', 'pull', 'lost')
UNION ALL
SELECT format('members may not call team.%s', name)
FROM unnest('{hello,claim,push,pull,lost}'::text[]) AS name
WHERE NOT EXISTS (
    SELECT FROM pg_proc WHERE pronamespace = to_regnamespace('team') AND proname = name
      AND has_function_privilege('trainer_member', oid, 'EXECUTE')
)
UNION ALL
SELECT format('%s is owned by %s', oid::regprocedure, proowner::regrole)
FROM pg_proc WHERE pronamespace = to_regnamespace('team') AND proowner::regrole::text <>
    CASE WHEN proname IN ('hello', 'push', 'pull', 'lost') THEN 'trainer_gate' ELSE 'trainer_owner' END
UNION ALL
SELECT format('team.%s is owned by %s', relname, relowner::regrole)
FROM pg_class WHERE relnamespace = to_regnamespace('team') AND relkind IN ('r', 'S')
  AND relowner::regrole::text <> 'trainer_owner'
UNION ALL
SELECT format('members may create things in the schema %s', nspname)
FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)' AND has_schema_privilege('trainer_member', oid, 'CREATE')
UNION ALL
SELECT 'members may make temporary tables'
WHERE has_database_privilege('trainer_member', current_database(), 'TEMP')
UNION ALL
SELECT 'everybody on this server may connect to the database'
FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
WHERE datname = current_database() AND grantee = 0 AND privilege_type = 'CONNECT'
UNION ALL
SELECT 'members may not connect to the database'
WHERE NOT has_database_privilege('trainer_member', current_database(), 'CONNECT')
UNION ALL
SELECT format('%s may do more than a member', rolname)
FROM pg_roles JOIN team.member ON login = rolname
WHERE rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
   OR EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid AND roleid <> 'trainer_member'::regrole)
