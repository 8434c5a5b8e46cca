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


@migrations()
def m0002_what_a_manager_sees(db: Database) -> None:
    """Assessed attempts in a table of their own: Team reads a few rows of it a rep, not every attempt.

    All three tables follow from the facts. The database itself keeps them, whoever writes a fact and in
    whatever order facts arrive; no warm-up ever gets into them.
    """
    db.executescript("""
    CREATE TABLE shown (
        rep_id TEXT NOT NULL,
        started_at TEXT NOT NULL,
        attempt_id TEXT NOT NULL,
        finished_at TEXT NOT NULL,
        scenario TEXT NOT NULL,
        skill TEXT NOT NULL,
        score INTEGER,
        PRIMARY KEY (rep_id, started_at, attempt_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tallies (rep_id TEXT PRIMARY KEY, attempts INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE open_assignments (assignment_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    INSERT INTO shown
        SELECT rep_id, started_at, id, finished_at, scenario, skill, score FROM assessed;
    INSERT INTO tallies SELECT rep_id, count(*) FROM shown GROUP BY rep_id;
    INSERT INTO open_assignments
        SELECT id FROM assignments WHERE NOT EXISTS (
            SELECT 1 FROM shown
            WHERE shown.rep_id = assignments.rep_id AND shown.started_at >= assignments.assigned_at
              AND shown.scenario = assignments.scenario AND shown.score >= assignments.target
        );

    CREATE TRIGGER show_result AFTER INSERT ON results BEGIN
        INSERT INTO shown
            SELECT rep_id, started_at, id, NEW.finished_at, scenario, skill, NEW.score
            FROM attempts WHERE id = NEW.attempt_id AND kind = 'assessed';
    END;
    CREATE TRIGGER tally_shown AFTER INSERT ON shown BEGIN
        INSERT INTO tallies VALUES (NEW.rep_id, 1) ON CONFLICT DO UPDATE SET attempts = attempts + 1;
        DELETE FROM open_assignments WHERE assignment_id IN (
            SELECT id FROM assignments
            WHERE rep_id = NEW.rep_id AND scenario = NEW.scenario
              AND assigned_at <= NEW.started_at AND target <= NEW.score
        );
    END;
    CREATE TRIGGER open_assignment AFTER INSERT ON assignments BEGIN
        INSERT INTO open_assignments
            SELECT NEW.id WHERE NOT EXISTS (
                SELECT 1 FROM shown
                WHERE rep_id = NEW.rep_id AND started_at >= NEW.assigned_at
                  AND scenario = NEW.scenario AND score >= NEW.target
            );
    END;

    DROP VIEW assessed;
    DROP INDEX attempts_assessed;
    """)


@migrations()
def m0003_rescores(db: Database) -> None:
    """What an attempt would be worth under another scorer or rubric; the result it got stays the result."""
    db.executescript("""
    CREATE TABLE rescores (
        id TEXT PRIMARY KEY,
        attempt_id TEXT NOT NULL REFERENCES attempts (id),
        rescored_at TEXT NOT NULL,
        scenario_hash TEXT NOT NULL,
        rubric_hash TEXT NOT NULL,
        scorer_hash TEXT NOT NULL,
        score INTEGER CHECK (score BETWEEN 0 AND 100),
        card TEXT NOT NULL, -- JSON of the attempt's score
        cards TEXT NOT NULL, -- JSON: {reply id: scorecard}
        UNIQUE (attempt_id, scenario_hash, rubric_hash, scorer_hash)
    ) STRICT;
    """)


