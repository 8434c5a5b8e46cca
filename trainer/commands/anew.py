"""What `trainer rescore` and `trainer retranscribe` share: which attempts, where it is done, what is said."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from trainer.bulk.anew import Compared, Finding, LeftOut
    from trainer.bulk.asking import Wish
    from trainer.bulk.executor import Executor
    from trainer.bulk.task import Ears, Failed
    from trainer.practice.rescoring import Comparison
    from trainer.store import Store
    from trainer.store.records import AttemptSummary

Rep = Annotated[str | None, typer.Option("--rep", metavar="NAME", help="Only this rep's attempts.")]
Since = Annotated[
    datetime | None,
    typer.Option("--since", formats=["%Y-%m-%d"], metavar="DAY", help="Only attempts of that day or later."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, metavar="N", help="Processes on this machine; otherwise its cores."),
]
DaskAt = Annotated[
    str | None,
    typer.Option("--dask", metavar="ADDRESS", help="A Dask cluster instead, such as tcp://host:8786."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it and keep nothing.")]

SIGNS = {True: "met", False: "not met", None: "–"}
FEW = 200
"""Attempts that one process has scored (40 ms each) before two have started (2 s each) and caught up."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is to be done, as it was asked for."""

    workers: int | None = None
    dask: str | None = None


@dataclass
class Told:
    """How a run went, without the attempts' words."""

    compared: list[tuple[str, dict[str, Any], list[str]]] = field(default_factory=list)
    up_to_date: int = 0
    kept: int = 0
    left_out: "list[LeftOut]" = field(default_factory=list)
    failed: "list[Failed]" = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """For --json: newest first, as `trainer attempts`."""
        attempts = sorted(self.compared, key=lambda one: one[0], reverse=True)
        return {
            "attempts": [document for _, document, _ in attempts],
            "up_to_date": self.up_to_date,
            "left_out": [{"attempt": one.attempt_id, "why": one.why} for one in self.left_out],
            "failed": [{"attempt": one.attempt_id, "why": one.why} for one in self.failed],
        }

    def lines(self) -> "Iterator[str]":
        """For people."""
        for _, _, lines in sorted(self.compared, key=lambda one: one[0], reverse=True):
            yield from lines


def asked(store: "Store", rep: str | None, since: datetime | None, place: Place) -> "list[AttemptSummary]":
    """The finished attempts that are meant, of those one may see; BadInputError for a rep who isn't there."""
    from trainer.commands import options, seen
    from trainer.commands.output import counted, note
    from trainer.errors import BadInputError

    found = [one for one in seen.attempts(store, options.config()) if one.finished_at]
    if rep is not None:
        person = store.person(rep)
        if person is None or person.role != "rep":
            raise BadInputError(f"--rep {rep}: no rep of that name practises here.")
        found = [one for one in found if one.attempt.rep_id == person.id]
    if since is not None:
        found = [one for one in found if one.attempt.started_at.astimezone().date() >= since.date()]
    if place.dask is not None:
        private = [one for one in found if one.attempt.kind == "warm-up"]
        if private:
            note(f"{counted(len(private), 'warm-up')} left out: they stay on this machine; leave out --dask.")
        found = [one for one in found if one.attempt.kind != "warm-up"]
    return found


@contextmanager
def executor(place: Place, attempts: int, ears: "Ears | None" = None) -> "Iterator[Executor]":
    """Where so many attempts are made anew; BulkError where the cluster can't do it."""
    from trainer.bulk.executor import Here
    from trainer.bulk.processes import Processes

    if place.dask is not None:
        with _cluster(place.dask, ears) as cluster:
            yield cluster
    elif place.workers is None and ears is None and attempts <= FEW:
        yield Here()
    else:
        yield Processes(max(1, min(place.workers or _workers(ears), attempts)))


@contextmanager
def _cluster(address: str, ears: "Ears | None") -> "Iterator[Executor]":
    import sys
    from importlib.util import find_spec

    from trainer.errors import BadInputError

    if find_spec("distributed") is None:
        raise BadInputError(
            f"--dask needs Dask: `{sys.executable} -m pip install 'distributed>=2025.1'` brings it."
        )
    from trainer.bulk.cluster import connected
    from trainer.bulk.work import about

    with connected(address, about(), ears) as cluster:
        yield cluster


