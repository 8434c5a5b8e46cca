from datetime import date

from trainer.store import Store
from trainer.store.coaching.figures import Figure
from trainer.store.records import Person


def test_an_imported_value_takes_the_older_ones_place(store: Store, ana: Person) -> None:
    monday, tuesday = date(2025, 11, 10), date(2025, 11, 11)
    store.figures.add([Figure(ana.id, "win rate", tuesday, 0.2), Figure(ana.id, "win rate", monday, 0.1)])
    store.figures.add([Figure(ana.id, "win rate", tuesday, 0.3)])
    assert [(one.day, one.value) for one in store.figures.of_rep(ana.id)] == [(monday, 0.1), (tuesday, 0.3)]
