PRAGMA application_id = 1382379604;
PRAGMA user_version = 6;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'rep-trainer','m0001_people_attempts_assignments','2025-11-12 12:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'rep-trainer','m0002_what_a_manager_sees','2025-11-13 12:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'rep-trainer','m0003_rescores','2025-11-14 12:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'rep-trainer','m0004_the_coaching_loop','2025-11-15 12:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'rep-trainer','m0005_what_the_sound_says','2025-11-16 12:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'rep-trainer','m0006_decisions_at_once','2026-11-22 21:00:08.141261+00:00');
CREATE TABLE agreements (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        skill TEXT NOT NULL,
        target INTEGER NOT NULL CHECK (target BETWEEN 1 AND 100),
        person_id TEXT NOT NULL REFERENCES people (id),
        agreed_at TEXT NOT NULL
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
INSERT INTO "assignments" VALUES('019a7800-0000-7000-8000-000000000950','019a7800-0000-7000-8000-000000000901','019a7800-0000-7000-8000-000000000902','price-20-percent','price-objection',80,'2025-11-14','2025-11-12T12:00:00.000000Z');
INSERT INTO "assignments" VALUES('019a7800-0000-7000-8000-000000000951','019a7800-0000-7000-8000-000000000901','019a7800-0000-7000-8000-000000000902','price-20-percent','price-objection',90,NULL,'2025-11-12T12:00:00.000000Z');
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
INSERT INTO "attempts" VALUES('019a7800-0000-7000-8000-000000000001','019a7800-0000-7000-8000-000000000901','price-20-percent','A','price-objection','assessed','2025-11-13T12:00:00.000000Z','5ce7','3f9a');
INSERT INTO "attempts" VALUES('019a7800-0000-7000-8000-000000000002','019a7800-0000-7000-8000-000000000901','price-20-percent','A','price-objection','warm-up','2025-11-14T12:00:00.000000Z','5ce7','3f9a');
INSERT INTO "attempts" VALUES('019a7800-0000-7000-8000-000000000003','019a7800-0000-7000-8000-000000000901','price-20-percent','B','price-objection','assessed','2025-11-15T12:00:00.000000Z','5ce7','3f9a');
INSERT INTO "attempts" VALUES('019a7800-0000-7000-8000-000000000004','019a7800-0000-7000-8000-000000000901','price-20-percent','A','price-objection','assessed','2025-11-16T12:00:00.000000Z','5ce7','3f9a');
CREATE TABLE consents (
        id TEXT PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES people (id),
        wording TEXT NOT NULL, -- the hash of what was agreed to
        agreed INTEGER NOT NULL CHECK (agreed IN (0, 1)),
        answered_at TEXT NOT NULL
    ) STRICT;
CREATE TABLE criterion_results (
        reply_id TEXT NOT NULL REFERENCES replies (id),
        criterion TEXT NOT NULL,
        move TEXT NOT NULL,
        met INTEGER CHECK (met IN (0, 1)), -- null: not assessable
        weight INTEGER NOT NULL,
        PRIMARY KEY (reply_id, criterion)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "criterion_results" VALUES('019a7800-0000-7000-8000-000000000006','acknowledge','acknowledges_concern',1,3);
INSERT INTO "criterion_results" VALUES('019a7800-0000-7000-8000-000000000006','check','confirms_resolution',NULL,2);
INSERT INTO "criterion_results" VALUES('019a7800-0000-7000-8000-000000000009','acknowledge','acknowledges_concern',1,3);
INSERT INTO "criterion_results" VALUES('019a7800-0000-7000-8000-000000000009','check','confirms_resolution',NULL,2);
INSERT INTO "criterion_results" VALUES('019a7800-0000-7000-8000-000000000012','acknowledge','acknowledges_concern',1,3);
INSERT INTO "criterion_results" VALUES('019a7800-0000-7000-8000-000000000012','check','confirms_resolution',NULL,2);
INSERT INTO "criterion_results" VALUES('019a7800-0000-7000-8000-000000000015','acknowledge','acknowledges_concern',1,3);
INSERT INTO "criterion_results" VALUES('019a7800-0000-7000-8000-000000000015','check','confirms_resolution',NULL,2);
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
CREATE TABLE erasures (rep_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
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
CREATE TABLE exemplary (
        id TEXT PRIMARY KEY,
        reply_id TEXT NOT NULL REFERENCES replies (id),
        author_id TEXT NOT NULL REFERENCES people (id),
        stands INTEGER NOT NULL CHECK (stands IN (0, 1)), -- the newest of a reply says
        marked_at TEXT NOT NULL
    ) STRICT;
CREATE TABLE figures (
        rep_id TEXT NOT NULL REFERENCES people (id),
        measure TEXT NOT NULL,
        day TEXT NOT NULL,
        value REAL NOT NULL,
        imported_at TEXT NOT NULL,
        PRIMARY KEY (rep_id, measure, day)
    ) STRICT, WITHOUT ROWID;
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
CREATE TABLE looks (
        id TEXT PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES people (id),
        rep_id TEXT NOT NULL REFERENCES people (id),
        what TEXT NOT NULL, -- attempt, recording, brief, ledger, export ...
        which TEXT NOT NULL,
        looked_at TEXT NOT NULL
    ) STRICT;
CREATE TABLE notes (
        id TEXT PRIMARY KEY,
        reply_id TEXT NOT NULL REFERENCES replies (id),
        author_id TEXT NOT NULL REFERENCES people (id),
        kind TEXT NOT NULL CHECK (kind IN ('reflection', 'comment')),
        at_second REAL, -- of the recording; null for the reply as a whole
        text TEXT NOT NULL,
        written_at TEXT NOT NULL
    ) STRICT;
CREATE TABLE open_assignments (assignment_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO "open_assignments" VALUES('019a7800-0000-7000-8000-000000000951');
CREATE TABLE people (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL UNIQUE, -- the name whatever its case
        role TEXT NOT NULL CHECK (role IN ('rep', 'manager')),
        created_at TEXT NOT NULL
    ) STRICT;
INSERT INTO "people" VALUES('019a7800-0000-7000-8000-000000000901','Ana Ruiz','ana ruiz','rep','2025-11-12T12:00:00.000000Z');
INSERT INTO "people" VALUES('019a7800-0000-7000-8000-000000000902','Mia','mia','manager','2025-11-12T12:00:00.000000Z');
CREATE TABLE plans (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        author_id TEXT NOT NULL REFERENCES people (id),
        made_at TEXT NOT NULL,
        template TEXT NOT NULL, -- '' where it was made by hand
        steps TEXT NOT NULL -- JSON: [[skill, target, weeks], ...]
    ) STRICT;
CREATE TABLE recordings_gone (
        take_id TEXT PRIMARY KEY REFERENCES takes (id),
        why TEXT NOT NULL CHECK (why IN ('retention', 'asked', 'missing')),
        gone_at TEXT NOT NULL
    ) STRICT;
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
    , sound TEXT) STRICT;
INSERT INTO "replies" VALUES('019a7800-0000-7000-8000-000000000006','019a7800-0000-7000-8000-000000000001','objection',0,'019a7800-0000-7000-8000-000000000005','2025-11-12T12:00:00.000000Z','recognised','faster-whisper','base.en',1,14.2,'a real gap','[["a",0.4,0.5,0.9],["real",0.5,0.9,0.93],["gap",null,null,1.0]]',75,'5ce7','3f9a','c0de','beef','{"turn":"objection","score":75,"criteria":[{"id":"acknowledge","move":"acknowledges_concern","met":true,"weight":3,"evidence":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}],"why":"says so"},{"id":"check","move":"confirms_resolution","met":null,"weight":2,"evidence":[],"why":"unclear"}],"moves":{"acknowledges_concern":true,"gives_evidence":null},"move_evidence":{"acknowledges_concern":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}]},"delivery":{"words":3,"pace_wpm":null,"fillers":{"items":["um"]}},"next_step":"Ask whether that settles it.","flags":["recital"],"hashes":{"scenario":"5ce7","rubric":"3f9a","scorer":"c0de","transcript":"beef"}}',NULL);
INSERT INTO "replies" VALUES('019a7800-0000-7000-8000-000000000009','019a7800-0000-7000-8000-000000000002','objection',0,'019a7800-0000-7000-8000-000000000008','2025-11-12T12:00:00.000000Z','recognised','faster-whisper','base.en',1,14.2,'a real gap','[["a",0.4,0.5,0.9],["real",0.5,0.9,0.93],["gap",null,null,1.0]]',75,'5ce7','3f9a','c0de','beef','{"turn":"objection","score":75,"criteria":[{"id":"acknowledge","move":"acknowledges_concern","met":true,"weight":3,"evidence":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}],"why":"says so"},{"id":"check","move":"confirms_resolution","met":null,"weight":2,"evidence":[],"why":"unclear"}],"moves":{"acknowledges_concern":true,"gives_evidence":null},"move_evidence":{"acknowledges_concern":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}]},"delivery":{"words":3,"pace_wpm":null,"fillers":{"items":["um"]}},"next_step":"Ask whether that settles it.","flags":["recital"],"hashes":{"scenario":"5ce7","rubric":"3f9a","scorer":"c0de","transcript":"beef"}}',NULL);
INSERT INTO "replies" VALUES('019a7800-0000-7000-8000-000000000012','019a7800-0000-7000-8000-000000000003','objection',0,'019a7800-0000-7000-8000-000000000011','2025-11-12T12:00:00.000000Z','recognised','faster-whisper','base.en',1,14.2,'a real gap','[["a",0.4,0.5,0.9],["real",0.5,0.9,0.93],["gap",null,null,1.0]]',75,'5ce7','3f9a','c0de','beef','{"turn":"objection","score":75,"criteria":[{"id":"acknowledge","move":"acknowledges_concern","met":true,"weight":3,"evidence":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}],"why":"says so"},{"id":"check","move":"confirms_resolution","met":null,"weight":2,"evidence":[],"why":"unclear"}],"moves":{"acknowledges_concern":true,"gives_evidence":null},"move_evidence":{"acknowledges_concern":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}]},"delivery":{"words":3,"pace_wpm":null,"fillers":{"items":["um"]}},"next_step":"Ask whether that settles it.","flags":["recital"],"hashes":{"scenario":"5ce7","rubric":"3f9a","scorer":"c0de","transcript":"beef"}}',NULL);
INSERT INTO "replies" VALUES('019a7800-0000-7000-8000-000000000015','019a7800-0000-7000-8000-000000000004','objection',0,'019a7800-0000-7000-8000-000000000014','2025-11-12T12:00:00.000000Z','recognised','faster-whisper','base.en',1,14.2,'a real gap','[["a",0.4,0.5,0.9],["real",0.5,0.9,0.93],["gap",null,null,1.0]]',75,'5ce7','3f9a','c0de','beef','{"turn":"objection","score":75,"criteria":[{"id":"acknowledge","move":"acknowledges_concern","met":true,"weight":3,"evidence":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}],"why":"says so"},{"id":"check","move":"confirms_resolution","met":null,"weight":2,"evidence":[],"why":"unclear"}],"moves":{"acknowledges_concern":true,"gives_evidence":null},"move_evidence":{"acknowledges_concern":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}]},"delivery":{"words":3,"pace_wpm":null,"fillers":{"items":["um"]}},"next_step":"Ask whether that settles it.","flags":["recital"],"hashes":{"scenario":"5ce7","rubric":"3f9a","scorer":"c0de","transcript":"beef"}}',NULL);
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
CREATE TABLE results (
        id TEXT PRIMARY KEY,
        attempt_id TEXT NOT NULL UNIQUE REFERENCES attempts (id),
        finished_at TEXT NOT NULL,
        score INTEGER CHECK (score BETWEEN 0 AND 100),
        card TEXT NOT NULL -- JSON
    ) STRICT;
INSERT INTO "results" VALUES('019a7800-0000-7000-8000-000000000007','019a7800-0000-7000-8000-000000000001','2025-11-13T12:05:00.000000Z',48,'{"score":48,"criteria":[{"id":"acknowledge","move":"acknowledges_concern","met":true,"weight":3,"evidence":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}],"why":"says so"}],"tally":{"acknowledge":[2,3]},"next_step":"Ask whether that settles it.","flags":[]}');
INSERT INTO "results" VALUES('019a7800-0000-7000-8000-000000000010','019a7800-0000-7000-8000-000000000002','2025-11-14T12:05:00.000000Z',95,'{"score":95,"criteria":[{"id":"acknowledge","move":"acknowledges_concern","met":true,"weight":3,"evidence":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}],"why":"says so"}],"tally":{"acknowledge":[2,3]},"next_step":"Ask whether that settles it.","flags":[]}');
INSERT INTO "results" VALUES('019a7800-0000-7000-8000-000000000013','019a7800-0000-7000-8000-000000000003','2025-11-15T12:05:00.000000Z',82,'{"score":82,"criteria":[{"id":"acknowledge","move":"acknowledges_concern","met":true,"weight":3,"evidence":[{"quote":"a real gap","start_char":5,"end_char":15,"start":0.4,"end":2.1}],"why":"says so"}],"tally":{"acknowledge":[2,3]},"next_step":"Ask whether that settles it.","flags":[]}');
CREATE TABLE self_marks (
        reply_id TEXT NOT NULL REFERENCES replies (id),
        criterion TEXT NOT NULL,
        met INTEGER NOT NULL CHECK (met IN (0, 1)),
        marked_at TEXT NOT NULL,
        PRIMARY KEY (reply_id, criterion)
    ) STRICT, WITHOUT ROWID;
CREATE TABLE session_ends (
        session_id TEXT PRIMARY KEY REFERENCES sessions (id),
        outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'missed', 'moved')),
        next_step TEXT NOT NULL,
        assignment_id TEXT REFERENCES assignments (id),
        author_id TEXT NOT NULL REFERENCES people (id),
        noted_at TEXT NOT NULL
    ) STRICT;
CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        rep_id TEXT NOT NULL REFERENCES people (id),
        manager_id TEXT NOT NULL REFERENCES people (id),
        starts_at TEXT NOT NULL,
        minutes INTEGER NOT NULL CHECK (minutes > 0),
        planned_at TEXT NOT NULL
    ) STRICT;
