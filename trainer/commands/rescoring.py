"""`trainer rescore`: old attempts under the rubric and the scorer that are here now."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scoring.rubric import Rubric
    from trainer.practice.rescoring import Comparison
    from trainer.store import Store

SIGNS = {True: "met", False: "not met", None: "–"}


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(rescore)


def rescore(
    rubric: Annotated[
        str | None,
        typer.Option(metavar="R", help="Only attempts judged by this rubric; a file stands in for its own."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it and keep nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Score old attempts anew, beside the score they got, which stays."""
    from trainer.commands import options
    from trainer.commands.output import counted, emit, note, say

    wanted = _rubric(rubric)
    with options.store() as store:
        found = list(_compared(store, wanted, dry_run=dry_run))
    changed = [(one, added) for one, added in found if one.anew]
    if as_json:
        from scoring.hashes import scorer_hash

        emit(
            {
                "scorer": scorer_hash(),
                "dry_run": dry_run,
                "attempts": [_document(one, added=added) for one, added in changed],
                "up_to_date": len(found) - len(changed),
            }
        )
        return
    for one, _ in changed:
        for line in _lines(one):
            say(line)
    kept = sum(added for _, added in changed)
    say(f"{len(changed)} scored anew, {len(found) - len(changed)} made with this very scorer and rubric.")
    note(
        "Nothing was kept (--dry-run)."
        if dry_run
        else f"{counted(kept, 'new record')} kept; no result was changed."
    )


def _rubric(named: str | None) -> "Rubric | None":
    from scoring.errors import RubricError
    from scoring.rubrics_library import load_rubric
    from trainer.errors import BadInputError

    if named is None:
        return None
    try:
        return load_rubric(named)
    except RubricError as error:
        raise BadInputError(f"--rubric {named}: {error}") from error


def _compared(
    store: "Store", rubric: "Rubric | None", *, dry_run: bool
) -> "Iterator[tuple[Comparison, bool]]":
    """Each attempt beside its new score, and whether that was kept just now."""
    from datetime import UTC, datetime

    from trainer.commands import options, seen
    from trainer.commands.output import Progress, note
    from trainer.practice.rescoring import compare
    from trainer.practice.session import PracticeError

    me = options.config()
    opened = seen.opener(store, me)
    asked = [
        one
        for one in seen.attempts(store, me)
        if one.finished_at and _judged_by(one.attempt.scenario, rubric)
    ]
    progress = Progress("scoring")
    for number, one in enumerate(asked, 1):
        detail = opened(one.attempt.id)
        try:
            found = compare(store, detail, datetime.now(UTC), [rubric] if rubric else [])
        except PracticeError as error:
            note(f"{one.attempt.id}: left out, {error}")
            continue
        finally:
            progress(number / len(asked))
        yield found, bool(found.anew and not dry_run and store.add_rescore(found.anew))


def _judged_by(scenario: str, rubric: "Rubric | None") -> bool:
    from scenarios.loader import ScenarioError, load
    from scoring.errors import RubricError
    from scoring.rubrics_library import load_rubric

    if rubric is None:
        return True
    try:
        return load_rubric(load(scenario).rubric).id == rubric.id
    except (ScenarioError, RubricError):
        return False


def _document(one: "Comparison", *, added: bool) -> dict[str, Any]:
    from dataclasses import asdict

    attempt = one.detail.attempt
    assert one.anew is not None  # noqa: S101 -- only those scored anew are printed
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
        "added": added,
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
