"""The administrator's commands, on a real server."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.team.cluster import Cluster
from tests.team.served import Served, read_all
from trainer.__main__ import main
from trainer.team import admin, database, server
from trainer.team.errors import DeniedError, TeamError, VersionError

Trainer = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(tmp_path / "home"))


@pytest.fixture
def trainer(capsys: pytest.CaptureFixture[str]) -> Trainer:
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["team", "admin", *words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def test_a_team_from_an_empty_database(trainer: Trainer, cluster: Cluster) -> None:
    url = cluster.new_database("from_empty")
    code, out, err = trainer("init", url)
    assert code == 0, err
    assert out.startswith("Set up: ")
    assert "step 1, rules, era 1." in out
    assert "certificate is not checked" in err
    assert "members may connect to other databases" in err
    assert trainer("add", "Mara Holt", "--role", "manager")[0] == 0
    code, out, _ = trainer("add", "Ana Ruiz", "--role", "rep", "--manager", "mara holt", "--json")
    invitation = json.loads(out)
    assert (code, invitation["manager"], invitation["state"]) == (0, "Mara Holt", "invited")
    with server.connect(invitation["url"], invitation["password"]) as hers:
        assert hers.hello().me.name == "Ana Ruiz"
    assert "Ana Ruiz   rep      Mara Holt   joined" in trainer("list")[1]


def test_done_again_it_does_nothing(trainer: Trainer, served: Served) -> None:
    code, out, _ = trainer("init", served.url, "--json")
    assert (code, json.loads(out)["did"]) == (0, [])
    code, out, _ = trainer("add", "ana  ruiz", "--role", "rep", "--json")
    assert (code, json.loads(out)["password"]) == (0, None)
    with served.connect("ana") as hers:
        assert hers.hello().me.id == served.id("ana")
    for _ in range(2):
        assert trainer("move", "Ana Ruiz", "--to", "Jon Vale")[:2] == (0, "Ana Ruiz reports to Jon Vale.\n")
        assert trainer("remove", "Ben Okoro")[:2] == (0, "Ben Okoro can't connect any more.\n")


def test_each_refusal_says_the_mend(trainer: Trainer, served: Served) -> None:
    assert "Name it with --server" in trainer("list")[2]
    trainer("init", served.url)

    def refused(*words: str) -> str:
        code, out, err = trainer(*words)
        assert code in (1, 2)
        assert out == ""
        return err

    assert "remove them first" in refused("add", "Ana Ruiz", "--role", "manager")
    assert "reports to Mara Holt; use `trainer team admin move`" in refused(
        "add", "Ana Ruiz", "--role", "rep", "--manager", "Jon Vale"
    )
    assert "is a rep; name a manager" in refused("move", "Ana Ruiz", "--to", "Ben Okoro")
    assert "is a manager" in refused("move", "Mara Holt", "--to", "Jon Vale")
    assert "nobody of that name" in refused("move", "Nobody", "--to", "Jon Vale")
    assert "Ana Ruiz, Ben Okoro report to Mara Holt" in refused("remove", "Mara Holt")
    assert "add --yes" in refused("remove", "Ana Ruiz", "--erase")
    assert "begins with postgresql://" in refused("list", "--server", "mysql://x")


def test_what_is_not_a_teams_database_is_left_alone(trainer: Trainer, cluster: Cluster) -> None:
    url = cluster.new_database("shop")
    with cluster.as_boss("shop") as db:
        db.execute("CREATE TABLE orders (id int)")
    code, _, err = trainer("init", url)
    assert code == 1
    assert "holds something else (public.orders)" in err
    assert "holds no team yet" in trainer("list", "--server", url)[2]


def test_an_administrator_need_not_be_superuser(cluster: Cluster) -> None:
    with cluster.as_boss() as db:
        db.execute("CREATE ROLE owner_only LOGIN PASSWORD 'x'")
        db.execute("CREATE ROLE head LOGIN CREATEROLE PASSWORD 'x'")
        db.execute("CREATE DATABASE heads OWNER head")
        db.execute("CREATE DATABASE owned OWNER owner_only")
    with admin.connect(cluster.url("owned", "owner_only"), "x") as owner, pytest.raises(TeamError) as failed:
        owner.init()
    assert "ALTER ROLE owner_only CREATEROLE" in str(failed.value)
    with admin.connect(cluster.url("heads", "head"), "x") as head:
        assert head.init().did
        assert head.init().did == ()
        head.add("Mara Holt", "manager")
        invitation = head.add("Ana Ruiz", "rep", "Mara Holt")
        with server.connect(invitation.url, invitation.password) as hers:
            hers.hello()
            head.remove("Ana Ruiz", erase=True)
            with pytest.raises(TeamError):
                hers.hello()
        assert [one.name for one in head.people()] == ["Mara Holt"]
    with pytest.raises(DeniedError) as denied:
        admin.connect(cluster.url("heads", "owner_only"), "x")
    assert "does not let this login in" in str(denied.value)


def test_who_was_removed_is_out_and_may_come_back(served: Served) -> None:
    said = served.attempt("ana")
    with admin.connect(served.url) as boss, served.connect("ana") as hers, served.connect("mara") as managers:
        hers.push([said])
        boss.remove("Ana Ruiz")
        with pytest.raises(TeamError):
            hers.hello()
        with pytest.raises(DeniedError) as failed:
            served.connect("ana")
        assert "login or password is not right" in str(failed.value)
        # The manager keeps what was there.
        assert served.id("ana") in {one.id for one in managers.hello().members}
        assert read_all(managers, [served.id("ana")])[0] == [said]
        back = boss.add("Ana Ruiz", "rep")
    assert back.person.id == served.id("ana")
    with server.connect(back.url, back.password) as hers:
        assert hers.hello().me.manager_id == served.id("mara")
        assert read_all(hers, [served.id("ana")])[0] == [said]


def test_who_is_erased_leaves_no_record_and_no_name(served: Served) -> None:
    with admin.connect(served.url) as boss, served.connect("ana") as hers, served.connect("mara") as managers:
        hers.push([served.attempt("ana")])
        managers.push([served.comment("mara", "ana"), kept := served.comment("mara", "ben")])
        assert boss.remove("Ana Ruiz", erase=True).erased == 2
        assert served.id("ana") not in {one.id for one in managers.hello().members}
        assert read_all(managers, [served.id("ben")])[0] == [kept]
        assert "Ana Ruiz" not in {one.name for one in boss.people()}
    with served.boss() as db:
        told = db.execute(
            "SELECT record::text FROM team.record UNION ALL SELECT member::text FROM team.member"
        )
        assert not [row for (row,) in told if "Ana" in row or "worth" in row]


def test_a_new_password_ends_the_old_one(served: Served) -> None:
    with admin.connect(served.url) as boss:
        new = boss.password("Ana Ruiz")
    with pytest.raises(DeniedError):
        served.connect("ana")
    with server.connect(new.url, new.password) as hers:
        assert hers.hello().me.name == "Ana Ruiz"


def test_no_password_is_in_the_servers_log_or_in_a_role(served: Served) -> None:
    one = served.people["ana"]
    with served.boss() as db:
        row = db.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname = %s", (one.person.login,)
        ).fetchone()
    assert row
    assert row[0].startswith("SCRAM-SHA-256$")
    assert "Ana" not in served.login("ana")


def test_steps_run_once_each_and_in_order(cluster: Cluster) -> None:
    cluster.new_database("grows")
    later = {
        **database.schema(),
        2: "CREATE TABLE team.later (id int)",
        3: "ALTER TABLE team.later ADD COLUMN name text",
    }
    with cluster.as_boss("grows") as db:
        assert "step 1" in database.prepare(db).did
        assert database.prepare(db, steps=later).did == ("step 2", "step 3", "rules")
        assert database.prepare(db, steps=later).did == ()
        with pytest.raises(VersionError):
            database.prepare(db)
        broken = {**later, 4: "CREATE TABLE team.more (id int); SELECT 1 / 0"}
        with pytest.raises(Exception, match="division by zero"):
            database.prepare(db, steps=broken)
        assert database.version(db) == 3
        assert db.execute("SELECT to_regclass('team.more')").fetchone() == (None,)


def test_a_hole_that_somebody_made_is_mended(served: Served) -> None:
    with admin.connect(served.url) as boss:
        for hole in (
            "GRANT SELECT ON team.record TO trainer_member",
            "GRANT EXECUTE ON FUNCTION team.problem TO PUBLIC",
            "ALTER TABLE team.record DISABLE ROW LEVEL SECURITY",
            "GRANT CREATE ON SCHEMA public TO PUBLIC",
            f"GRANT TEMP ON DATABASE {served.url.rpartition('/')[2].partition('?')[0]} TO PUBLIC",
            "ALTER FUNCTION team.push OWNER TO boss",
        ):
            with served.boss() as db:
                db.execute(hole.encode())
                assert database.holes(db), hole
            assert boss.init().did == ("rules",), hole
            with served.boss() as db:
                assert database.holes(db) == [], hole


def test_rules_that_changed_have_a_new_number() -> None:
    rules = Path(database.__file__).parent / "schema" / "rules.sql"
    print_of = sha256(rules.read_bytes()).hexdigest()[:12]
    assert (database.RULES, print_of) == (2, "ed8c1a47e0ec"), "raise RULES with every change of rules.sql"


def test_every_member_is_told_where_recordings_go(trainer: Trainer, served: Served, tmp_path: Path) -> None:
    place = tmp_path / "shared"
    with served.connect("ana") as hers:
        assert hers.hello().recordings == ""
        assert trainer("init", served.url, "--recordings", "shared")[0] == 2
        assert trainer("init", served.url, "--recordings", str(place))[0] == 0
        assert (place / "rep-trainer.txt").exists()
        trainer("init", served.url)
        assert hers.hello().recordings == str(place)
        trainer("init", served.url, "--recordings", "")
        assert hers.hello().recordings == ""


def test_people_told(trainer: Trainer, served: Served) -> None:
    trainer("init", served.url)
    told: dict[str, Any] = json.loads(trainer("list", "--json")[1])
    assert {one["name"]: one["manager"] for one in told["people"]}["Eve Lind"] == "Jon Vale"
    assert told["held_up_since"] is None
