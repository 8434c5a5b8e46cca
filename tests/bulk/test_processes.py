import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.bulk.works import dies_often, dies_once, is_long, tasks, well
from trainer.bulk.processes import Processes
from trainer.bulk.task import Done, Failed, Outcome, Task

KILLS = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL to die of")


def by_name(outcomes: list[Outcome]) -> dict[str, Outcome]:
    assert len({one.attempt_id for one in outcomes}) == len(outcomes)
    return {one.attempt_id: one for one in outcomes}


def test_every_task_is_done_once_by_no_more_than_so_many_workers() -> None:
    names = [str(number) for number in range(20)]
    found = by_name(list(Processes(2, work=well).run(tasks(*names))))
    assert set(found) == set(names)
    workers = {one.score.score for one in found.values() if isinstance(one, Done)}
    assert len(workers) in (1, 2)
    assert os.getpid() not in workers


def test_tasks_are_made_as_there_is_room_for_them() -> None:
    made: list[Task] = []

    def given() -> Iterator[Task]:
        for one in tasks(*"abcdefgh"):
            made.append(one)
            yield one

    with closing(Processes(2, work=well).run(given())) as outcomes:
        next(outcomes)
        assert len(made) <= 3


@KILLS
def test_a_worker_that_dies_costs_its_task_only_and_that_is_tried_again(tmp_path: Path) -> None:
    found = by_name(list(Processes(2, work=dies_once).run(tasks("a", "kills", *"bcd", folder=str(tmp_path)))))
    assert all(isinstance(one, Done) for one in found.values())
    assert set(found) == {"a", "kills", *"bcd"}
    assert len(list(tmp_path.glob("*.died"))) == 1


@KILLS
def test_a_task_that_kills_every_worker_is_given_up_and_named(tmp_path: Path) -> None:
    work = Processes(2, tries=3, work=dies_often)
    found = by_name(list(work.run(tasks("kills", *"abcd", folder=str(tmp_path)))))
    assert found.pop("kills") == Failed("kills", "the worker that did it died, every time")
    assert all(isinstance(one, Done) for one in found.values())
    assert len(list(tmp_path.glob("*.died"))) == 3


@KILLS
def test_whoever_stops_waits_for_no_worker(tmp_path: Path) -> None:
    with closing(Processes(2, work=is_long).run(tasks("long", *"abc", folder=str(tmp_path)))) as outcomes:
        assert {next(outcomes).attempt_id for _ in range(3)} == set("abc")
    (worker,) = tmp_path.iterdir()
    with pytest.raises(ProcessLookupError):
        os.kill(int(worker.name), 0)
