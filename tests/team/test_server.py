"""A member's connection: who is there, what goes in, what comes out."""

from dataclasses import replace

from tests.team.served import Served, read_all


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
