"""What a rep tries with plain SQL under their own login: denied, or it tells nothing; never just obeyed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg import sql
from uuid6 import uuid7

from tests.team.cluster import Cluster
from tests.team.conftest import made
from tests.team.served import AT, Served, envelopes, read_all
from trainer.store.exchange.record import Record
from trainer.team import admin
from trainer.team.errors import TeamError

SECRET = "quite-a-secret"


@pytest.fixture(scope="module")
def attacked(cluster: Cluster) -> Served:
    """Ana is about to attack; Ben, Eve and a manager have written. One team for all that is denied."""
    return written(made(cluster))


@pytest.fixture
def breached(served: Served) -> Served:
    """The same, to be laid open."""
    return written(served)


def written(served: Served) -> Served:
    with served.connect("ben") as his, served.connect("eve") as eves, served.connect("mara") as managers:
        his.push([served.attempt("ben", scenario=SECRET)])
        eves.push([served.attempt("eve", scenario=SECRET)])
        managers.push([served.comment("mara", "ben", SECRET)])
    with served.connect("ana") as hers, served.connect("mara") as managers:
        hers.push([served.attempt("ana", scenario="her-own")])
        managers.push([served.comment("mara", "ana", "for her")])
    with served.boss() as db:
        db.execute("ANALYZE")
    return served


@pytest.fixture
def db(attacked: Served) -> Iterator["psycopg.Connection[Any]"]:
    """Ana's own connection, with no program in between."""
    with attacked.sql("ana") as connection:
        yield connection


def others(served: Served) -> tuple[str, ...]:
    """What Ana must not get to see anywhere."""
    return (SECRET, "Ben Okoro", "Eve Lind", "Jon Vale", served.id("ben"), served.id("eve"), served.id("jon"))


def tells_nothing(served: Served, *shown: object) -> None:
    text = " ".join(str(one) for one in shown)
    for one in others(served):
        assert one not in text


def denied(served: Served, db: "psycopg.Connection[Any]", attack: str, state: str = "") -> None:
    """The attack fails, and nothing that the server says of it holds what is others'."""
    with pytest.raises(psycopg.Error) as failed:
        found = db.execute(attack.encode())
        if found.description:
            found.fetchall()
    said = failed.value.diag
    assert failed.value.sqlstate
    assert not state or failed.value.sqlstate == state, said.message_primary
    tells_nothing(
        served, *(getattr(said, one) for one in dir(said) if one.startswith(("message", "context")))
    )


