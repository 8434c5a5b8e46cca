"""Facts that leave one machine are the same facts on another, in whatever order they come."""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.records import attempt, finished
from tests.team.machines import ANA, MARA, TEAM, machine, managed, practised, receives, sends
from trainer.store import Store
from trainer.store.coaching.ledger import entry_hash
from trainer.store.exchange.record import Member, Record
from trainer.team.bodies import NotTakenError, parse


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    with ExitStack() as closing:
        yield (
            closing.enter_context(machine(tmp_path, ANA)),
            closing.enter_context(machine(tmp_path, MARA)),
        )


def facts(store: Store) -> list[object]:
    """As `facts_about` says of Ana."""
    return facts_about(ANA, store)


def facts_about(rep: Member, store: Store) -> list[object]:
    """Everything about a rep that one machine's screens are made from."""
    done = store.team_attempts(rep.id)
    return [
        done,
        [replace(store.team_attempt(one.attempt.id), rep=rep) for one in done],  # type: ignore[arg-type]
        [store.notes.of_attempt(one.attempt.id) for one in done],
        store.notes.self_marks(rep.id),
        store.ledger.of_rep(rep.id),
        store.ledger.breaks(),
        store.assignments(rep.id, open_only=False),
        store.assignments(rep.id),
        store.plans.of_rep(rep.id),
        store.plans.agreements(rep.id, "price-objection"),
        store.sessions.of_rep(rep.id),
        store.privacy.looks(rep.id),
        [
            one
            for one in store.notes.exemplary("price-20-percent", "objection")
            if one.attempt_id in {its.attempt.id for its in done}
        ],
        [one.id for one in store.takes(rep.id)],
        [replace(one, rep=rep) for one in store.team() if one.rep.id == rep.id],  # type: ignore[arg-type]
    ]


def test_both_machines_tell_the_same_afterwards(machines: tuple[Store, Store]) -> None:
    hers, managers = machines
    begun = practised(hers)
    assert receives(managers, sends(hers))["refused"] == 0
    managed(managers, begun)
    assert receives(hers, sends(managers))["refused"] == 0
    assert facts(hers) == facts(managers)
    assert hers.exchange.waiting() == managers.exchange.waiting() == 0
    assert sends(hers) == sends(managers) == []


