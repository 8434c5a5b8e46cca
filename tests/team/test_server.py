"""A member's connection: who is there, what goes in, what comes out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from uuid6 import uuid7

from tests.team.cluster import IN_THE_CLEAR
from tests.team.served import AT, Served, read_all
from trainer.errors import TrainerError
from trainer.store.exchange.record import Record
from trainer.store.times import to_text
from trainer.team import admin, server
from trainer.team.address import Address
from trainer.team.errors import DeniedError, TeamError, UnreachableError, VersionError


def test_what_one_writes_the_other_reads(served: Served) -> None:
    said = served.attempt("ana")
    with served.connect("ana") as hers, served.connect("mara") as managers:
        assert hers.push([said]).new == [said]
        found, _ = read_all(managers, [served.id("ana"), served.id("ben")])
        assert found == [said]
        comment = served.comment("mara", "ana")
        assert managers.push([comment]).new == [comment]
        assert read_all(hers, [served.id("ana")])[0] == [said, comment]


def test_hello_says_whom_one_may_know(served: Served) -> None:
    def known(name: str) -> list[str]:
        with served.connect(name) as connection:
            told = connection.hello()
        assert told.me.id == served.id(name)
        return sorted(one.name for one in told.members)

    assert known("mara") == ["Ana Ruiz", "Ben Okoro", "Mara Holt"]
    assert known("ana") == ["Ana Ruiz", "Mara Holt"]
    assert known("eve") == ["Eve Lind", "Jon Vale"]


def test_sent_twice_is_there_once(served: Served) -> None:
    said = served.attempt("ana")
    with served.connect("ana") as hers:
        assert hers.push([said, said]).there == [said]
        assert hers.push([said]).there == [said]
        changed = replace(said, body={**said.body, "takes": []})
        pushed = hers.push([changed])
        assert pushed.conflicting == [(changed, "The server has another one with this id, and keeps that.")]
        assert read_all(hers, [served.id("ana")])[0] == [said]


def test_a_long_push_goes_in_portions_and_a_long_pull_comes_in_them(served: Served) -> None:
    said = [served.attempt("ana") for _ in range(450)]
    with served.connect("ana") as hers:
        assert hers.push(said).new == said
        one = hers.pull({served.id("ana"): None}, 300)
        assert (len(one.records), one.more) == (300, True)
        rest = hers.pull(one.cursors, 300)
        assert [*one.records, *rest.records] == said
        assert not rest.more
        nothing = hers.pull(rest.cursors)
        assert (nothing.records, nothing.cursors, nothing.more) == ((), {}, False)


def test_one_record_that_is_refused_does_not_hold_up_the_others(served: Served) -> None:
    fine, other = served.attempt("ana"), served.attempt("ana")
    wrong = served.attempt("ana", kind="warm-up")
    with served.connect("ana") as hers:
        pushed = hers.push([fine, wrong, other])
    assert pushed.new == [fine, other]
    assert pushed.refused == [(wrong, "Only assessed attempts are shared; a warm-up stays with its rep.")]


def changed(record: Record, **body: object) -> Record:
    return replace(record, body={**record.body, **body})


@pytest.mark.parametrize(
    "text",
    ["a \0 in it", "half a \ud800 pair", float("nan"), float("inf")],
    ids=["nul", "half", "nan", "inf"],
)
def test_what_no_database_keeps_is_refused_before_it_is_sent(served: Served, text: object) -> None:
    record = changed(served.comment("mara", "ana"), text=text)
    fine = changed(served.comment("mara", "ana"), text="a \\u0000 that somebody typed")
    with served.connect("mara") as managers:
        pushed = managers.push([record, fine])
        assert [one for one, _ in pushed.refused] == [record]
        assert pushed.new == [fine]
        assert read_all(managers, [served.id("ana")])[0] == [fine]


LATE = "It claims a time more than a day ahead of the server's clock: set this machine's clock."


@pytest.mark.parametrize(("hours", "taken"), [(-30 * 24, True), (25, True), (27, False)])
def test_a_clock_that_is_far_ahead_is_told(served: Served, hours: int, taken: bool) -> None:
    then = to_text(datetime.now(UTC) + timedelta(hours=hours))
    with served.connect("ana") as hers:
        said = served.attempt("ana", started_at=then)
        deep = changed(served.attempt("ana"), self_marks=[{"marked_at": then}])
        pushed = hers.push([said, deep])
    assert pushed.new == ([said, deep] if taken else [])
    assert pushed.refused == ([] if taken else [(said, LATE), (deep, LATE)])


def test_a_session_may_be_in_the_future(served: Served) -> None:
    then = to_text(datetime.now(UTC) + timedelta(days=20))
    body = {"manager_id": served.id("mara"), "rep_id": served.id("ana"), "starts_at": then, "planned_at": AT}
    session = served.written("session", "mara", "ana", **body)
    with served.connect("mara") as managers:
        assert managers.push([session]).new == [session]


def test_a_rep_who_moves_is_read_by_the_new_manager_alone(served: Served) -> None:
    ana = served.id("ana")
    said, later = served.attempt("ana"), served.attempt("ana")
    comment = served.comment("mara", "ana")
    with (
        admin.connect(served.url) as boss,
        served.connect("ana") as hers,
        served.connect("mara") as old,
        served.connect("jon") as new,
    ):
        hers.push([said])
        old.push([comment])
        _, known = read_all(old, [ana])
        boss.move("Ana Ruiz", "Jon Vale")
        hers.push([later])
        assert ana not in {one.id for one in old.hello().members}
        with pytest.raises(TeamError, match="does not report to you"):
            old.pull({ana: None})
        with pytest.raises(TeamError, match="does not report to you"):
            new.pull({served.id("ben"): None})
        # Mara's name is there to read beside her comment.
        assert {"Ana Ruiz", "Mara Holt"} < {one.name for one in new.hello().members}
        assert "Mara Holt" in {one.name for one in hers.hello().members}
        assert read_all(new, [ana])[0] == [said, comment, later]
        assert old.push([served.comment("mara", "ana")]).refused
        # Back again, the old cursor goes on where it was.
        boss.move("Ana Ruiz", "Mara Holt")
        assert read_all(old, [ana], known)[0] == [later]


def test_an_id_of_ones_own_is_kept_until_it_is_used(served: Served) -> None:
    mine = str(uuid7())
    with served.connect("ana") as hers, served.connect("mara") as managers:
        assert hers.claim(served.id("ana")) == served.id("ana")
        assert hers.claim(mine) == mine
        assert hers.hello().me.id == mine
        assert mine in {one.id for one in managers.hello().members}
        for taken in (served.id("eve"), "not an id", ""):
            with pytest.raises(TeamError, match="can't be taken"):
                hers.claim(taken)
        said = replace(served.attempt("ana", rep_id=mine), author=mine, rep=mine)
        assert hers.push([said]).new == [said]
        with pytest.raises(TeamError, match="can't be taken"):
            hers.claim(str(uuid7()))
    with served.connect("mara") as managers:
        fresh = str(uuid7())
        assert managers.claim(fresh) == fresh
        assert {one.manager_id for one in managers.hello().members} == {None, fresh}


def test_who_has_not_joined_is_not_seen(served: Served) -> None:
    with admin.connect(served.url) as boss, served.connect("mara") as managers:
        boss.add("Lia Novak", "rep", "Mara Holt")
        assert "Lia Novak" not in {one.name for one in managers.hello().members}


def test_versions_that_differ_too_much_say_which_to_update(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served.connect("ana") as hers:
        monkeypatch.setattr(server, "EXCHANGE", 0)
        with pytest.raises(VersionError, match="update rep-trainer"):
            hers.hello()
        monkeypatch.setattr(server, "EXCHANGE", 2)
        with pytest.raises(VersionError, match="its administrator runs"):
            hers.hello()


def test_a_kind_that_the_server_does_not_know_is_refused_with_the_mend(served: Served) -> None:
    with served.connect("ana") as hers:
        [(_, why)] = hers.push([replace(served.attempt("ana"), kind="dream")]).refused
    assert "its administrator runs `trainer team admin init` of a newer version" in why


@pytest.mark.parametrize("word", ["ana", "boss"])
def test_a_certificate_of_ones_own_is_refused_until_it_is_named(served: Served, word: str) -> None:
    port, database = served.cluster.port, served.url.rpartition("/")[2].partition("?")[0]
    one = served.people["ana"]
    login = served.login("ana") if word == "ana" else "boss"
    connect = server.connect if word == "ana" else admin.connect
    url = f"postgresql://{login}@localhost:{port}/{database}"
    with pytest.raises(DeniedError, match=r"can't prove who it is .*\?sslrootcert=FILE"):
        connect(url, one.password)
    named = f"{url}?sslrootcert={served.cluster.certificate}"
    with connect(named, one.password) as opened:
        assert opened.warnings == ()
    # The same certificate, under a name that is not in it.
    with pytest.raises(DeniedError, match="can't prove who it is"):
        connect(named.replace("localhost", "127.0.0.1"), one.password)


@pytest.mark.parametrize(
    ("mode", "warning"),
    [
        ("require", "certificate is not checked"),
        ("disable", "not encrypted"),
        ("verify-ca", "name is not checked"),
    ],
)
def test_less_care_is_the_addresss_choice_and_is_told(served: Served, mode: str, warning: str) -> None:
    one = served.people["ana"]
    url = one.url.replace("sslmode=require", f"sslmode={mode}&sslrootcert={served.cluster.certificate}")
    with server.connect(url, one.password) as hers:
        assert hers.hello().me.name == "Ana Ruiz"
        assert len(hers.warnings) == 1
        assert warning in hers.warnings[0]


def test_a_server_that_nobody_vouches_for_does_not_get_the_password_itself(served: Served) -> None:
    with served.boss() as db:
        db.execute(f"CREATE ROLE {IN_THE_CLEAR} LOGIN PASSWORD 'x' IN ROLE trainer_member".encode())
    database = served.url.rpartition("/")[2].partition("?")[0]
    with pytest.raises(DeniedError, match="wants the password unprotected"):
        server.connect(served.cluster.url(database, IN_THE_CLEAR), "x")


def test_every_failure_to_connect_is_one_line(served: Served) -> None:
    one = served.people["ana"]
    password = one.password or ""

    def told(url: str, given: str | None = password) -> str:
        with pytest.raises(TrainerError) as failed:
            server.connect(url, given)
        line = str(failed.value)
        assert "\n" not in line
        assert password not in line
        return line

    assert "login or password is not right" in told(one.url, "wrong")
    assert "wants a password" in told(one.url, None)
    assert "no such database" in told(one.url.replace("/team_", "/no_team_"))
    assert "can't be reached now" in told(one.url.replace(f":{served.cluster.port}/", ":1/"))
    assert "begins with postgresql://" in told(f"http://{password}@x/y")
    assert "names no database" in told("postgresql://rt_x@example.org")
    assert "names no login" in told("postgresql://example.org/team")
    assert "there is no such mode" in told("postgresql://rt_x@example.org/team?sslmode=never")
    assert "can't be read" in told(f"postgresql://rt_x:{password}@ex@ample.org:x/team?nothing=1")


def test_a_connection_that_breaks_says_try_later(served: Served) -> None:
    with served.connect("ana") as hers, served.boss() as db:
        db.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'rt\\_%'")
        with pytest.raises(UnreachableError, match="Later it may"):
            hers.hello()


def test_an_address_keeps_all_but_the_password() -> None:
    url = "postgresql://rt_x:se%40cret@db.example.org:5433/our%20team?sslrootcert=%2Ftmp%2Fa%20b.crt"
    found = Address.of(url)
    assert (found.login, found.password, found.place) == ("rt_x", "se@cret", "db.example.org:5433/our team")
    assert found.url == url.replace(":se%40cret", "")
    assert Address.of(found.url).parts == {
        name: value for name, value in found.parts.items() if name != "password"
    }
