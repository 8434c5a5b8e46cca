import pytest

from trainer.errors import BadInputError
from trainer.store import Store


def test_a_name_is_found_whatever_its_case_and_blanks(store: Store) -> None:
    added = store.add_person("  Zoë   Straße ", "rep")
    assert added.name == "Zoë Straße"
    assert store.person("ZOË STRASSE") == added
    assert store.person("Zoe") is None


def test_people_come_by_name_and_by_role(store: Store) -> None:
    for name, role in (("mia", "manager"), ("Ben", "rep"), ("ana", "rep")):
        store.add_person(name, role)  # type: ignore[arg-type]
    assert [one.name for one in store.people()] == ["ana", "Ben", "mia"]
    assert [one.name for one in store.people("rep")] == ["ana", "Ben"]


@pytest.mark.parametrize(("name", "why"), [("ANA", "has that name"), ("  ", "needs a name")])
def test_a_name_is_given_once_and_not_empty(store: Store, name: str, why: str) -> None:
    store.add_person("Ana", "rep")
    with pytest.raises(BadInputError, match=why):
        store.add_person(name, "manager")
    assert len(store.people()) == 1


def test_a_name_that_is_no_text_is_refused_in_words(store: Store) -> None:
    with pytest.raises(BadInputError, match="can't be kept"):
        store.add_person("\udcff", "rep")
