from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coaching.six_weeks import NOW, SixWeeks, lived
from trainer.coaching.brief import Brief, brief
from trainer.pages.html import html


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SixWeeks]:
    folder = tmp_path_factory.mktemp("weeks")
    world = lived(folder / "trainer.db", folder / "takes")
    yield world
    world.store.close()


@pytest.fixture(scope="session")
def ana(world: SixWeeks) -> Brief:
    return brief(world.store, world.ana, NOW)


@pytest.fixture(scope="session")
def page(ana: Brief, world: SixWeeks) -> str:
    return html(ana, world.takes)


@pytest.fixture(scope="session")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    """A rep who has not begun."""
    from tests.coaching.six_weeks import begun

    folder: Path = tmp_path_factory.mktemp("nobody")
    world = begun(folder / "trainer.db", folder / "takes")
    with world.store:
        return brief(world.store, world.ana, NOW)
