"""A real scheduler and real workers on this machine, each a process."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import scoring.score
from tests.bulk.test_anew import made
from tests.bulk.works import VERSION, dies_often, dies_once, is_long, tasks, well
from tests.cli.attempts import ASKS, opened, practised
from trainer.bulk.cluster import Cluster, connected
from trainer.bulk.task import BulkError, Done, Ears, Failed, Version
from trainer.bulk.work import about

dask = pytest.importorskip("dask", reason="the extra `cluster` is not installed")
distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL to die of"),
]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two workers of a thread each, on a port that is free; one that dies may take its time to come back."""
    with (
        dask.config.set(
            {"distributed.deploy.lost-worker-timeout": "1 hour", "distributed.scheduler.allowed-failures": 1}
        ),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=":0",
            local_directory=str(tmp_path_factory.mktemp("dask")),
            silence_logs=50,
        ) as running,
        distributed.Client(running, set_as_default=False) as client,
    ):
        client.wait_for_workers(2, timeout=60)
        yield running


@pytest.fixture
def client(cluster: Any) -> Iterator[Any]:
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as found:
        found.wait_for_workers(2, timeout=60)
        yield found


def test_a_cluster_finds_what_this_process_does(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(scoring.score, "scorer_hash", lambda: "0ld")
        ids = [practised([ASKS], misjudged="acknowledge").id for _ in range(3)]
    with opened() as store, connected(cluster.scheduler_address, about()) as there:
        found = made(store, ids, there)
        assert len(found) == 3
        first, *others = (store.rescores(of)[0] for of in ids)
        assert all(one.score == first.score for one in others)


def test_a_worker_that_dies_costs_its_task_only(client: Any, tmp_path: Path) -> None:
    there = Cluster(client, "here", dies_once)
    found = list(there.run(tasks("a", "kills", *"bcd", folder=str(tmp_path))))
    assert {one.attempt_id for one in found} == {"a", "kills", *"bcd"}
    assert all(isinstance(one, Done) for one in found)


def test_a_task_that_kills_every_worker_is_given_up_and_named(client: Any, tmp_path: Path) -> None:
    there = Cluster(client, "here", dies_often)
    found = {one.attempt_id: one for one in there.run(tasks("kills", *"ab", folder=str(tmp_path)))}
    assert found.pop("kills") == Failed("kills", "the worker that did it died, every time")
    assert len(list(tmp_path.glob("*.died"))) > 1
    assert all(isinstance(one, Done) for one in found.values())


def test_whoever_stops_lets_go_of_what_has_not_begun(client: Any, tmp_path: Path) -> None:
    there = Cluster(client, "here", is_long)
    with closing(there.run(tasks("long", *"abc", folder=str(tmp_path)))) as outcomes:
        assert next(outcomes).attempt_id in "abc"
    (worker,) = tmp_path.iterdir()
    os.kill(int(worker.name), signal.SIGKILL)
    assert [one.attempt_id for one in Cluster(client, "here", well).run(tasks("x"))] == ["x"]


def test_workers_of_another_version_are_refused_in_a_line(cluster: Any) -> None:
    newer = Version("99.0", about().scorer)
    with pytest.raises(BulkError) as refused, connected(cluster.scheduler_address, newer):
        pass
    assert f"rep-trainer {about().program} there, 99.0 here" in str(refused.value)
    other = Version(about().program, "5c0" * 20)
    with pytest.raises(BulkError, match="another scorer there"), connected(cluster.scheduler_address, other):
        pass


def test_workers_without_the_weights_are_refused_in_a_line(cluster: Any) -> None:
    ears = Ears("faster-whisper", "nowhere.en", "full")
    with (
        pytest.raises(BulkError, match=r"The worker at .*nowhere\.en are not on this machine"),
        connected(cluster.scheduler_address, about(), ears),
    ):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "http://127.0.0.1:9"])
def test_where_no_scheduler_answers_is_said_in_a_line(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.bulk.cluster.PATIENCE", 0.5)
    with pytest.raises(BulkError, match="no scheduler answers there"), connected(address, VERSION):
        pass


def test_a_cluster_that_has_lost_its_last_worker_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.bulk.cluster.PATIENCE", 0.5)
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, dashboard_address=":0", silence_logs=50
        ) as running,
        distributed.Client(running, set_as_default=False) as client,
    ):
        tmp_path.joinpath("begun").touch()
        outcomes = Cluster(client, "there", is_long).run(tasks("a", "long", folder=str(tmp_path)))
        with pytest.raises(BulkError, match="there has no workers left"), closing(outcomes):
            next(outcomes)
            running.scale(0)
            list(outcomes)


def test_a_scheduler_that_goes_away_is_said_in_a_line(tmp_path: Path) -> None:
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=":0", silence_logs=50
    ) as running:
        client = distributed.Client(running.scheduler_address, set_as_default=False, timeout=2)
        outcomes = Cluster(client, "there", is_long).run(tasks("a", "long", folder=str(tmp_path)))
        with pytest.raises(BulkError, match="The cluster at there is gone"), closing(outcomes):
            tmp_path.joinpath("begun").touch()
            next(outcomes)
            running.close()
            list(outcomes)
        client.close(timeout=1)