TABLES = ("record", "member", "line", "era", "kind", "setting", "version")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM {}",
        "SELECT count(*) FROM {}",
        "TABLE {}",
        "SELECT 1 FROM ONLY {}",
        "SELECT FROM {} FOR UPDATE",
        "EXPLAIN SELECT * FROM {}",
        "EXPLAIN ANALYZE SELECT * FROM {}",
        "COPY {} TO STDOUT",
        "COPY (SELECT * FROM {}) TO STDOUT",
        "COPY {} FROM STDIN",
        "PREPARE p AS SELECT * FROM {}; EXECUTE p",
        "DECLARE c CURSOR WITH HOLD FOR SELECT * FROM {}",
        "WITH x AS (SELECT * FROM {}) SELECT FROM x",
        "DO $$ BEGIN PERFORM FROM {}; END $$",
        "DO $$ BEGIN EXECUTE 'SELECT FROM {}'; END $$",
        "SELECT * FROM {0} WHERE CAST({0}::text AS integer) = 1",
        "SELECT query_to_xml('SELECT * FROM {}', true, true, '')",
        "SELECT table_to_xml('{}', true, true, '')",
        "LOCK TABLE {}",
        "LOCK TABLE {} IN ACCESS SHARE MODE",
        "CREATE VIEW public.v AS SELECT * FROM {}",
        "CREATE TEMP VIEW v AS SELECT * FROM {}",
        "CREATE TABLE public.t AS SELECT * FROM {}",
        "CREATE TABLE public.t () INHERITS ({})",
        "CREATE RULE r AS ON SELECT TO {} DO INSTEAD NOTHING",
        "CREATE TRIGGER t AFTER INSERT ON {} EXECUTE FUNCTION team.stays()",
        "CREATE POLICY p ON {} USING (true)",
        "INSERT INTO {} SELECT FROM (VALUES (1)) AS one",
        "INSERT INTO {} DEFAULT VALUES RETURNING *",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "DROP TABLE {}",
        "GRANT SELECT ON {} TO PUBLIC",
        "COMMENT ON TABLE {} IS 'mine'",
    ],
)
def test_no_table_is_read_or_written(
    attacked: Served, db: "psycopg.Connection[Any]", table: str, attack: str
) -> None:
    denied(attacked, db, attack.format(f"team.{table}"))


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE team.record SET author = author",
        "UPDATE team.record SET received_at = now()",
        "UPDATE team.member SET role = 'manager'",
        "UPDATE team.member SET manager_id = NULL WHERE login = session_user",
        "MERGE INTO team.record USING (VALUES (1)) AS x ON true WHEN MATCHED THEN DELETE",
        "SELECT nextval('team.record_seq')",
        "SELECT setval('team.record_seq', 1)",
        "SELECT last_value FROM team.record_seq",
        "SELECT currval('team.record_seq')",
    ],
)
def test_nothing_is_altered(attacked: Served, db: "psycopg.Connection[Any]", attack: str) -> None:
    denied(attacked, db, attack)


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT team.me()",
        "SELECT team.reports()",
        "SELECT team.known()",
        "SELECT team.keep_era()",
        "SELECT team.greet()",
        "SELECT team.guard()",
        "SELECT team.stays()",
        "SELECT team.problem('x', 'decision', 'x', 'x', '{}')",
        "ALTER FUNCTION team.push(jsonb) SECURITY INVOKER",
        "ALTER FUNCTION team.push(jsonb) SET search_path = public",
        "ALTER FUNCTION team.push(jsonb) OWNER TO CURRENT_USER",
        "CREATE OR REPLACE FUNCTION team.me() RETURNS text LANGUAGE sql AS $$SELECT 'x'$$",
        "DROP FUNCTION team.push(jsonb)",
        "GRANT EXECUTE ON FUNCTION team.problem TO PUBLIC",
    ],
)
def test_no_inner_function_is_called_or_changed(
    attacked: Served, db: "psycopg.Connection[Any]", attack: str
) -> None:
    denied(attacked, db, attack, "42501")


@pytest.mark.parametrize(
    "attack",
    [
        "CREATE TEMP TABLE member (id text)",
        "CREATE TABLE public.member (id text)",
        "CREATE TABLE team.mine (id text)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
        "CREATE FUNCTION pg_temp.lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
        "CREATE FUNCTION pg_catalog.jsonb_typeof(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
        "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
        "CREATE TYPE public.jsonb AS (a int)",
        "CREATE DOMAIN pg_temp.text AS int",
        "CREATE CAST (text AS integer) WITH INOUT AS IMPLICIT",
        "CREATE EXTENSION dblink",
        "CREATE EXTENSION plperl",
        "CREATE LANGUAGE plpython3u",
        "CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION team.stays()",
        "CREATE PUBLICATION p FOR ALL TABLES",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "SELECT pg_create_logical_replication_slot('x', 'pgoutput')",
    ],
)
def test_nothing_is_put_in_the_functions_way(
    attacked: Served, db: "psycopg.Connection[Any]", attack: str
) -> None:
    denied(attacked, db, attack)


