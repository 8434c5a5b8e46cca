import pytest

from trainer.errors import BadInputError
from trainer.store import Store
from trainer.store.coaching.plans import Step
from trainer.store.records import Person

PATH = (Step("price-objection", 80, 4), Step("qualify-budget", 85, 3))


def test_the_newest_plan_stands(store: Store, ana: Person, mo: Person) -> None:
    assert store.plans.of_rep(ana.id) is None
    store.plans.make(ana.id, mo.id, PATH, template="six-months")
    newer = store.plans.make(ana.id, mo.id, PATH[:1])
    assert store.plans.of_rep(ana.id) == newer


@pytest.mark.parametrize("steps", [(), (PATH[0], PATH[0]), (Step("a", 0, 1),), (Step("a", 80, 0),)])
def test_a_plan_that_cannot_be_followed_is_refused(
    store: Store, ana: Person, mo: Person, steps: tuple[Step, ...]
) -> None:
    with pytest.raises(BadInputError):
        store.plans.make(ana.id, mo.id, steps)
    assert store.plans.of_rep(ana.id) is None


def test_both_can_agree_to_a_target(store: Store, ana: Person, mo: Person) -> None:
    store.plans.agree(ana.id, "price-objection", 80, mo.id)
    store.plans.agree(ana.id, "price-objection", 80, ana.id)
    store.plans.agree(ana.id, "qualify-budget", 70, ana.id)
    said = store.plans.agreements(ana.id, "price-objection")
    assert [(one.person_id, one.target) for one in said] == [(mo.id, 80), (ana.id, 80)]


def test_by_rep_the_plan_that_stands(store: Store, ana: Person, mo: Person) -> None:
    store.plans.make(ana.id, mo.id, [Step("price-objection", 80, 4)])
    newest = store.plans.make(ana.id, mo.id, [Step("qualify-budget", 80, 4)])
    assert store.plans.of_all() == {ana.id: newest}


def test_everybodys_agreements_at_once(store: Store, ana: Person, mo: Person) -> None:
    ben = store.add_person("Ben Okoro", "rep")
    first = store.plans.agree(ana.id, "price-objection", 80, ana.id)
    second = store.plans.agree(ana.id, "price-objection", 85, mo.id)
    other = store.plans.agree(ben.id, "qualify-budget", 80, mo.id)
    assert store.plans.agreements_of_all() == {
        (ana.id, "price-objection"): [first, second],
        (ben.id, "qualify-budget"): [other],
    }
