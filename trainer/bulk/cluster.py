"""Bulk work on a Dask cluster: `dask scheduler` on one machine, `dask worker` on as many as there are."""

import logging
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

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

        It does so as often as its `distributed.scheduler.allowed-failures` says (3), then it is given up.
        """
        from distributed import as_completed  # noqa: PLC0415 - an extra

        open_: dict[Future[Outcome], Task] = {}
        coming = as_completed()
        try:
            with self._trouble_told():
                self._fill(open_, coming, tasks)
                for future in coming:
                    task = open_.pop(future)
                    outcome = _outcome(future, task)
                    future.release()
                    yield outcome
                    self._fill(open_, coming, tasks)
        finally:
            if open_:
                self._let_go(list(open_))

    def _fill(self, open_: "dict[Future[Outcome], Task]", coming: Any, tasks: Iterator[Task]) -> None:
        threads: int = sum(self._client.nthreads().values())  # workers come and go
        while len(open_) < AHEAD * max(1, threads) and (task := next(tasks, None)):
            future = self._client.submit(self._work, task, pure=False)
            open_[future] = task
            coming.add(future)

    def _let_go(self, futures: "list[Future[Outcome]]") -> None:
        for future in futures:
            future.release()  # nobody wants them any more: the scheduler drops what has not begun

    @contextmanager
    def _trouble_told(self) -> Iterator[None]:
        from distributed.comm.core import CommClosedError  # noqa: PLC0415

        try:
            yield
        except (CommClosedError, OSError, TimeoutError) as error:
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


def _outcome(future: "Future[Outcome]", task: Task) -> Outcome:
    error = future.exception() if future.status == "error" else None
    if error is not None:
        return Failed(task.attempt_id, _why(error))
    if future.cancelled():
        raise OSError("the scheduler was started anew")
    outcome: Outcome = future.result()
    return outcome


def _why(error: BaseException) -> str:
    from distributed.scheduler import KilledWorker  # noqa: PLC0415

    from trainer.bulk.executor import died  # noqa: PLC0415

    if isinstance(error, KilledWorker):
        return died(error.allowed_failures + 1)
    return f"{type(error).__name__}: {_short(error)}"


def _short(error: BaseException) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:200]
