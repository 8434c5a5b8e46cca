from dataclasses import replace
from datetime import timedelta

from tests.store.records import attempt, finished, reply, take
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Person


def test_the_first_own_verdict_stays_beside_the_scorers(store: Store, ana: Person) -> None:
    done = finished(store, attempt(ana))
    reply = store.attempt(done.id).replies[0]
    store.notes.mark_self(reply.id, {"acknowledge": False, "check": True})
    store.notes.mark_self(reply.id, {"acknowledge": True})
    marks = store.notes.self_marks(ana.id, skill=done.skill)
    assert [(one.criterion, one.said, one.verdict) for one in marks] == [
        ("acknowledge", False, True),
        ("check", True, None),
    ]


def test_a_manager_learns_nothing_of_warm_ups(store: Store, ana: Person) -> None:
    done = finished(store, attempt(ana, kind="warm-up"))
    store.notes.mark_self(store.attempt(done.id).replies[0].id, {"acknowledge": True})
    assert store.notes.self_marks(ana.id, assessed_only=True) == []
    assert len(store.notes.self_marks(ana.id)) == 1


def test_notes_come_in_the_order_of_the_recording(store: Store, ana: Person, mo: Person) -> None:
    reply = store.attempt(finished(store, attempt(ana)).id).replies[0]
    late = store.notes.write(reply.id, mo.id, "comment", "Good pause.", at_second=9.5)
    early = store.notes.write(reply.id, mo.id, "comment", "Here.", at_second=1.0)
    thought = store.notes.write(reply.id, ana.id, "reflection", "Ask first.")
    assert store.notes.of_attempt(reply.attempt_id) == [thought, early, late]


def test_an_example_can_be_taken_back(store: Store, ana: Person, mo: Person) -> None:
    done = finished(store, attempt(ana))
    reply = store.attempt(done.id).replies[0]
    store.notes.mark_exemplary(reply.id, mo.id)
    (found,) = store.notes.exemplary("price-20-percent", "objection")
    assert (found.reply_id, found.attempt_id) == (reply.id, done.id)
    store.notes.mark_exemplary(reply.id, mo.id, stands=False)
    assert store.notes.exemplary("price-20-percent", "objection") == []


def test_marks_of_corrected_words_count_once_with_the_verdicts_on_the_right_ones(
    store: Store, ana: Person
) -> None:
    one = attempt(ana)
    store.add_attempt(one)
    spoken = take(one)
    store.add_take(spoken)
    heard = replace(reply(one), take_id=spoken.id)
    corrected = replace(
        reply(one), id=new_id(), take_id=spoken.id, said_at=heard.said_at + timedelta(minutes=1)
    )
    again = replace(reply(one), id=new_id(), take_id=None, said_at=heard.said_at + timedelta(minutes=2))
    for given in (heard, corrected, again):
        store.add_reply(given)
        store.notes.mark_self(given.id, {"acknowledge": True})
    assert [mark.reply_id for mark in store.notes.self_marks(ana.id)] == [corrected.id, again.id]


def test_comments_are_counted_by_attempt_and_thoughts_are_not(store: Store, ana: Person, mo: Person) -> None:
    commented, quiet = finished(store, attempt(ana)), finished(store, attempt(ana))
    said, other = (store.attempt(one.id).replies[0].id for one in (commented, quiet))
    store.notes.write(said, mo.id, "comment", "Here.", at_second=2.0)
    store.notes.write(said, mo.id, "comment", "And here.")
    store.notes.write(other, ana.id, "reflection", "Shorter.")
    assert store.notes.comments(ana.id) == {commented.id: 2}
    assert store.notes.comments(mo.id) == {}
