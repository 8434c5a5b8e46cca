from datetime import timedelta

from tests.store.records import NOON
from trainer.coaching.comeback import reviews
from trainer.store import Store
from trainer.store.records import Person


def enter(store: Store, rep: Person, skill: str, score: int) -> None:
    facts = {"score": score, "scenario": "any", "form": "A", "new_form": True, "day": "2025-11-12"}
    store.ledger.write(rep.id, skill, "attempt", rep.id, facts=facts)


def test_only_what_is_mastered_comes_back(store: Store, ana: Person, mara: Person) -> None:
    enter(store, ana, "qualify-need", 90)
    store.ledger.write(ana.id, "price-objection", "signed off", mara.id)
    (only,) = reviews(store.ledger.of_rep(ana.id), NOON)
    assert (only.skill, only.title, only.failed) == ("price-objection", "Handle a price objection", False)
    assert only.day > NOON.date() + timedelta(days=1)


def test_a_failed_review_is_due_at_once_and_comes_first(store: Store, ana: Person, mara: Person) -> None:
    for skill in ("price-objection", "qualify-need"):
        store.ledger.write(ana.id, skill, "signed off", mara.id)
    enter(store, ana, "qualify-need", 40)
    first, second = reviews(store.ledger.of_rep(ana.id), NOON)
    assert (first.skill, first.failed, first.day) == ("qualify-need", True, NOON.date())
    assert (second.skill, second.failed) == ("price-objection", False)
