-- What a team's database holds. Run once, as trainer_owner; a step that was released is never edited.
-- Ids and logins compare byte by byte: an index over them survives a change of the system's collations.

CREATE TABLE team.version (
    number integer PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE team.setting (
    name text PRIMARY KEY,
    value text NOT NULL
);

-- The server's history: transaction numbers grow within an era, and start again where the records were
-- restored into another cluster.
CREATE TABLE team.era (
    number integer PRIMARY KEY,
    cluster text, -- the system identifier; null where the server doesn't tell
    began_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE team.member (
    id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'),
    login text COLLATE "C" UNIQUE, -- the role; null where there is none any more
    name text NOT NULL CHECK (erased_at IS NOT NULL OR length(btrim(name)) BETWEEN 1 AND 80),
    role text NOT NULL CHECK (role IN ('rep', 'manager')),
    manager_id text COLLATE "C" REFERENCES team.member (id) ON UPDATE CASCADE,
    added_at timestamptz NOT NULL DEFAULT now(),
    joined_at timestamptz, -- when they first connected
    left_at timestamptz,
    erased_at timestamptz,
    CHECK (manager_id IS NULL OR role = 'rep'),
    CHECK (left_at IS NULL OR login IS NULL),
    CHECK (erased_at IS NULL OR left_at IS NOT NULL)
);
CREATE UNIQUE INDEX member_name ON team.member (lower(name)) WHERE erased_at IS NULL;
CREATE INDEX member_manager ON team.member (manager_id);

-- Who reported to whom, and when: whoever reads an old comment may know whose it is.
CREATE TABLE team.line (
    rep_id text COLLATE "C" NOT NULL REFERENCES team.member (id) ON UPDATE CASCADE,
    manager_id text COLLATE "C" NOT NULL REFERENCES team.member (id) ON UPDATE CASCADE,
    since timestamptz NOT NULL DEFAULT now(),
    until timestamptz
);
CREATE UNIQUE INDEX line_now ON team.line (rep_id) WHERE until IS NULL;
CREATE INDEX line_rep ON team.line (rep_id);

-- Which kinds of records there are, who writes them, and where in the body the envelope's ids stand again.
CREATE TABLE team.kind (
    kind text PRIMARY KEY,
    writer text NOT NULL CHECK (writer IN ('rep', 'manager', 'either')), -- the rep about themself; a manager about a report
    id_at text[] NOT NULL,
    rep_at text[],
    author_at text[],
    tail text NOT NULL DEFAULT '', -- of the envelope's id, behind that of the body
    kind_at text[],
    kinds text[] -- what may stand there
);
INSERT INTO team.kind VALUES
    ('attempt', 'rep', '{attempt,id}', '{attempt,rep_id}', NULL, '', '{attempt,kind}', '{assessed}'),
    ('entry', 'rep', '{id}', '{rep_id}', '{author_id}', '', '{kind}', '{attempt}'),
    ('reflection', 'rep', '{id}', NULL, '{author_id}', '', '{kind}', '{reflection}'),
    ('recording', 'rep', '{take_id}', NULL, NULL, ':sound', NULL, NULL),
    ('recording_gone', 'rep', '{take_id}', NULL, NULL, ':gone', NULL, NULL),
    ('decision', 'manager', '{id}', '{rep_id}', '{author_id}', '', '{kind}',
        '{signed off,sent back,declared mastered,declared not mastered}'),
    ('assignment', 'manager', '{id}', '{rep_id}', '{manager_id}', '', NULL, NULL),
    ('comment', 'manager', '{id}', NULL, '{author_id}', '', '{kind}', '{comment}'),
    ('exemplary', 'manager', '{id}', NULL, '{author_id}', '', NULL, NULL),
    ('look', 'manager', '{id}', '{rep_id}', '{person_id}', '', NULL, NULL),
    ('session', 'manager', '{id}', '{rep_id}', '{manager_id}', '', NULL, NULL),
    ('session_end', 'manager', '{session_id}', NULL, '{author_id}', ':end', NULL, NULL),
    ('plan', 'either', '{id}', '{rep_id}', '{author_id}', '', NULL, NULL),
    ('agreement', 'either', '{id}', '{rep_id}', '{person_id}', '', NULL, NULL),
    ('withdrawal', 'either', '{id}', '{rep_id}', '{author_id}', '', '{kind}', '{assignment,comment}');

-- The facts. Nobody changes one; rules.sql sees to it.
CREATE TABLE team.record (
    era integer NOT NULL REFERENCES team.era (number),
    txid xid8 NOT NULL,
    seq bigint NOT NULL,
    author text COLLATE "C" NOT NULL REFERENCES team.member (id),
    id text COLLATE "C" NOT NULL,
    kind text NOT NULL REFERENCES team.kind (kind),
    rep text COLLATE "C" NOT NULL REFERENCES team.member (id),
    received_at timestamptz NOT NULL,
    body jsonb NOT NULL,
    PRIMARY KEY (author, id) -- not id alone: nobody can take another's id, or learn that it is taken
);
CREATE UNIQUE INDEX record_place ON team.record (rep, era, txid, seq);
CREATE SEQUENCE team.record_seq OWNED BY team.record.seq;