@migrations()
def m0004_the_coaching_loop(db: Database) -> None:
    """Plans, sessions, the mastery ledger, notes, drills, figures, and who may see and who looked.

    All of it facts with an author and a time; what stands is the newest. The ledger can't be changed: only
    the erasure of a person takes entries away, and says so in `erasures` while it does.
    """
    db.executescript("""
    CREATE TABLE plans (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        author_id TEXT NOT NULL REFERENCES people (id),
        made_at TEXT NOT NULL,
        template TEXT NOT NULL, -- '' where it was made by hand
        steps TEXT NOT NULL -- JSON: [[skill, target, weeks], ...]
    ) STRICT;
    CREATE INDEX plans_of_rep ON plans (rep_id, made_at);

    CREATE TABLE agreements (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        skill TEXT NOT NULL,
        target INTEGER NOT NULL CHECK (target BETWEEN 1 AND 100),
        person_id TEXT NOT NULL REFERENCES people (id),
        agreed_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX agreements_of_rep ON agreements (rep_id, skill, agreed_at);

    CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        manager_id TEXT NOT NULL REFERENCES people (id),
        starts_at TEXT NOT NULL,
        minutes INTEGER NOT NULL CHECK (minutes > 0),
        planned_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sessions_of_rep ON sessions (rep_id, starts_at);

    CREATE TABLE session_ends (
        session_id TEXT PRIMARY KEY REFERENCES sessions (id),
        outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'missed', 'moved')),
        next_step TEXT NOT NULL,
        assignment_id TEXT REFERENCES assignments (id),
        author_id TEXT NOT NULL REFERENCES people (id),
        noted_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE ledger (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        skill TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN (
            'attempt', 'signed off', 'sent back', 'declared mastered', 'declared not mastered'
        )),
        author_id TEXT NOT NULL REFERENCES people (id),
        written_at TEXT NOT NULL,
        attempt_id TEXT REFERENCES attempts (id),
        reason TEXT NOT NULL,
        facts TEXT NOT NULL, -- JSON
        previous TEXT NOT NULL, -- the hash of the same author's entry before about this rep; '' first
        hash TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX ledger_of_rep ON ledger (rep_id, skill, written_at, id);
    CREATE UNIQUE INDEX ledger_chain ON ledger (rep_id, author_id, previous);
    CREATE UNIQUE INDEX ledger_attempts ON ledger (attempt_id) WHERE kind = 'attempt';

    CREATE TABLE self_marks (
        reply_id TEXT NOT NULL REFERENCES replies (id),
        criterion TEXT NOT NULL,
        met INTEGER NOT NULL CHECK (met IN (0, 1)),
        marked_at TEXT NOT NULL,
        PRIMARY KEY (reply_id, criterion)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE notes (
        id TEXT PRIMARY KEY,
        reply_id TEXT NOT NULL REFERENCES replies (id),
        author_id TEXT NOT NULL REFERENCES people (id),
        kind TEXT NOT NULL CHECK (kind IN ('reflection', 'comment')),
        at_second REAL, -- of the recording; null for the reply as a whole
        text TEXT NOT NULL,
        written_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX notes_of_reply ON notes (reply_id);

    CREATE TABLE exemplary (
        id TEXT PRIMARY KEY,
        reply_id TEXT NOT NULL REFERENCES replies (id),
        author_id TEXT NOT NULL REFERENCES people (id),
        stands INTEGER NOT NULL CHECK (stands IN (0, 1)), -- the newest of a reply says
        marked_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX exemplary_of_reply ON exemplary (reply_id, marked_at);

    CREATE TABLE drills (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        skill TEXT NOT NULL,
        scenario TEXT NOT NULL,
        form TEXT NOT NULL,
        turn TEXT NOT NULL,
        criterion TEXT NOT NULL,
        started_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX drills_of_rep ON drills (rep_id, started_at);

    CREATE TABLE tries (
        id TEXT PRIMARY KEY,
        drill_id TEXT NOT NULL REFERENCES drills (id),
        tried_at TEXT NOT NULL,
        text TEXT NOT NULL,
        met INTEGER CHECK (met IN (0, 1)) -- null: not assessable
    ) STRICT;
    CREATE INDEX tries_of_drill ON tries (drill_id, tried_at);

    CREATE TABLE examples_taken (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        skill TEXT NOT NULL,
        scenario TEXT NOT NULL,
        form TEXT NOT NULL,
        turn TEXT NOT NULL,
        how TEXT NOT NULL CHECK (how IN ('read', 'heard', 'exemplary')),
        taken_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX examples_taken_of_rep ON examples_taken (rep_id, taken_at);

    CREATE TABLE figures (
        rep_id TEXT NOT NULL REFERENCES people (id),
        measure TEXT NOT NULL,
        day TEXT NOT NULL,
        value REAL NOT NULL,
        imported_at TEXT NOT NULL,
        PRIMARY KEY (rep_id, measure, day)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE consents (
        id TEXT PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES people (id),
        wording TEXT NOT NULL, -- the hash of what was agreed to
        agreed INTEGER NOT NULL CHECK (agreed IN (0, 1)),
        answered_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX consents_of_person ON consents (person_id, answered_at);

    CREATE TABLE shares (
        attempt_id TEXT PRIMARY KEY REFERENCES attempts (id), -- a warm-up that its rep shows the manager
        shared_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE looks (
        id TEXT PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES people (id),
        rep_id TEXT NOT NULL REFERENCES people (id),
        what TEXT NOT NULL, -- attempt, recording, brief, ledger, export ...
        which TEXT NOT NULL,
        looked_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX looks_at_rep ON looks (rep_id, looked_at);

    CREATE TABLE recordings_gone (
        take_id TEXT PRIMARY KEY REFERENCES takes (id),
        why TEXT NOT NULL CHECK (why IN ('retention', 'asked', 'missing')),
        gone_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE erasures (rep_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID; -- empty but while one goes on

    CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger BEGIN
        SELECT raise(ABORT, 'the ledger is never changed');
    END;
    CREATE TRIGGER ledger_is_kept BEFORE DELETE ON ledger
    WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE rep_id = OLD.rep_id) BEGIN
        SELECT raise(ABORT, 'the ledger is never changed');
    END;
    """)


