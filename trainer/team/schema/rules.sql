-- Who may do what. Run whole, as the administrator, whenever this file has changed.
--
-- trainer_owner   owns the tables; RLS does not bind it, so only short functions that ask one thing are its own
-- trainer_gate    owns the functions that members call; RLS binds it, by the login behind the call
-- trainer_member  every member's login is in it; it may call five functions and nothing else
--
-- Who calls is session_user: SET ROLE doesn't change it, and only a superuser can.

SET LOCAL ROLE trainer_owner;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE OR REPLACE FUNCTION team.me() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT member.id FROM team.member WHERE member.login = SESSION_USER AND member.left_at IS NULL;
END;

-- Only who has joined: until then a person may still take the id that their own store has for them.
CREATE OR REPLACE FUNCTION team.reports() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT member.id FROM team.member
    WHERE member.manager_id = team.me() AND member.joined_at IS NOT NULL AND member.erased_at IS NULL;
END;

-- Whom I may know of: myself, my manager, my reports, and whoever managed one of these before.
CREATE OR REPLACE FUNCTION team.known() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT team.me()
    UNION SELECT member.manager_id FROM team.member WHERE member.id = team.me()
    UNION SELECT team.reports()
    UNION SELECT line.manager_id FROM team.line
        WHERE line.rep_id = team.me() OR line.rep_id IN (SELECT team.reports());
END;

-- The era that is now. A cluster that is not the one of the last era begins the next.
CREATE OR REPLACE FUNCTION team.keep_era() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here text;
    newest team.era;
BEGIN
    BEGIN
        here := (SELECT system_identifier::text FROM pg_control_system());
    EXCEPTION WHEN insufficient_privilege THEN
        here := NULL; -- such a server's administrator says so: admin init --restored
    END;
    SELECT * INTO newest FROM team.era ORDER BY number DESC LIMIT 1;
    IF FOUND AND (here IS NULL OR newest.cluster IS NOT DISTINCT FROM here) THEN
        RETURN newest.number;
    END IF;
    INSERT INTO team.era (number, cluster) VALUES (coalesce(newest.number, 0) + 1, here)
    ON CONFLICT DO NOTHING; -- somebody else noticed at the same moment
    RETURN coalesce(newest.number, 0) + 1;
END
$$;

CREATE OR REPLACE FUNCTION team.greet() RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    UPDATE team.member SET joined_at = now() WHERE member.id = team.me() AND member.joined_at IS NULL;
END;

-- What keeps a record from being taken, in one line; null if nothing does. It fails on no input.
CREATE OR REPLACE FUNCTION team.problem(id text, kind text, author text, rep text, body jsonb) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    mine text := team.me();
    shape team.kind;
    latest text := to_char(now() AT TIME ZONE 'UTC' + interval '26 hours', 'YYYY-MM-DD"T"HH24:MI:SS');
    claimed text;
BEGIN
    IF author IS DISTINCT FROM mine THEN
        RETURN 'It is written as somebody else; everybody writes as themself alone.';
    ELSIF id IS NULL OR id !~ '^[0-9A-Za-z:._-]{1,100}$' THEN
        RETURN 'Its id is none.';
    ELSIF body IS NULL OR jsonb_typeof(body) <> 'object' THEN
        RETURN 'Its body is no JSON object.';
    ELSIF pg_column_size(body) > 4000000 THEN
        RETURN 'It is larger than 4 MB.';
    END IF;
    SELECT * INTO shape FROM team.kind AS known WHERE known.kind = kind;
    IF NOT FOUND THEN
        RETURN 'The team''s server does not know this kind of record; its administrator runs'
            ' `trainer team admin init` of a newer version.';
    ELSIF rep IS NULL OR rep <> mine AND rep NOT IN (SELECT team.reports()) THEN
        RETURN 'It is about somebody who does not report to you.';
    ELSIF shape.writer = 'rep' AND rep <> mine THEN
        RETURN 'Only the rep writes that about themself.';
    ELSIF shape.writer = 'manager' AND rep = mine THEN
        RETURN 'Only a manager writes that about a report; nobody about themself.';
    ELSIF body #>> shape.id_at || shape.tail IS DISTINCT FROM id THEN
        RETURN 'Its id is not that of what it holds.';
    ELSIF shape.rep_at IS NOT NULL AND body #>> shape.rep_at IS DISTINCT FROM rep THEN
        RETURN 'It is about somebody else than it says.';
    ELSIF shape.author_at IS NOT NULL AND body #>> shape.author_at IS DISTINCT FROM author THEN
        RETURN 'It is by somebody else than it says.';
    ELSIF shape.kind_at IS NOT NULL AND NOT coalesce(body #>> shape.kind_at = ANY (shape.kinds), false) THEN
        RETURN CASE kind
            WHEN 'attempt' THEN 'Only assessed attempts are shared; a warm-up stays with its rep.'
            ELSE 'What it holds is not of the kind that it says.'
        END;
    ELSIF kind = 'attempt' AND EXISTS (
        SELECT FROM unnest('{$.takes[*].attempt_id,$.replies[*].attempt_id,$.result.attempt_id}'::text[]) AS path
            CROSS JOIN LATERAL jsonb_path_query(body, path::jsonpath) AS at
        WHERE at #>> '{}' IS DISTINCT FROM id
    ) THEN
        RETURN 'A part of it belongs to another attempt.';
    END IF;
    FOR claimed IN
        SELECT at #>> '{}' FROM jsonb_path_query(
            body,
            'lax $.** ? (@.type() == "object").keyvalue() ? (@.key like_regex "_at$" && @.key != "starts_at").value',
            '{}', true
        ) AS at WHERE jsonb_typeof(at) <> 'null'
    LOOP
        IF claimed !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z$' THEN
            RETURN 'A time in it is none.';
        ELSIF claimed COLLATE "C" > latest THEN
            RETURN 'It claims a time more than a day ahead of the server''s clock: set this machine''s clock.';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- The last word on every record, by whichever way it comes, and the server's own columns.
