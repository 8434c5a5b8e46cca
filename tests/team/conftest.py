"""A team on a real server: skipped, with the reason, where there is no PostgreSQL."""

import itertools
from collections.abc import Iterator

import pytest

from tests.team.cluster import Cluster, NoPostgresError, Programs, running
from tests.team.served import Served
from trainer.team import admin

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One cluster for all tests of a worker."""
    yield from started_here()


def started_here() -> Iterator[Cluster]:
    """A cluster of whoever asks; skipped, with the reason, where there is no PostgreSQL."""
    try:
        Programs.found()
    except NoPostgresError as error:
        pytest.skip(str(error))
    with running() as started:
        yield started


@pytest.fixture
def served(cluster: Cluster) -> Served:
    """A manager with two reps and another with one, in a database of their own."""
    return made(cluster)


def made(cluster: Cluster) -> Served:
    """Such a team."""
    url = cluster.new_database(f"team_{next(_numbers)}")
    with admin.connect(url) as boss:
        boss.init()
        invitations = [
            boss.add("Mara Holt", "manager"),
            boss.add("Ana Ruiz", "rep", "Mara Holt"),
            boss.add("Ben Okoro", "rep", "Mara Holt"),
            boss.add("Jon Vale", "manager"),
            boss.add("Eve Lind", "rep", "Jon Vale"),
        ]
    team = Served(cluster, url, {one.person.name.split()[0].lower(): one for one in invitations})
    for name in team.people:
        with team.connect(name) as joining:
            joining.hello()
    return team