@pytest.mark.parametrize(
    "attack",
    [
        "SET ROLE trainer_owner",
        "SET ROLE trainer_gate",
        "SET ROLE boss",
        "SET ROLE {ben}",
        "SET SESSION AUTHORIZATION {ben}",
        "SET SESSION AUTHORIZATION {mara}",
        "SET SESSION AUTHORIZATION boss",
        "SELECT set_config('session_authorization', '{mara}', false)",
        "SELECT set_config('role', 'trainer_owner', false)",
        "GRANT trainer_owner TO CURRENT_USER",
        "GRANT {mara} TO CURRENT_USER",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "ALTER ROLE CURRENT_USER CREATEROLE",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "ALTER ROLE CURRENT_USER RENAME TO x",
        "ALTER ROLE {mara} PASSWORD 'x'",
        "DROP ROLE {ben}",
        "REASSIGN OWNED BY trainer_owner TO CURRENT_USER",
        "ALTER DATABASE {database} OWNER TO CURRENT_USER",
        "ALTER DATABASE {database} SET row_security = off",
        "ALTER SYSTEM SET log_statement = 'all'",
        "SET session_replication_role = replica",
        "SET log_statement = 'all'",
        "LOAD '/tmp/x.so'",
        "SELECT rolpassword FROM pg_authid",
        "SELECT passwd FROM pg_shadow",
        "SELECT * FROM pg_statistic",
        "SELECT * FROM pg_statistic_ext_data",
        "SELECT * FROM pg_hba_file_rules",
        "SELECT * FROM pg_largeobject",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/x'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_reload_conf()",
        "SELECT pg_stat_reset()",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> session_user",
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename <> session_user",
    ],
)
def test_nobody_becomes_somebody_else(attacked: Served, db: "psycopg.Connection[Any]", attack: str) -> None:
    with attacked.sql("ben"), attacked.boss() as boss:
        name = boss.info.dbname
        text = attack.format(ben=attacked.login("ben"), mara=attacked.login("mara"), database=name)
        denied(attacked, db, text)


def test_what_everybody_may_read_of_the_server_tells_nothing(
    attacked: Served, db: "psycopg.Connection[Any]"
) -> None:
    """Every table and view that a member can read, the whole of each."""
    relations = db.execute(
        "SELECT format('%I.%I', nspname, relname)"
        " FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
        " WHERE relkind IN ('r', 'v', 'm', 'p', 'f') AND has_table_privilege(pg_class.oid, 'SELECT')"
        " AND has_schema_privilege(relnamespace, 'USAGE') ORDER BY 1"
    ).fetchall()
    assert len(relations) > 100
    assert not [name for (name,) in relations if name.startswith("team.")]
    for (name,) in relations:
        try:
            shown = db.execute(f"SELECT one::text FROM {name} AS one".encode()).fetchall()  # noqa: S608
        except psycopg.Error as error:  # a view over a function that is not for everybody
            assert error.sqlstate in ("42501", "55000", "0A000"), name
        else:
            tells_nothing(attacked, *shown)


def test_no_function_without_arguments_tells_anything(
    attacked: Served, db: "psycopg.Connection[Any]"
) -> None:
    functions = db.execute(
        "SELECT format('%I.%I', nspname, proname)"
        " FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace"
        " WHERE pronargs = 0 AND prokind = 'f' AND prorettype <> 'trigger'::regtype"
        " AND has_function_privilege(pg_proc.oid, 'EXECUTE') ORDER BY 1"
    ).fetchall()
    assert len(functions) > 100
    for (name,) in functions:
        try:
            shown = db.execute(f"SELECT one::text FROM {name}() AS one".encode()).fetchall()  # noqa: S608
        except psycopg.Error as error:
            tells_nothing(attacked, error)
        else:
            tells_nothing(attacked, *shown)


def pulled(db: "psycopg.Connection[Any]", rep: str) -> list[Any]:
    return db.execute(
        "SELECT id, body FROM team.pull(ARRAY[%s], ARRAY[NULL::integer], ARRAY[NULL::xid8],"
        " ARRAY[NULL::bigint], ARRAY[NULL], ARRAY[NULL], 100)",
        (rep,),
    ).fetchall()


