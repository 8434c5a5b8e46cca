"""Where bulk work is done: here, in processes of this machine, on a cluster."""

from collections.abc import Generator, Iterator
from typing import Protocol

from trainer.bulk.task import Failed, Outcome, Task

TRIES = 3
"""How often a task is given to a worker before it is given up: the third death is hardly chance."""


class Executor(Protocol):
    """Takes a task when there is room for one, gives outcomes as they come, in any order."""

    def run(self, tasks: Iterator[Task]) -> Generator[Outcome, None, None]:
        """One outcome a task. Closing it, or an exception in it, ends whatever still goes on."""
        ...


class Here:
    """This very process, for work that is done before a worker has started."""

    def run(self, tasks: Iterator[Task]) -> Generator[Outcome, None, None]:
        """One after another."""
        from trainer.bulk.work import work  # noqa: PLC0415 - the scorer is slow to load

        yield from map(work, tasks)


def died(task: Task) -> Failed:
    """A task whose worker died every time."""
    return Failed(task.attempt_id, "the worker that did it died, every time")
