"""`trainer rescore`: old attempts under the rubric and the scorer that are here now."""

from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.anew import DaskAt, DryRun, Rep, Since, Workers
from trainer.commands.options import Json

if TYPE_CHECKING:
    from scoring.rubric import Rubric


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(rescore)


def rescore(
    rubric: Annotated[
        str | None,
        typer.Option(metavar="R", help="Only attempts judged by this rubric; a file stands in for its own."),
    ] = None,
    rep: Rep = None,
    since: Since = None,
    workers: Workers = None,
    dask: DaskAt = None,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Score old attempts anew, beside the score they got, which stays.

    What was done before is not done again: a run that was stopped goes on where it was.
    """
    from trainer.bulk.asking import Wish
    from trainer.bulk.work import about
    from trainer.commands import anew, options

    wanted, place = _rubric(rubric), anew.Place(workers, dask)
    wish = Wish(about(), (wanted,) if wanted else ())
    with options.store() as store:
        attempts = [
            one for one in anew.asked(store, rep, since, place) if _judged_by(one.attempt.scenario, wanted)
        ]
        with anew.executor(place, len(attempts)) as where:
            told = anew.run(store, wish, attempts, where, label="scoring", keep=not dry_run)
    summary = f"{len(told.compared)} scored anew, {told.up_to_date} made with this very scorer and rubric."
    anew.close(told, {"scorer": wish.version.scorer}, summary, dry_run=dry_run, as_json=as_json)


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
