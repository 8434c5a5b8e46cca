"""Broken scenario files, packs and playbooks: each ends in one clear line, or in a result.

    python -m benchmarks.fuzz                     # 100,000 of them
    python -m benchmarks.fuzz --cases 2000 --kind scenario
    python -m benchmarks.fuzz --kind playbook --only 4711     # one case again, with its traceback

Case number N of a kind is always the same. It is made from a good file by a few changes: bytes and lines
changed, lost, doubled and moved, tokens that are hard on YAML, Markdown, CSV and zips put in, files renamed.
What is done with it is what the program does: a scenario is loaded and checked by the linter with its
examples scored, a pack is read, unpacked and inspected, a playbook is made into drafts that are written.

A worker process does one batch after the other. A case's time is that of the processor, which other
programs do not lengthen; the clock's is printed beside it. Its memory is the highest resident size of the
whole process meanwhile (Linux; elsewhere the highest so far), with the scorer and Python itself in it. A case
that takes longer than a second or more than 200 MB, that ends otherwise than with an error of ours, or whose
error has several lines or does not name the file, is a failure, and is printed with its number.
"""

import argparse
import multiprocessing
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.fuzz_doing import Doing
from benchmarks.fuzzed import KINDS, Case, case
from scenarios.errors import ScenarioError
from scoring.errors import RubricError
from trainer.errors import TrainerError

SECONDS, MEGABYTES = 1.0, 200
GIVEN_UP = 20
"""Seconds after which a case counts as never ending."""

BATCH = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case ended: "valid", "refused", or what is wrong with how it ended."""

    number: int
    ended: str
    seconds: float
    clock: float
    megabytes: float


class NeverEndsError(Exception):
    """A case took too long."""


def outcomes(kind: str, numbers: range) -> Iterator[Outcome]:
    """The cases of these numbers, one after the other, in this process."""
    doing = _warm()
    with TemporaryDirectory(prefix="fuzz-") as made:
        for number in numbers:
            folder = Path(made) / str(number)
            folder.mkdir()
            one = case(kind, number, folder)
            _forget_peak()
            begun, began = time.process_time(), time.perf_counter()
            ended = ending(doing, one)
            seconds, clock = time.process_time() - begun, time.perf_counter() - began
            megabytes = _peak()
            yield Outcome(number, _judged(ended, seconds, megabytes), seconds, clock, megabytes)
            shutil.rmtree(folder, ignore_errors=True)


@cache
def _warm() -> Doing:
    """Once a process: no case is charged with what is loaded once."""
    doing = Doing()
    with TemporaryDirectory(prefix="fuzz-") as made:
        for kind in KINDS:
            at = Path(made) / kind
            at.mkdir()
            doing(case(kind, -1, at))
    return doing


def ending(doing: Callable[[Case], bool], one: Case) -> str:
    """ "valid", "refused", or what is wrong with how it ended."""
    try:
        return "valid" if doing(one) else "refused"
    except (ScenarioError, RubricError, TrainerError) as error:
        said = str(error)
        if len(said.splitlines()) != 1:
            return f"an error of {len(said.splitlines())} lines: {said!r}"
        return "refused" if one.path.name in said else f"an error without the file: {said!r}"
    except Exception as error:  # noqa: BLE001 -- what this looks for
        return f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"


def _judged(ended: str, seconds: float, megabytes: float) -> str:
    if ended not in ("valid", "refused"):
        return ended
    if seconds > SECONDS:
        return f"{ended} after {seconds:.1f} s"
    return f"{ended} with {megabytes:.0f} MB" if megabytes > MEGABYTES else ended


def _forget_peak() -> None:
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1000
    import resource  # noqa: PLC0415 -- not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _batch(asked: tuple[str, range]) -> list[Outcome]:
    def stop(*_: object) -> None:
        raise NeverEndsError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, GIVEN_UP * len(asked[1]))
    return list(outcomes(*asked))


def _row(kind: str, found: list[Outcome]) -> str:
    bad = sum(one.ended not in ("valid", "refused") for one in found)
    valid, refused = (sum(one.ended == what for one in found) for what in ("valid", "refused"))
    slowest = max(found, key=lambda one: one.seconds)
    clock = max(one.clock for one in found)
    heaviest = max(one.megabytes for one in found)
    half = sorted(one.seconds for one in found)[len(found) // 2]
    return (
        f"| {kind} | {len(found):,} | {valid:,} | {refused:,} | {bad} | {half * 1000:.0f} ms "
        f"| {slowest.seconds * 1000:.0f} ms (case {slowest.number}) | {clock * 1000:.0f} ms "
        f"| {heaviest:.0f} MB |"
    )


SHARES = {"scenario": 0.4, "pack zip": 0.3, "pack folder": 0.15, "playbook": 0.15}
"""How many of the cases are of which kind."""


def run(cases: int, kinds: list[str], workers: int, first: int) -> int:
    """Prints the table; 1 if there are failures."""
    whole = sum(SHARES[kind] for kind in kinds)
    context = multiprocessing.get_context("spawn")
    print("| kind | cases | valid | refused | failed | half in | slowest | by the clock | most memory |")
    print("|---|---|---|---|---|---|---|---|---|")
    failed: list[str] = []
    for kind in kinds:
        found: list[Outcome] = []
        numbers = range(first, first + round(cases * SHARES[kind] / whole))
        batches = [(kind, numbers[at : at + BATCH]) for at in range(0, len(numbers), BATCH)]
        with context.Pool(workers, maxtasksperchild=8) as pool:
            for outcome in pool.imap(_batch, batches):
                found += outcome
        print(_row(kind, found), flush=True)
        bad = [one for one in found if one.ended not in ("valid", "refused")]
        failed += [f"{kind} {one.number}: {one.ended}" for one in bad]
    for one in failed:
        print(one)
    return 1 if failed else 0


def again(kind: str, number: int) -> int:
    """One case, with what it is made of and how it ends."""
    folder = Path("fuzz-case")
    folder.mkdir(exist_ok=True)
    one = case(kind, number, folder)
    print(f"made in {one.path}")
    begun = time.perf_counter()
    try:
        print("valid" if Doing()(one) else "refused")
    except Exception:  # noqa: BLE001 -- shown whole
        traceback.print_exc()
    print(f"{time.perf_counter() - begun:.2f} s, {_peak():.0f} MB")
    return 0


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--kind", choices=KINDS, action="append")
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--only", type=int, help="one case again")
    given = asked.parse_args()
    if given.only is not None:
        return again((given.kind or ["scenario"])[0], given.only)
    return run(given.cases, given.kind or list(KINDS), given.workers, given.first)


if __name__ == "__main__":
    sys.exit(main())
