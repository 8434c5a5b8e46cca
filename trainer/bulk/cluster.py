"""Bulk work on a Dask cluster: `dask scheduler` on one machine, `dask worker` on as many as there are."""

import logging
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from trainer.bulk.executor import died
from trainer.bulk.task import BulkError, Ears, Failed, Outcome, Task, Version

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 20.0
"""Seconds for the scheduler to answer and for a first worker to be there."""
AHEAD = 2
"""Tasks sent ahead for each thread of the cluster: enough to keep it busy, few enough to keep in memory."""
LARGE = "1GB"
"""What Dask need not warn of: recordings travel with their task."""


class Cluster:
    """A cluster whose workers are as this machine is. Made by `connected`."""

    def __init__(self, client: "Client", address: str, work: Callable[[Task], Outcome]) -> None:
        self._client, self._address, self._work = client, address, work

    def run(self, tasks: Iterator[Task]) -> Generator[Outcome, None, None]:
        """See `Executor`. The scheduler gives a task whose worker died to another.

        It does so as often as its `distributed.scheduler.allowed-failures` says (3), and holds the death
        against whatever lay with that worker. So those tasks are tried again at the end, each alone.
        """
        suspects: list[Task] = []
        with self._trouble_told():
            for task, outcome in self._each(tasks, None):
                if outcome is None:
                    suspects.append(task)
                else:
                    yield outcome
            for task in suspects:
                for _, outcome in self._each(iter([task]), 1):
                    yield outcome or died(task)

    def _each(
        self, tasks: Iterator[Task], most: int | None
    ) -> Generator[tuple[Task, Outcome | None], None, None]:
        """No more than so many at once; None is what came of a task whose workers died."""
        open_: dict[Future[Outcome], Task] = {}
        try:
            while self._fill(open_, tasks, most):
                for future in self._ended(list(open_)):
                    task = open_.pop(future)
                    outcome = _outcome(future, task)
                    future.release()
                    yield task, outcome
        finally:
            for future in open_:
                future.release()  # nobody wants it any more: the scheduler drops what has not begun

    def _fill(self, open_: "dict[Future[Outcome], Task]", tasks: Iterator[Task], most: int | None) -> bool:
        """Gives out what there is room for; whether anything is out."""
        room = most or AHEAD * max(1, self._threads())
        while len(open_) < room and (task := next(tasks, None)):
            open_[self._client.submit(self._work, task, pure=False)] = task
        return bool(open_)

    def _ended(self, futures: "list[Future[Outcome]]") -> "list[Future[Outcome]]":
        """Those that have, once one has; BulkError where that can't be hoped for."""
        from distributed import wait  # noqa: PLC0415 - an extra

        while True:
            try:
                with self._client.as_current():
                    return list(wait(futures, timeout=PATIENCE, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                if not self._threads():
                    raise BulkError(
                        f"The cluster at {self._address} has no workers left. What is done is kept: "
                        "the same command goes on from there."
                    ) from None

    def _threads(self) -> int:
        """Of all workers together: they come and go."""
        return sum(self._client.nthreads().values())

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        from asyncio import CancelledError  # noqa: PLC0415

        from distributed.comm.core import CommClosedError  # noqa: PLC0415

        try:
            yield
        except (CommClosedError, CancelledError, OSError, TimeoutError) as error:
            raise BulkError(
                f"The cluster at {self._address} is gone ({_short(error)}). What is done is kept: "
                "the same command goes on from there."
            ) from error


@contextmanager
def connected(address: str, version: Version, ears: Ears | None = None) -> Iterator[Cluster]:
    """A cluster; BulkError, one line, if it isn't there or a worker isn't as this machine is."""
    import dask  # noqa: PLC0415
    from distributed import Client  # noqa: PLC0415

    from trainer.bulk.work import work  # noqa: PLC0415

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it is told here, in one line
    quiet = {"distributed.admin.large-graph-warning-threshold": LARGE}
    with dask.config.set(quiet):
        try:
            client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise BulkError(
                f"--dask {address}: no scheduler answers there ({_short(error)}). "
                "Start one with `dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`."
            ) from error
        try:
            _check(client, address, version, ears)
            yield Cluster(client, address, work)
        finally:
            client.close()


def _check(client: "Client", address: str, version: Version, ears: Ears | None) -> None:
    """Every worker has the same program and scorer, and the weights to hear with."""
    from trainer.bulk.work import about, differing, trouble_with  # noqa: PLC0415

    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise BulkError(
            f"--dask {address}: the scheduler has no workers. Start some with `dask worker {address}`."
        ) from error
    for worker, there in _asked(client, about).items():
        if there != version:
            raise BulkError(f"The worker at {worker}: {differing(there, version)}.")
    if ears is not None:
        for worker, trouble in _asked(client, trouble_with, ears).items():
            if trouble:
                raise BulkError(f"The worker at {worker}: {trouble}")


def _asked(client: "Client", question: Callable[..., Any], *given: object) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = client.run(question, *given)
    except Exception as error:  # it is raised here as it was there, whatever it was
        raise BulkError(
            f"A worker can't do this work ({type(error).__name__}: {_short(error)}). "
            "Install the same rep-trainer where the workers run."
        ) from error
    return found


def _outcome(future: "Future[Outcome]", task: Task) -> Outcome | None:
    from distributed.scheduler import KilledWorker  # noqa: PLC0415

    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        return None
    if error is not None:
        return Failed(task.attempt_id, f"{type(error).__name__}: {_short(error)}")
    if future.cancelled():
        raise OSError("the scheduler was started anew")
    outcome: Outcome = future.result()
    return outcome


def _short(error: BaseException) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:200]