CREATE TABLE shares (
        attempt_id TEXT PRIMARY KEY REFERENCES attempts (id), -- a warm-up that its rep shows the manager
        shared_at TEXT NOT NULL
    ) STRICT;
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
INSERT INTO "shown" VALUES('019a7800-0000-7000-8000-000000000901','2025-11-13T12:00:00.000000Z','019a7800-0000-7000-8000-000000000001','2025-11-13T12:05:00.000000Z','price-20-percent','price-objection',48);
INSERT INTO "shown" VALUES('019a7800-0000-7000-8000-000000000901','2025-11-15T12:00:00.000000Z','019a7800-0000-7000-8000-000000000003','2025-11-15T12:05:00.000000Z','price-20-percent','price-objection',82);
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
INSERT INTO "takes" VALUES('019a7800-0000-7000-8000-000000000005','019a7800-0000-7000-8000-000000000001','objection','2025-11-12T12:00:00.000000Z','019a7800-0000-7000-8000-000000000001/019a7800-0000-7000-8000-000000000005.flac','ab12',14.2,0);
INSERT INTO "takes" VALUES('019a7800-0000-7000-8000-000000000008','019a7800-0000-7000-8000-000000000002','objection','2025-11-12T12:00:00.000000Z','019a7800-0000-7000-8000-000000000002/019a7800-0000-7000-8000-000000000008.flac','ab12',14.2,0);
INSERT INTO "takes" VALUES('019a7800-0000-7000-8000-000000000011','019a7800-0000-7000-8000-000000000003','objection','2025-11-12T12:00:00.000000Z','019a7800-0000-7000-8000-000000000003/019a7800-0000-7000-8000-000000000011.flac','ab12',14.2,0);
INSERT INTO "takes" VALUES('019a7800-0000-7000-8000-000000000014','019a7800-0000-7000-8000-000000000004','objection','2025-11-12T12:00:00.000000Z','019a7800-0000-7000-8000-000000000004/019a7800-0000-7000-8000-000000000014.flac','ab12',14.2,0);
CREATE TABLE tallies (rep_id TEXT PRIMARY KEY, attempts INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "tallies" VALUES('019a7800-0000-7000-8000-000000000901',2);
CREATE TABLE tries (
        id TEXT PRIMARY KEY,
        drill_id TEXT NOT NULL REFERENCES drills (id),
        tried_at TEXT NOT NULL,
        text TEXT NOT NULL,
        met INTEGER CHECK (met IN (0, 1)) -- null: not assessable
    ) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX attempts_of_rep ON attempts (rep_id, started_at);
CREATE INDEX takes_of_attempt ON takes (attempt_id);
CREATE INDEX replies_of_attempt ON replies (attempt_id, position);
CREATE INDEX replies_of_take ON replies (take_id) WHERE take_id IS NOT NULL;
CREATE INDEX assignments_of_rep ON assignments (rep_id, scenario);
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
CREATE INDEX plans_of_rep ON plans (rep_id, made_at);
CREATE INDEX agreements_of_rep ON agreements (rep_id, skill, agreed_at);
CREATE INDEX sessions_of_rep ON sessions (rep_id, starts_at);
CREATE INDEX ledger_of_rep ON ledger (rep_id, skill, written_at, id);
CREATE UNIQUE INDEX ledger_chain ON ledger (rep_id, author_id, previous);
CREATE UNIQUE INDEX ledger_attempts ON ledger (attempt_id) WHERE kind = 'attempt';
CREATE INDEX notes_of_reply ON notes (reply_id);
CREATE INDEX exemplary_of_reply ON exemplary (reply_id, marked_at);
CREATE INDEX drills_of_rep ON drills (rep_id, started_at);
CREATE INDEX tries_of_drill ON tries (drill_id, tried_at);
CREATE INDEX examples_taken_of_rep ON examples_taken (rep_id, taken_at);
CREATE INDEX consents_of_person ON consents (person_id, answered_at);
CREATE INDEX looks_at_rep ON looks (rep_id, looked_at);
CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger BEGIN
        SELECT raise(ABORT, 'the ledger is never changed');
    END;
CREATE TRIGGER ledger_is_kept BEFORE DELETE ON ledger
    WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE rep_id = OLD.rep_id) BEGIN
        SELECT raise(ABORT, 'the ledger is never changed');
    END;
CREATE INDEX ledger_decisions ON ledger (written_at, id) WHERE kind <> 'attempt';
COMMIT;
