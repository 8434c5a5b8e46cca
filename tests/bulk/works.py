"""What workers do in tests: functions of a module, so that a process of its own finds them."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from scoring.scorecard import AttemptScore
from trainer.bulk.task import Done, Outcome, Task, Version

VERSION = Version("1", "c0de")


def task(name: str, folder: str = "") -> Task:
    """`name` says what becomes of it, `folder` is where it leaves its traces."""
    return Task(name, VERSION, folder, "", "", "", (), ())


def tasks(*names: str, folder: str = "") -> Iterator[Task]:
    return (task(name, folder) for name in names)


def scored(name: str, score: int | None = 75) -> Done:
    return Done(name, AttemptScore(score, (), {}, "", ()), {}, {})


def well(asked: Task) -> Outcome:
    """Done, by this process."""
    return scored(asked.attempt_id, os.getpid())


def dies_often(asked: Task) -> Outcome:
    """Everything is done but what is called "kills": its worker dies, and leaves a trace of it."""
    if asked.attempt_id == "kills":
        Path(asked.form, f"{time.monotonic_ns()}.died").touch()
        time.sleep(0.3)  # as natural deaths: in the middle of the work, not before its nanny knows of it
        os.kill(os.getpid(), signal.SIGKILL)
    return well(asked)


def dies_once(asked: Task) -> Outcome:
    """The worker of what is called "kills" dies the first time."""
    if asked.attempt_id == "kills" and not list(Path(asked.form).glob("*.died")):
        return dies_often(asked)
    return well(asked)


def is_long(asked: Task) -> Outcome:
    """What is called "long" takes an hour; the others wait until it has begun."""
    if asked.attempt_id == "long":
        Path(asked.form, str(os.getpid())).touch()
        time.sleep(3600)
    while not list(Path(asked.form).iterdir()):
        time.sleep(0.01)
    return well(asked)