def test_the_functions_tell_of_others_what_they_tell_of_nobody(
    attacked: Served, db: "psycopg.Connection[Any]"
) -> None:
    """Somebody who is there and somebody who is not: the same words."""
    said = set()
    for rep in (
        attacked.id("ben"),
        attacked.id("eve"),
        attacked.id("mara"),
        str(uuid7()),
        "",
        "' OR true --",
    ):
        with pytest.raises(psycopg.Error) as failed:
            pulled(db, rep)
        said.add((failed.value.sqlstate, failed.value.diag.message_primary, failed.value.diag.message_detail))
    assert len(said) == 1
    with attacked.connect("ana") as hers:
        about = [
            replace(attacked.attempt("ana", rep_id=rep), rep=rep)
            for rep in (
                attacked.id("ben"),
                attacked.id("eve"),
                attacked.id("mara"),
                str(uuid7()),
                "' OR true --",
            )
        ]
        assert len({why for _, why in hers.push(about).refused}) == 1
        with attacked.connect("ben") as his:
            [theirs, *_], at = read_all(his, [attacked.id("ben")])
        # Nor does an id or a cursor that is somebody's say so.
        assert hers.lost([theirs.id], {attacked.id("ben"): at[attacked.id("ben")]}).records == (theirs.id,)
        assert hers.lost([theirs.id], {attacked.id("ben"): at[attacked.id("ben")]}).reps == ()
        for taken in (attacked.id("ben"), attacked.id("eve"), "no id"):
            with pytest.raises(TeamError, match="can't be taken"):
                hers.claim(taken)


@pytest.mark.parametrize(
    "setting",
    [
        "SET search_path = pg_temp, public, pg_catalog",
        "SET standard_conforming_strings = off",
        "SET transform_null_equals = on",
        "SET DateStyle = 'German, DMY'",
        "SET TimeZone = 'Pacific/Kiritimati'",
        "SET default_transaction_isolation = serializable",
        "SET array_nulls = off",
        "SET client_encoding = 'LATIN1'",
        "SET xmloption = document",
        "SET ROLE trainer_member",
        "SET team.erasing = 'x'",
        "SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_seqscan = off",
        "SET plan_cache_mode = force_generic_plan",
        "SET check_function_bodies = off",
        "SET debug_print_plan = on; SET client_min_messages = debug1",
    ],
)
def test_no_setting_of_a_session_changes_what_one_may(
    attacked: Served, db: "psycopg.Connection[Any]", setting: str
) -> None:
    notices: list[object] = []
    db.add_notice_handler(lambda said: notices.append((said.message_primary, said.message_detail)))
    db.execute(setting.encode())
    tells_nothing(attacked, pulled(db, attacked.id("ana")), db.execute("SELECT team.hello(1)").fetchall())
    with pytest.raises(psycopg.Error):
        pulled(db, attacked.id("ben"))
    forged = attacked.decision("ana", "ana")
    row = db.execute("SELECT outcome FROM team.push(%s::jsonb)", (envelopes(forged),)).fetchone()
    assert row == ("refused",)
    tells_nothing(attacked, *notices)


def test_row_security_can_be_switched_off_but_then_nothing_is_read(
    attacked: Served, db: "psycopg.Connection[Any]"
) -> None:
    db.execute("SET row_security = off")
    with pytest.raises(psycopg.Error, match="row-level security"):
        pulled(db, attacked.id("ana"))


def of(record: Record, **body: object) -> Record:
    return replace(record, body={**record.body, **body})


