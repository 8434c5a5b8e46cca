import pytest

from tests.store.conftest import ana, store
from trainer.store import Store
from trainer.store.records import Person

__all__ = ["ana", "store"]


@pytest.fixture
def mo(store: Store) -> Person:
    return store.add_person("Mo Adler", "manager")
