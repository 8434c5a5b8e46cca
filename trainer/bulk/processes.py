"""Bulk work in processes of this machine. A pool of the standard library ends whole when one of them dies."""

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from trainer.bulk.executor import TRIES, died
from trainer.bulk.task import Outcome, Task

Work = Callable[[Task], Outcome]


@dataclass(frozen=True, slots=True, eq=False)
class _Seat:
    """A worker and the wire to it; a death shows as the wire's end."""

    process: BaseProcess
    wire: "Connection[Task, Outcome]"

    @classmethod
    def taken(cls, work: Work | None) -> "_Seat":
        context = get_context("spawn")  # a fork would copy threads and models in the middle of their work
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, work), name="bulk work", daemon=True)
        process.start()
        there.close()
        return cls(process, here)

    def leave(self) -> None:
        """Killed: it keeps nothing, and it may be in the middle of an hour of speech."""
        self.process.kill()
        self.process.join()
        self.wire.close()


@dataclass(frozen=True, slots=True)
class _Turn:
    """A task and how often a worker has had it."""

    task: Task
    tries: int = 1


class Processes:
    """So many workers; what is to be done there can be replaced (by a function of a module)."""

    def __init__(self, workers: int, *, tries: int = TRIES, work: Work | None = None) -> None:
        self._workers, self._tries, self._work = workers, tries, work

    def run(self, tasks: Iterator[Task]) -> Generator[Outcome, None, None]:
        """See `Executor`. A worker that dies is replaced and its task, and no other, is tried again."""
        again: deque[_Turn] = deque()
        free: list[_Seat] = []
        busy: dict[_Seat, _Turn] = {}
        try:
            while True:
                while len(busy) < self._workers and (turn := _next(again, tasks)):
                    seat = free.pop() if free else _Seat.taken(self._work)
                    busy[seat] = turn
                    with suppress(OSError):  # it died before: its wire says so below
                        seat.wire.send(turn.task)
                if not busy:
                    return
                for seat in _ready(list(busy)):
                    turn = busy[seat]
                    try:
                        outcome = seat.wire.recv()
                    except (EOFError, OSError):
                        del busy[seat]
                        seat.leave()
                        if turn.tries < self._tries:
                            again.append(_Turn(turn.task, turn.tries + 1))
                        else:
                            yield died(turn.task)
                    else:
                        free.append(seat)
                        del busy[seat]
                        yield outcome
        finally:
            for seat in [*free, *busy]:
                seat.leave()


def _next(again: deque[_Turn], tasks: Iterator[Task]) -> _Turn | None:
    """What is new comes first: a task that kills its workers then holds up nothing but itself."""
    task = next(tasks, None)
    if task is not None:
        return _Turn(task)
    return again.popleft() if again else None


def _ready(seats: list[_Seat]) -> list[_Seat]:
    """Those that have answered or died; waits for the first."""
    found = wait([seat.wire for seat in seats])
    return [seat for seat in seats if seat.wire in found]


def _serve(wire: "Connection[Outcome, Task]", work: Work | None) -> None:
    """A worker's life: until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the one who gives work out
    doing = work or _work()
    with suppress(EOFError, OSError):
        while True:
            wire.send(doing(wire.recv()))


def _work() -> Work:
    from trainer.bulk.work import work  # noqa: PLC0415 - loaded by the worker, not where it is asked from

    return work