def forgeries(served: Served) -> dict[str, Record]:
    """What Ana would like to have on the server."""
    ana, ben, mara = served.id("ana"), served.id("ben"), served.id("mara")
    attempt, reflection = served.attempt("ana"), served.written("reflection", "ana", "ana", kind="reflection")
    entry = served.written("entry", "ana", "ana", kind="attempt", written_at=AT)
    return {
        "a comment by the manager": served.comment("mara", "ana"),
        "a sign-off by the manager": served.decision("mara", "ana"),
        "a sign-off by herself": served.decision("ana", "ana"),
        "a sign-off of a colleague": served.decision("ana", "ben"),
        "a sign-off as an entry": of(entry, kind="signed off"),
        "a sign-off in her words and the manager's name": of(served.decision("ana", "ana"), author_id=mara),
        "an entry in the manager's name": of(entry, author_id=mara),
        "an entry about a colleague inside": of(entry, rep_id=ben),
        "an attempt of a colleague": replace(served.attempt("ben"), author=ana),
        "an attempt for a colleague": replace(attempt, rep=ben),
        "an attempt that is a colleague's inside": served.attempt("ana", rep_id=ben),
        "a warm-up": served.attempt("ana", kind="warm-up"),
        "an attempt without a kind": of(attempt, attempt={"id": attempt.id, "rep_id": ana}),
        "an attempt with another's reply": of(attempt, replies=[{"attempt_id": str(uuid7())}]),
        "an attempt with another's take": of(attempt, takes=[{"attempt_id": None}]),
        "an attempt with another's result": of(attempt, result={"attempt_id": str(uuid7())}),
        "a reflection that is a comment": of(reflection, kind="comment"),
        "a reflection in the manager's name": of(reflection, author_id=mara),
        "an id that is not the body's": replace(reflection, id=str(uuid7())),
        "a body without its id": replace(reflection, body={"kind": "reflection", "author_id": ana}),
        "an assignment for herself": served.written("assignment", "ana", "ana", manager_id=mara, rep_id=ana),
        "a praise for herself": served.written("exemplary", "ana", "ana", author_id=ana),
        "a look": served.written("look", "ana", "ana", person_id=ana, rep_id=ana),
        "an attempt taken back": served.written("withdrawal", "ana", "ana", kind="attempt", of=attempt.id),
        "a sign-off taken back": served.written("withdrawal", "ana", "ana", kind="decision", of=attempt.id),
        "a time next year": served.attempt("ana", started_at="2031-01-01T00:00:00.000000Z"),
        "a time that is none": served.attempt("ana", started_at="yesterday"),
        "a time that is a number": served.attempt("ana", started_at=17),
        "a time with a time zone": served.attempt("ana", started_at="2031-01-01T00:00:00-99:00"),
        "no kind": replace(attempt, kind=""),
        "no id": replace(attempt, id=""),
    }


def test_nothing_is_forged(attacked: Served) -> None:
    with attacked.connect("ana") as hers:
        before, _ = read_all(hers, [attacked.id("ana")])
        for what, record in forgeries(attacked).items():
            pushed = hers.push([record])
            assert pushed.refused, what
            assert pushed.refused[0][1].endswith("."), what
            tells_nothing(attacked, pushed.refused[0][1])
        assert read_all(hers, [attacked.id("ana")])[0] == before


def test_nor_by_a_manager(attacked: Served) -> None:
    own = attacked.decision("mara", "mara")
    entry = attacked.written("entry", "mara", "ana", kind="attempt", written_at=AT)
    attempt = replace(attacked.attempt("ana"), author=attacked.id("mara"))
    with attacked.connect("mara") as managers, attacked.connect("jon") as other:
        assert len(managers.push([own, entry, attempt, of(entry, kind="signed off")]).refused) == 4
        assert other.push([attacked.decision("jon", "ana"), attacked.comment("jon", "ben")]).new == []


def test_the_servers_own_columns_are_its_own(attacked: Served, db: "psycopg.Connection[Any]") -> None:
    record = attacked.attempt("ana")
    forged = json.loads(envelopes(record))[0] | {"received_at": "2020-01-01", "era": 9, "txid": 1, "seq": 1}
    row = db.execute("SELECT outcome FROM team.push(%s::jsonb)", (json.dumps([forged]),)).fetchone()
    assert row == ("new",)
    with attacked.boss() as boss:
        told = boss.execute(
            "SELECT era, txid::text::bigint > 100, seq > 1000, now() - received_at < '1 minute'"
            " FROM team.record"
            " WHERE id = %s",
            (record.id,),
        ).fetchone()
    assert told == (1, True, True, True)