def _workers(ears: "Ears | None") -> int:
    """As many as there are cores for: a model of Whisper takes several by itself."""
    import os

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if ears is None or ears.engine == "pocketsphinx":
        return cores
    from models.whisper import threads

    return max(1, cores // threads())


def run(
    store: "Store",
    wish: "Wish",
    attempts: "Sequence[AttemptSummary]",
    where: "Executor",
    *,
    label: str,
    keep: bool,
    more: "Callable[[Comparison], dict[str, Any]] | None" = None,
) -> Told:
    """Makes them anew, with progress; what `more` says of one is added to its document."""
    from datetime import UTC

    from trainer.bulk.anew import Anew
    from trainer.commands import options, seen
    from trainer.commands.output import Progress, counted, note

    me, told, progress = options.config(), Told(), Progress(label)
    work = Anew(store, wish, seen.opener(store, me), lambda: datetime.now(UTC), keep=keep)
    ids = [one.attempt.id for one in attempts]
    try:
        for number, found in enumerate(work.run(ids, where), 1):
            _take(told, found, more)
            progress(number / len(ids))
    except BaseException:
        progress(1.0)
        if told.kept:
            note(f"{counted(told.kept, 'new record')} kept; the same command goes on from there.")
        raise
    for left in told.left_out:
        note(f"{left.attempt_id}: left out, {left.why}")
    for failed in told.failed:
        note(f"{failed.attempt_id}: failed, {failed.why}")
    return told


def _take(told: Told, found: "Finding", more: "Callable[[Comparison], dict[str, Any]] | None") -> None:
    from trainer.bulk.anew import Compared, LeftOut

    if isinstance(found, LeftOut):
        told.left_out.append(found)
    elif not isinstance(found, Compared):
        told.failed.append(found)
    elif found.comparison.anew is None:
        told.up_to_date += 1
    else:
        told.kept += found.added
        one = found.comparison
        document = {**_document(found), **(more(one) if more else {})}
        order = f"{one.detail.attempt.started_at.isoformat()} {one.detail.attempt.id}"
        told.compared.append((order, document, list(_lines(one))))


def _document(found: "Compared") -> dict[str, Any]:
    from dataclasses import asdict

    one = found.comparison
    attempt = one.detail.attempt
    assert one.anew is not None  # noqa: S101 -- only those made anew are printed
    return {
        "attempt": attempt.id,
        "rep": one.detail.rep.name,
        "scenario": attempt.scenario,
        "form": attempt.form,
        "kind": attempt.kind,
        "started_at": attempt.started_at.isoformat(),
        "old": one.old,
        "new": one.new,
        "changes": [asdict(change) for change in one.changes],
        "scenario_changed": one.scenario_changed,
        "hashes": {
            "scenario": one.anew.scenario_hash,
            "rubric": one.anew.rubric_hash,
            "scorer": one.anew.scorer_hash,
        },
        "added": found.added,
    }


def _lines(one: "Comparison") -> "Iterator[str]":
    attempt = one.detail.attempt
    scores = " → ".join("–" if score is None else str(score) for score in (one.old, one.new))
    remark = "   (the scenario has changed since)" if one.scenario_changed else ""
    day = f"{attempt.started_at.astimezone():%Y-%m-%d %H:%M}"
    yield f"{day}  {one.detail.rep.name}  {attempt.scenario}, form {attempt.form}  {scores}{remark}"
    for change in one.changes:
        where = "whole attempt" if change.position is None else f"{change.position + 1}. {change.turn}"
        place = f"{where}, {change.criterion}"
        yield f"    {place}: {SIGNS[change.old]} → {SIGNS[change.new]}"


def close(told: Told, head: dict[str, Any], summary: str, *, dry_run: bool, as_json: bool) -> None:
    """Says how it went; exit 1 if an attempt failed."""
    from trainer.commands.output import counted, emit, note, say

    if as_json:
        emit({**head, "dry_run": dry_run, **told.document()})
    else:
        for line in told.lines():
            say(line)
        say(summary)
        note(
            "Nothing was kept (--dry-run)."
            if dry_run
            else f"{counted(told.kept, 'new record')} kept; no result was changed."
        )
        if told.failed:
            note(f"{counted(len(told.failed), 'attempt')} failed; the same command tries them again.")
    if told.failed:
        raise typer.Exit(1)