@migrations()
def m0005_what_the_sound_says(db: Database) -> None:
    """Filled pauses and spans that were found in a recording, kept so that delivery is computed the same."""
    # JSON of scoring.transcript.Sound; null for what was typed, or said before this.
    db.execute("ALTER TABLE replies ADD COLUMN sound TEXT")


@migrations()
def m0006_decisions_at_once(db: Database) -> None:
    """What managers decided is a handful among a great many attempts: Team reads no more than that."""
    db.executescript("""
    CREATE INDEX ledger_decisions ON ledger (written_at, id) WHERE kind <> 'attempt';
    """)


@migrations()
def m0007_a_team(db: Database) -> None:
    """What a machine has to know to share with others: who it belongs to, what it sent, how far it read."""
    db.executescript("""
    -- Two machines of one person may each write after the same entry.
    DROP INDEX ledger_chain;
    CREATE INDEX ledger_chain ON ledger (rep_id, author_id, previous);

    CREATE TABLE team_self (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        person_id TEXT NOT NULL REFERENCES people (id),
        joined_at TEXT NOT NULL,
        synced_at TEXT,
        -- Of what was sent: the last record that was new to the server, and the last that it had already
        -- (the answer to sending it got lost). If one of them is gone, the server went back in time.
        last_new TEXT,
        last_there TEXT
    ) STRICT;
    CREATE TABLE team_members (
        person_id TEXT PRIMARY KEY REFERENCES people (id),
        manager_id TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sent (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;
    CREATE TABLE cursors (
        rep_id TEXT PRIMARY KEY,
        era INTEGER NOT NULL,
        txid INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        author_id TEXT NOT NULL, -- with id the record it stands on: gone, if the server went back
        id TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE inbox ( -- what came before that which it belongs to, or from a newer version
        author_id TEXT NOT NULL,
        id TEXT NOT NULL,
        rep_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL, -- JSON
        why TEXT NOT NULL,
        PRIMARY KEY (author_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE refused ( -- what doesn't hold: shown, not taken in
        by TEXT NOT NULL CHECK (by IN ('us', 'server')),
        author_id TEXT NOT NULL,
        id TEXT NOT NULL,
        rep_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        why TEXT NOT NULL,
        noticed_at TEXT NOT NULL,
        PRIMARY KEY (by, author_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE arrived (attempt_id TEXT PRIMARY KEY REFERENCES attempts (id)) STRICT, WITHOUT ROWID;

    CREATE TABLE stored ( -- where an assessed recording lies that others may fetch
        take_id TEXT PRIMARY KEY REFERENCES takes (id),
        address TEXT NOT NULL, -- SHA-256 of what lies there
        key TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        stored_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE overdue ( -- since when recordings are known to be too old
        one INTEGER PRIMARY KEY CHECK (one = 1),
        noticed_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE withdrawals (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        author_id TEXT NOT NULL REFERENCES people (id),
        kind TEXT NOT NULL CHECK (kind IN ('assignment', 'comment')),
        of TEXT NOT NULL,
        why TEXT NOT NULL,
        withdrawn_at TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX withdrawals_of ON withdrawals (kind, of);
    CREATE TRIGGER withdraw_assignment AFTER INSERT ON withdrawals WHEN NEW.kind = 'assignment' BEGIN
        DELETE FROM open_assignments WHERE assignment_id = NEW.of;
    END;

    -- A recording heard by a better model is judged anew too: its words are kept with that score.
    CREATE TABLE rescores_with_words (
        id TEXT PRIMARY KEY,
        attempt_id TEXT NOT NULL REFERENCES attempts (id),
        rescored_at TEXT NOT NULL,
        engine TEXT NOT NULL, -- that heard it again; '' where the words stayed
        model TEXT NOT NULL,
        scenario_hash TEXT NOT NULL,
        rubric_hash TEXT NOT NULL,
        scorer_hash TEXT NOT NULL,
        score INTEGER CHECK (score BETWEEN 0 AND 100),
        card TEXT NOT NULL, -- JSON of the attempt's score
        cards TEXT NOT NULL, -- JSON: {reply id: scorecard}
        transcripts TEXT NOT NULL, -- JSON: {reply id: what was heard again}
        UNIQUE (attempt_id, engine, model, scenario_hash, rubric_hash, scorer_hash)
    ) STRICT;
    INSERT INTO rescores_with_words
        SELECT id, attempt_id, rescored_at, '', '', scenario_hash, rubric_hash, scorer_hash, score, card,
               cards, '{}'
        FROM rescores;
    DROP TABLE rescores;
    ALTER TABLE rescores_with_words RENAME TO rescores;
    """)