def test_a_replay_changes_nothing_and_anothers_id_is_not_taken(attacked: Served) -> None:
    with attacked.connect("ben") as his, attacked.connect("ana") as hers:
        theirs, _ = read_all(his, [attacked.id("ben")])
        assert len(hers.push(theirs).refused) == len(theirs)
        # Under her own name an id that Ben uses is hers too: she does not learn of it, he does not lose it.
        same = replace(attacked.attempt("ana", id=theirs[0].id), id=theirs[0].id)
        same = of(same, takes=[], replies=[], result={"attempt_id": same.id})
        assert hers.push([same]).new == [same]
        assert hers.push([same]).there == [same]
        assert read_all(his, [attacked.id("ben")])[0] == theirs


EVIL = (
    "'; DROP TABLE team.record; --",
    '"; SELECT * FROM team.record; --',
    "\\'; DELETE FROM team.record; --",
    "$$; TRUNCATE team.record; $$",
    "%s %(x)s {} {0} $1 :x",
    "'||(SELECT string_agg(body::text, '') FROM team.record)||'",
    '$.** ? (@ == "x")',
    "\u202e\u0007\x1b[2J",
)


@pytest.mark.parametrize("evil", EVIL)
def test_sql_in_a_text_is_a_text(attacked: Served, evil: str) -> None:
    ana = attacked.id("ana")
    with attacked.connect("ana") as hers, attacked.connect("mara") as managers:
        said = attacked.attempt("ana", scenario=evil, form=evil, **{evil: evil})
        said = of(said, replies=[{"attempt_id": said.id, "text": evil}])
        comment = attacked.comment("mara", "ana", evil)
        assert hers.push([said]).new == [said]
        assert managers.push([comment]).new == [comment]
        assert read_all(hers, [ana])[0][-2:] == [said, comment]
        wrong = [
            replace(said, id=evil),
            replace(said, kind=evil),
            replace(said, author=evil),
            replace(said, rep=evil),
        ]
        assert [one for one, _ in hers.push(wrong).refused] == wrong
        with pytest.raises(TeamError):
            hers.pull({evil: None})
        with pytest.raises(TeamError):
            hers.claim(evil)
        assert hers.lost([evil], {evil: None}).records == (evil,)
    with admin.connect(attacked.url) as boss:
        invitation = boss.add(evil, "rep", "Mara Holt")
        assert " ".join(evil.split()) in {one.name for one in boss.people()}
        boss.remove(evil)
        assert invitation.person.login
        with pytest.raises(TeamError):
            boss.move(evil, "Mara Holt")


GARBAGE = ("null", "{}", "1", '"x"', "[1]", "[null]", "[[]]", '[{"body": 1}]', '[{"id": {"a": 1}}]', "[{}]")


@pytest.mark.parametrize("garbage", GARBAGE)
def test_garbage_is_refused(attacked: Served, db: "psycopg.Connection[Any]", garbage: str) -> None:
    try:
        shown = db.execute("SELECT outcome, why FROM team.push(%s::jsonb)", (garbage,)).fetchall()
    except psycopg.Error as error:
        assert error.sqlstate == "TR400"
    else:
        assert [outcome for outcome, _ in shown] == ["refused"]


def test_a_body_that_is_too_large_is_refused(attacked: Served) -> None:
    with attacked.connect("mara") as managers:
        [(_, why)] = managers.push([attacked.comment("mara", "ana", "x" * 4_100_000)]).refused
    assert why == "It is larger than 4 MB."


