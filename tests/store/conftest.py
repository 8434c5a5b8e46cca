from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.records import NOON
from trainer.store import Store
from trainer.store.records import Person


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "trainer.db", now=lambda: NOON) as opened:
        yield opened


@pytest.fixture
def ana(store: Store) -> Person:
    return store.add_person("Ana Ruiz", "rep")
