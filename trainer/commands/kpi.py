"""`trainer kpi`: business figures, in from a CSV file and shown beside practice."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.coaching.business import Series

cli = typer.Typer(no_args_is_help=True, help="Business figures: import them, see them beside practice.")

MOST_NAMED = 20
"""Bad rows that are listed; who has more has one mistake in all of them."""


@cli.command("import")
def import_(file: Annotated[Path, typer.Argument(metavar="FILE.csv")], as_json: Json = False) -> None:
    """Take in a CSV file with the columns rep, date, measure, value: all of it or nothing.

    A value for the same rep, measure and day takes the older one's place.
    """
    from datetime import datetime

    from trainer.commands import options
    from trainer.commands.output import counted, emit, note, say
    from trainer.errors import BadInputError
    from trainer.interchange.figures_file import read_figures

    with options.store() as store:
        figures, bad = read_figures(file, store.people("rep"), datetime.now().astimezone().date())
        for row in bad[:MOST_NAMED]:
            note(f"{file}: {row}")
        if bad:
            more = f", the first {MOST_NAMED} are named above" if len(bad) > MOST_NAMED else ""
            rows = counted(len(bad), "row")
            raise BadInputError(f"{file}: {rows} can't be used{more}; nothing was imported. Mend and repeat.")
        store.figures.add(figures)
    reps = len({one.rep_id for one in figures})
    measures = sorted({one.measure for one in figures})
    if as_json:
        emit({"figures": len(figures), "reps": reps, "measures": measures})
        return
    say(f"{counted(len(figures), 'figure')} of {counted(reps, 'rep')}: {', '.join(measures)}.")


@cli.command()
def show(rep: Annotated[str, typer.Argument(metavar="REP")], as_json: Json = False) -> None:
    """Show a rep's figures week by week beside their assessed attempts."""
    from trainer.commands.output import emit, say
    from trainer.pages import wording
    from trainer.pages.document import business as document

    name, found = _series(rep)
    if as_json:
        emit({"rep": name, "business": [document(one) for one in found]})
        return
    if not found:
        from trainer.errors import command

        say(f"No figures of {name} yet; `{command('kpi import FILE.csv')}` brings them in.")
        return
    for series in found:
        _print(series)
    say(wording.NO_CAUSE)


def _series(rep: str) -> "tuple[str, tuple[Series, ...]]":
    from datetime import datetime

    from trainer.coaching.business import beside_practice
    from trainer.commands import looking, options

    zone = datetime.now().astimezone().tzinfo
    me = options.config()
    with options.store() as store:
        person = looking.rep_named(store, rep, me)
        looking.log(store, me, [person], "figures")
        seen = [one for one in store.team_attempts(person.id) if one.attempt.kind == "assessed"]
        days = [one.attempt.started_at.astimezone(zone).date() for one in seen]
        return person.name, beside_practice(store.figures.of_rep(person.id), days)


def _print(series: "Series") -> None:
    from trainer.commands.output import columns, say
    from trainer.pages import wording

    rows = [("week of", series.measure, "assessed attempts")]
    for week in series.by_week:
        value = "–" if week.value is None else wording.figure(week.value)
        rows.append(
            (week.monday.isoformat(), value.rjust(len(series.measure)), str(week.practices).rjust(17))
        )
    for line in columns(rows):
        say(f"  {line}")
    say(wording.business(series))
    if series.too_early:
        say(wording.early(series))
    say()
