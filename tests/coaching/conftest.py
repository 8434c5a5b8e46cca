"""A store at noon, a rep and a manager; a test that needs another clock has its own store."""

import pytest

from tests.store.conftest import ana, store
from trainer.store import Store
from trainer.store.records import Person

__all__ = ["ana", "mara", "store"]


@pytest.fixture
def mara(store: Store) -> Person:
    return store.add_person("Mara Voss", "manager")