CREATE OR REPLACE FUNCTION team.guard() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    wrong text := team.problem(NEW.id, NEW.kind, NEW.author, NEW.rep, NEW.body);
BEGIN
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'TR400', MESSAGE = wrong;
    END IF;
    NEW.era := team.keep_era();
    NEW.txid := pg_current_xact_id();
    -- The low bits are chance: after a restore no record gets the very place that a lost one had.
    NEW.seq := nextval('team.record_seq') * 1048576 + floor(random() * 1048576)::bigint;
    NEW.received_at := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE OR REPLACE TRIGGER guard BEFORE INSERT ON team.record FOR EACH ROW EXECUTE FUNCTION team.guard();

-- Not even the owner changes a fact; only the erasure of a person takes theirs away, and names them.
CREATE OR REPLACE FUNCTION team.stays() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.rep = current_setting('team.erasing', true) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'TR405', MESSAGE = 'A record is never changed.';
END
$$;
CREATE OR REPLACE TRIGGER stays BEFORE UPDATE OR DELETE ON team.record FOR EACH ROW EXECUTE FUNCTION team.stays();
CREATE OR REPLACE TRIGGER stays_whole BEFORE TRUNCATE ON team.record EXECUTE FUNCTION team.stays();

-- Takes the id that my store has had for me, as long as nothing was written under the one I was given.
CREATE OR REPLACE FUNCTION team.claim(person_id text) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine text := team.me();
BEGIN
    IF mine IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'TR403', MESSAGE = 'This login is nobody in this team; ask its administrator.';
    ELSIF person_id = mine THEN
        RETURN mine;
    END IF;
    BEGIN
        UPDATE team.member SET id = person_id WHERE member.id = mine;
        RETURN person_id;
    EXCEPTION WHEN unique_violation OR check_violation OR not_null_violation OR foreign_key_violation THEN
        -- One sentence for all: nobody learns whose id there is.
        RAISE EXCEPTION USING ERRCODE = 'TR409',
            MESSAGE = 'That id can''t be taken: records are there under the one you have, or it is no new id.';
    END;
END
$$;

-- Row-level security. The functions below are bound by it, and so is whoever should ever get at a table.
ALTER TABLE team.member ENABLE ROW LEVEL SECURITY;
ALTER TABLE team.record ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS known ON team.member;
CREATE POLICY known ON team.member FOR SELECT
    USING (id IN (SELECT team.known()) AND (erased_at IS NULL OR role = 'manager'));
DROP POLICY IF EXISTS concerns_me ON team.record;
CREATE POLICY concerns_me ON team.record FOR SELECT USING (
    author = (SELECT team.me()) OR rep = (SELECT team.me()) OR rep IN (SELECT team.reports())
);
DROP POLICY IF EXISTS by_me ON team.record;
CREATE POLICY by_me ON team.record FOR INSERT WITH CHECK (
    author = (SELECT team.me()) AND (rep = (SELECT team.me()) OR rep IN (SELECT team.reports()))
);
-- No FORCE: it would bind the owner alone, whose functions read no record, and would keep an owner who is no
-- superuser from taking a backup.