def test_a_login_of_the_server_that_is_no_member_gets_nothing(attacked: Served) -> None:
    """Another team's member on the same server, or one who has left while connected."""
    with attacked.boss() as boss:
        boss.execute("DROP ROLE IF EXISTS stray")
        boss.execute("CREATE ROLE stray LOGIN PASSWORD 'x' IN ROLE trainer_member")
        name = boss.info.dbname
    with psycopg.connect(attacked.cluster.url(name, "stray"), password="x", autocommit=True) as stray:
        for attack in (
            "SELECT team.hello(1)",
            "SELECT team.claim('x')",
            "SELECT team.push('[]')",
            "SELECT team.pull('{}', '{}', '{}', '{}', '{}', '{}', 1)",
            "SELECT team.lost('{}', '{}', '{}', '{}', '{}', '{}', '{}')",
        ):
            denied(attacked, stray, attack, "TR403")


def test_even_with_the_tables_in_hand_only_ones_own_rows_are_there(breached: Served) -> None:
    """A mistaken GRANT: row-level security and the triggers are the second line."""
    with breached.boss() as boss:
        boss.execute(
            "GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA team TO trainer_member"
        )
        boss.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA team TO trainer_member")
        boss.execute(
            "CREATE FUNCTION public.leak(jsonb) RETURNS boolean LANGUAGE plpgsql COST 0.0001"
            " AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$"
        )
        boss.execute("GRANT USAGE ON SCHEMA public TO trainer_member")
    notices: list[str | None] = []
    with breached.sql("ana") as db:
        db.add_notice_handler(lambda said: notices.append(said.message_primary))
        records = db.execute("SELECT * FROM team.record WHERE public.leak(body)").fetchall()
        assert len(records) == len(notices) == 2
        names = {name for (name,) in db.execute("SELECT name FROM team.member").fetchall()}
        assert names == {"Ana Ruiz", "Mara Holt"}
        tells_nothing(breached, *records, *notices)
        with pytest.raises(psycopg.Error, match="invalid input syntax") as failed:
            db.execute("SELECT body::text::integer FROM team.record")
        tells_nothing(breached, failed.value)
        one = breached.comment("mara", "ana")
        with pytest.raises(psycopg.Error, match="written as somebody else"):
            db.execute(
                "INSERT INTO team.record (id, kind, author, rep, body) VALUES (%s, %s, %s, %s, %s::jsonb)",
                (one.id, one.kind, one.author, one.rep, json.dumps(dict(one.body))),
            )
        assert db.execute("UPDATE team.record SET body = '{}'").rowcount == 0
        assert db.execute("DELETE FROM team.record").rowcount == 0
        denied(breached, db, "TRUNCATE team.record", "TR405")


@pytest.mark.parametrize(
    "attack", ["UPDATE team.record SET body = '{}'", "DELETE FROM team.record", "TRUNCATE team.record"]
)
@pytest.mark.parametrize("role", ["boss", "trainer_owner"])
def test_not_even_the_owner_changes_a_fact(attacked: Served, role: str, attack: str) -> None:
    with attacked.boss() as boss:
        boss.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        denied(attacked, boss, attack, "TR405")


def test_what_cannot_be_hidden_is_what_the_page_says(attacked: Served, db: "psycopg.Connection[Any]") -> None:
    """Logins and how many there are; how many records; nothing that leads from either to a person."""
    logins = {name for (name,) in db.execute("SELECT rolname FROM pg_roles").fetchall()}
    assert {attacked.login("ben"), attacked.login("eve")} <= logins
    counted = db.execute("SELECT reltuples FROM pg_class WHERE oid = to_regclass('team.record')").fetchone()
    assert counted == (5,)
    with attacked.sql("ben") as his:
        his.execute("SELECT %s", (SECRET,))
        seen = db.execute(
            "SELECT query, client_addr, application_name FROM pg_stat_activity WHERE usename = %s",
            (attacked.login("ben"),),
        ).fetchall()
    tells_nothing(attacked, *seen)
