from trainer.store import Store
from trainer.store.coaching.drills import Place
from trainer.store.records import Person

PLACE = Place("price-objection", "price-20-percent", "A", "objection")


def test_a_drill_keeps_its_tries_in_order(store: Store, ana: Person) -> None:
    drill = store.drills.start(ana.id, PLACE, "root-cause")
    store.drills.add_try(drill.id, "It is worth it.", False)
    store.drills.add_try(drill.id, "What did they include?", True)
    store.drills.add_try(drill.id, "Mm.", None)
    (found,) = store.drills.of_rep(ana.id, "price-objection")
    assert [one.met for one in found.tries] == [False, True, None]
    assert (found.place, found.criterion) == (PLACE, "root-cause")
    assert store.drills.of_rep(ana.id, "another") == []


def test_what_was_shown_first_is_known(store: Store, ana: Person) -> None:
    store.drills.take_example(ana.id, PLACE, "heard")
    (taken,) = store.drills.examples_taken(ana.id)
    assert (taken.place, taken.how) == (PLACE, "heard")