REVOKE ALL ON ALL TABLES IN SCHEMA team FROM PUBLIC, trainer_gate, trainer_member;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA team FROM PUBLIC, trainer_gate, trainer_member;
GRANT SELECT ON team.record, team.era, team.setting TO trainer_gate;
GRANT INSERT (id, kind, author, rep, body) ON team.record TO trainer_gate;
GRANT SELECT (id, name, role, manager_id, erased_at) ON team.member TO trainer_gate;
REVOKE ALL ON SCHEMA team FROM PUBLIC;
GRANT USAGE ON SCHEMA team TO trainer_member;
GRANT USAGE, CREATE ON SCHEMA team TO trainer_gate; -- CREATE until the end of this file

SET LOCAL ROLE trainer_gate;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE OR REPLACE FUNCTION team.hello(client integer) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine text := team.me();
BEGIN
    IF mine IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'TR403', MESSAGE = 'This login is nobody in this team; ask its administrator.';
    ELSIF client IS NULL OR client < 1 THEN -- the oldest way of exchanging that this server still serves
        RAISE EXCEPTION USING ERRCODE = 'TR426', MESSAGE = 'The team''s server is newer than this program: update rep-trainer.';
    END IF;
    PERFORM team.greet();
    RETURN jsonb_build_object(
        'exchange', 1,
        'era', team.keep_era(),
        'me', mine,
        'now', now(),
        'recordings', (SELECT value FROM team.setting WHERE name = 'recordings'),
        'members', (
            SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name, 'role', role, 'manager_id', manager_id) ORDER BY id)
            FROM team.member
        )
    );
END
$$;

