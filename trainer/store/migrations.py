"""The tables, one numbered function a change. A function that has been released is never edited."""

from sqlite_utils import Database, Migrations

migrations = Migrations("rep-trainer")


@migrations()
def m0001_people_attempts_assignments(db: Database) -> None:
    """The facts. Nothing here is updated; times are UTC text, ids UUIDv7 text."""
    db.executescript("""
    CREATE TABLE people (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE, -- the name whatever its case
        role TEXT NOT NULL CHECK (role IN ('rep', 'manager')),
        created_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE attempts (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        scenario TEXT NOT NULL,
        form TEXT NOT NULL,
        skill TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('warm-up', 'assessed')),
        started_at TEXT NOT NULL,
        scenario_hash TEXT NOT NULL,
        rubric_hash TEXT NOT NULL
    ) STRICT;
    CREATE INDEX attempts_of_rep ON attempts (rep_id, started_at);
    CREATE INDEX attempts_assessed ON attempts (rep_id, started_at) WHERE kind = 'assessed';

    CREATE TABLE takes (
        id TEXT PRIMARY KEY,
        attempt_id TEXT NOT NULL REFERENCES attempts (id),
        turn TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        seconds REAL NOT NULL,
        overflows INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX takes_of_attempt ON takes (attempt_id);

    CREATE TABLE replies (
        id TEXT PRIMARY KEY,
        attempt_id TEXT NOT NULL REFERENCES attempts (id),
        turn TEXT NOT NULL,
        position INTEGER NOT NULL,
        take_id TEXT REFERENCES takes (id),
        said_at TEXT NOT NULL,
        source TEXT NOT NULL CHECK (source IN ('recognised', 'corrected', 'typed')),
        engine TEXT NOT NULL,
        model TEXT NOT NULL,
        rough INTEGER NOT NULL CHECK (rough IN (0, 1)),
        seconds REAL NOT NULL,
        text TEXT NOT NULL,
        words TEXT NOT NULL, -- JSON: [[text, start, end, confidence], ...]
        score INTEGER CHECK (score BETWEEN 0 AND 100),
        scenario_hash TEXT,
        rubric_hash TEXT,
        scorer_hash TEXT,
        transcript_hash TEXT,
        scorecard TEXT NOT NULL -- JSON
    ) STRICT;
    CREATE INDEX replies_of_attempt ON replies (attempt_id, position);
    CREATE INDEX replies_of_take ON replies (take_id) WHERE take_id IS NOT NULL;

    CREATE TABLE criterion_results (
        reply_id TEXT NOT NULL REFERENCES replies (id),
        criterion TEXT NOT NULL,
        move TEXT NOT NULL,
        met INTEGER CHECK (met IN (0, 1)), -- null: not assessable
        weight INTEGER NOT NULL,
        PRIMARY KEY (reply_id, criterion)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE results (
        id TEXT PRIMARY KEY,
        attempt_id TEXT NOT NULL UNIQUE REFERENCES attempts (id),
        finished_at TEXT NOT NULL,
        score INTEGER CHECK (score BETWEEN 0 AND 100),
        card TEXT NOT NULL -- JSON
    ) STRICT;

    CREATE TABLE assignments (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        manager_id TEXT REFERENCES people (id),
        scenario TEXT NOT NULL,
        skill TEXT NOT NULL,
        target INTEGER NOT NULL CHECK (target BETWEEN 1 AND 100),
        due TEXT,
        assigned_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX assignments_of_rep ON assignments (rep_id, scenario);

    -- All that a manager may see. Whatever is asked for them reads this and never attempts itself.
    CREATE VIEW assessed AS
        SELECT attempts.*, results.finished_at, results.score
        FROM attempts JOIN results ON results.attempt_id = attempts.id
        WHERE attempts.kind = 'assessed';
    """)