@pytest.mark.parametrize("seed", range(12))
def test_any_order_and_any_number_of_times_ends_the_same(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same order in every run
    with ExitStack() as closing:
        hers, managers, other = (
            closing.enter_context(machine(tmp_path, who, name))
            for who, name in ((ANA, "1"), (MARA, "2"), (ANA, "3"))
        )
        begun, again = practised(hers), practised(hers, form="B")
        receives(managers, of_hers := sends(hers))
        managed(managers, begun)
        everything = [*of_hers, *sends(managers)]
        shuffled = [*everything, *chance.sample(everything, len(everything) // 2)]
        chance.shuffle(shuffled)
        receives(other, shuffled)
        receives(hers, everything)
        receives(managers, everything)
        assert facts(other) == facts(hers) == facts(managers)
        assert {one.attempt.id for one in other.team_attempts()} == {begun.id, again.id}
        assert other.exchange.held_back() == []
        assert other.exchange.waiting() == 0, "one's own from another machine are not sent again"
        assert other.ledger.left_out(ANA.id) == [], "their entries come from where they were practised"


def test_a_warm_up_and_an_unfinished_practice_stay(machines: tuple[Store, Store]) -> None:
    hers, _ = machines
    ana = hers.person(ANA.name)
    assert ana
    finished(hers, attempt(ana, kind="warm-up"))
    hers.add_attempt(attempt(ana))
    assert sends(hers) == []


def test_people_of_ones_own_who_are_not_in_the_team_stay_ones_own(machines: tuple[Store, Store]) -> None:
    _, managers = machines
    stranger = managers.add_person("Tom", "rep")
    finished(managers, attempt(stranger))
    managers.assign(stranger.id, "price-20-percent", skill="price-objection", manager_id=MARA.id)
    assert sends(managers) == []


def test_whoever_had_a_members_name_here_keeps_what_is_theirs(tmp_path: Path) -> None:
    with Store.open(tmp_path / "old.db") as store:
        before = store.add_person("ana ruiz", "rep")
        finished(store, attempt(before))
        store.exchange.join(ANA)
        assert [one.name for one in store.people()] == ["Ana Ruiz", "Ana Ruiz (before the team)"]
        assert [one.rep for one in store.attempts()] == ["Ana Ruiz (before the team)"]


def test_a_rep_who_changes_managers_is_forgotten_by_the_old_one(machines: tuple[Store, Store]) -> None:
    hers, managers = machines
    begun = practised(hers)
    receives(managers, sends(hers))
    managed(managers, begun)
    assert managers.exchange.meet([MARA]) == [ANA.name]
    assert managers.team_attempts() == []
    assert managers.attempts(ANA.id) == []
    # And the rep's own machine forgets nothing when her manager is another one.
    receives(hers, sends(managers))
    new = Member("019a7800-0000-7000-8000-00000000000c", "Noor", "manager", None)
    assert hers.exchange.meet([replace(ANA, manager_id=new.id), new]) == []
    assert len(hers.attempts(ANA.id)) == 1


def forged(record: Record, **body: object) -> Record:
    return replace(record, body={**record.body, **body})


def without_facts(entry: Record) -> Record:
    """Rightly hashed, and nothing in it that mastery could be read from."""
    row = {**entry.body, "facts": "{}"}
    return replace(entry, body={**row, "hash": entry_hash(row)})


def test_what_was_tampered_with_is_refused_and_said(machines: tuple[Store, Store]) -> None:
    hers, managers = machines
    practised(hers)
    by_kind = {one.kind: one for one in sends(hers)}
    whole, entry, note = by_kind["attempt"], by_kind["entry"], by_kind["reflection"]
    wrong = [
        forged(whole, attempt={**whole.body["attempt"], "kind": "warm-up"}),
        forged(whole, attempt={**whole.body["attempt"], "rep_id": MARA.id}),
        forged(whole, takes=[{**whole.body["takes"][0], "file": "../../home/x.flac"}]),
        forged(whole, replies=[{**whole.body["replies"][0], "scorecard": "{}"}]),
        forged(whole, replies=[{**whole.body["replies"][0], "take_id": whole.id}]),
        forged(whole, result={**whole.body["result"], "score": 101}),
        forged(whole, more=1),
        forged(entry, facts='{"score":100}'),
        forged(entry, kind="signed off"),
        without_facts(entry),
        replace(entry, kind="decision"),
        forged(note, author_id=MARA.id),
        replace(note, rep=MARA.id),
        replace(note, kind="comment"),
        replace(whole, id=entry.id),
    ]
    for record in wrong:
        with pytest.raises(NotTakenError):
            parse(record)
    assert receives(managers, wrong)["refused"] == len(wrong)
    assert managers.team_attempts() == []
    assert {one.about for one in managers.exchange.refused()} <= {ANA.name, MARA.name}


def test_another_record_of_the_same_id_is_refused_and_the_first_one_stays(
    machines: tuple[Store, Store],
) -> None:
    hers, managers = machines
    practised(hers)
    (whole,) = (one for one in sends(hers) if one.kind == "attempt")
    receives(managers, [whole])
    receives(managers, [forged(whole, result={**whole.body["result"], "score": 100})])
    (said,) = managers.exchange.refused()
    assert "says something else" in said.why
    assert [one.score for one in managers.team_attempts()] == [75]


def test_a_comment_on_somebody_elses_reply_is_refused(tmp_path: Path) -> None:
    bo = Member("019a7800-0000-7000-8000-00000000000d", "Bo", "rep", MARA.id)
    team = (*TEAM, bo)
    with machine(tmp_path, ANA, team=team) as hers, machine(tmp_path, MARA, team=team) as managers:
        begun = practised(hers)
        receives(managers, sends(hers))
        managed(managers, begun)
        (comment,) = (one for one in sends(managers) if one.kind == "comment")
        receives(hers, [replace(comment, rep=bo.id)])
        assert [one.why for one in hers.exchange.refused()] == ["it is about somebody else's replies"]


def test_a_kind_of_a_newer_version_is_kept_for_it(machines: tuple[Store, Store]) -> None:
    _, managers = machines
    newer = Record("x", "badge", ANA.id, ANA.id, {"says": "hello"})
    assert receives(managers, [newer])["refused"] == 0
    assert managers.exchange.held_back() == [newer]