-- Takes records in, each once; says of each, by its place, what became of it.
CREATE OR REPLACE FUNCTION team.push(records jsonb) RETURNS TABLE (place integer, outcome text, why text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine text := team.me();
    wrong text[];
    added text[];
BEGIN
    IF mine IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'TR403', MESSAGE = 'This login is nobody in this team; ask its administrator.';
    ELSIF records IS NULL OR jsonb_typeof(records) <> 'array' THEN
        RAISE EXCEPTION USING ERRCODE = 'TR400', MESSAGE = 'Records come as a JSON array.';
    ELSIF jsonb_array_length(records) > 1000 THEN
        RAISE EXCEPTION USING ERRCODE = 'TR400', MESSAGE = 'More than 1,000 records at once.';
    END IF;
    wrong := ARRAY(
        SELECT team.problem(one ->> 'id', one ->> 'kind', one ->> 'author', one ->> 'rep', one -> 'body')
        FROM jsonb_array_elements(records) WITH ORDINALITY AS given (one, at) ORDER BY at
    );
    WITH fine AS (
        SELECT DISTINCT ON (one ->> 'id') one, at
        FROM jsonb_array_elements(records) WITH ORDINALITY AS given (one, at)
        WHERE wrong[at::integer] IS NULL ORDER BY one ->> 'id', at
    ), fresh AS (
        INSERT INTO team.record (id, kind, author, rep, body)
        SELECT one ->> 'id', one ->> 'kind', mine, one ->> 'rep', one -> 'body' FROM fine
        WHERE NOT EXISTS (SELECT FROM team.record AS old WHERE old.author = mine AND old.id = one ->> 'id')
        ORDER BY at
        ON CONFLICT (author, id) DO NOTHING
        RETURNING id
    )
    SELECT array_agg(id) INTO added FROM fresh;
    -- A statement of its own: it sees what another connection wrote while this one waited for it.
    RETURN QUERY
    WITH given AS (
        SELECT one, at::integer AS at,
            row_number() OVER (PARTITION BY one ->> 'id', wrong[at::integer] IS NULL ORDER BY at) = 1 AS first
        FROM jsonb_array_elements(records) WITH ORDINALITY AS given (one, at)
    ), told AS (
        SELECT at, CASE
            WHEN wrong[at] IS NOT NULL THEN 'refused'
            WHEN first AND one ->> 'id' = ANY (added) THEN 'new'
            WHEN (kept.kind, kept.rep, kept.body) = (one ->> 'kind', one ->> 'rep', one -> 'body') THEN 'there'
            ELSE 'conflicting'
        END AS outcome
        FROM given LEFT JOIN team.record AS kept ON kept.author = mine AND kept.id = one ->> 'id'
    )
    SELECT at, outcome, CASE outcome
        WHEN 'refused' THEN wrong[at]
        WHEN 'conflicting' THEN 'The server has another one with this id, and keeps that.'
    END FROM told ORDER BY at;
END
$$;

-- The records about some reps behind their cursors, in the order in which they can be told to be whole: by
-- transaction, and only of transactions that no running one can still come before. Numbers are given before
-- a commit, so a reader that went by the highest number it saw would lose what a slow transaction wrote.
CREATE OR REPLACE FUNCTION team.pull(
    reps text[], eras integer[], txids xid8[], seqs bigint[], authors text[], ids text[], at_most integer
) RETURNS TABLE (
    era integer, txid text, seq bigint, id text, kind text, author text, rep text, body jsonb, received_at timestamptz
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine text := team.me();
    ours text[] := ARRAY(SELECT team.reports());
    now_era integer := (SELECT max(number) FROM team.era);
    horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
    room integer := least(greatest(at_most, 1), 1000);
    got integer;
BEGIN
    IF mine IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'TR403', MESSAGE = 'This login is nobody in this team; ask its administrator.';
    END IF;
    FOR i IN 1 .. coalesce(cardinality(reps), 0) LOOP
        IF reps[i] IS DISTINCT FROM mine AND NOT coalesce(reps[i] = ANY (ours), false) THEN
            RAISE EXCEPTION USING ERRCODE = 'TR403', MESSAGE = 'Those records are about somebody who does not report to you.';
        END IF;
        IF eras[i] IS NOT NULL AND NOT EXISTS (
            SELECT FROM team.record AS at
            WHERE at.rep = reps[i] AND at.era = eras[i] AND at.txid = txids[i] AND at.seq = seqs[i]
              AND at.author = authors[i] AND at.id = ids[i]
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'TR410', MESSAGE = 'The team''s server was restored from a backup: send and read everything again.';
        END IF;
        RETURN QUERY
        SELECT r.era, r.txid::text, r.seq, r.id, r.kind, r.author, r.rep, r.body, r.received_at
        FROM team.record AS r
        WHERE r.rep = reps[i]
          AND (r.era, r.txid, r.seq) > (coalesce(eras[i], 0), coalesce(txids[i], '0'::xid8), coalesce(seqs[i], 0))
          AND (r.era, r.txid) < (now_era, horizon)
        ORDER BY r.era, r.txid, r.seq LIMIT room;
        GET DIAGNOSTICS got = ROW_COUNT;
        room := room - got;
        EXIT WHEN room = 0;
    END LOOP;
END
$$;

-- What of one's own records, and of what cursors stand on, is not here any more. Of reps who are not one's
-- own to read nothing is said.
CREATE OR REPLACE FUNCTION team.lost(
    sent text[], reps text[], eras integer[], txids xid8[], seqs bigint[], authors text[], ids text[]
) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine text := team.me();
BEGIN
    IF mine IS NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'TR403', MESSAGE = 'This login is nobody in this team; ask its administrator.';
    END IF;
    RETURN jsonb_build_object(
        'records', ARRAY(
            SELECT one FROM unnest(sent) AS one
            WHERE NOT EXISTS (SELECT FROM team.record AS r WHERE r.author = mine AND r.id = one)
        ),
        'reps', ARRAY(
            SELECT c.rep FROM unnest(reps, eras, txids, seqs, authors, ids) AS c (rep, era, txid, seq, author, id)
            WHERE c.era IS NOT NULL AND (c.rep = mine OR c.rep IN (SELECT team.reports())) AND NOT EXISTS (
                SELECT FROM team.record AS r
                WHERE r.rep = c.rep AND r.era = c.era AND r.txid = c.txid AND r.seq = c.seq
                  AND r.author = c.author AND r.id = c.id
            )
        )
    );
END
$$;
REVOKE ALL ON FUNCTION team.hello, team.push, team.pull, team.lost FROM PUBLIC;
GRANT EXECUTE ON FUNCTION team.hello, team.push, team.pull, team.lost TO trainer_member;

SET LOCAL ROLE trainer_owner;
REVOKE CREATE ON SCHEMA team FROM trainer_gate;
REVOKE ALL ON FUNCTION
    team.me, team.reports, team.known, team.keep_era, team.greet, team.problem, team.guard, team.stays, team.claim
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION team.me, team.reports, team.known, team.keep_era, team.greet, team.problem TO trainer_gate;
GRANT EXECUTE ON FUNCTION team.claim TO trainer_member;
RESET ROLE;
