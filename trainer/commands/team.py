"""`trainer team`, `attempts` and `assign`: what a manager sees and asks for."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands import team_admin
from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.coaching.priorities import Priority
    from trainer.store.records import AttemptSummary, TeamRow


group = typer.Typer(invoke_without_command=True)
group.add_typer(team_admin.cli, name="admin")


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    group.callback()(team)
    cli.add_typer(group, name="team")
    cli.command()(attempts)
    cli.command()(assign)


def team(context: typer.Context, as_json: Json = False) -> None:
    """Show one row a rep: who needs you and why, within your minutes, from assessed attempts alone."""
    if context.invoked_subcommand is not None:
        return
    from trainer.coaching.priorities import week
    from trainer.coaching.trend import sparkline
    from trainer.commands import options
    from trainer.commands.output import columns, counted, emit, say

    minutes = options.config().coaching_minutes
    with options.store() as store:
        found = week(store, datetime.now().astimezone(), minutes)
        rows = {row.rep.id: row for row in store.team()}
    if as_json:
        emit({"minutes": minutes, "team": [_row(rows[one.rep.id], one) for one in found.team]})
        return
    if not found.team:
        say("Nobody practises here yet. A rep appears with the first start of the app or an assignment.")
        return
    table = [("who", "focus", "why now", "last", "trend")]
    for one in found.team:
        last = "–" if one.last_score is None else str(one.last_score)
        why = f"{one.why}, beyond your minutes" if one.needs and not one.fits else one.why
        table.append((one.rep.name, one.focus or "–", why, last, sparkline(one.trend)))
    say(f"{counted(minutes, 'minute')} this week, {counted(len(found.team), 'rep')}, {found.needing} to see.")
    for line in columns(table):
        say(line)


def attempts(
    rep: Annotated[str | None, typer.Option(help="Only this rep's.")] = None, as_json: Json = False
) -> None:
    """List assessed attempts, newest first; with --rep your own name, your warm-ups too."""
    from trainer.commands import options
    from trainer.commands.output import columns, emit, say
    from trainer.errors import BadInputError, command

    me = options.config()
    with options.store() as store:
        person = store.person(rep) if rep else None
        if rep and person is None:
            raise BadInputError(f"--rep {rep}: nobody of that name practises here; see `{command('team')}`.")
        # Warm-ups are the rep's own: only the rep whose profile this is gets to see them.
        own = person is not None and person.name == me.name and me.role == "rep"
        seen = store.attempts if own else store.team_attempts
        found = seen(rep_id=person.id if person else None)
    if as_json:
        emit({"attempts": [_attempt(one) for one in found]})
        return
    if not found:
        say("No attempts yet.")
    for line in columns(
        [
            (
                f"{one.attempt.started_at.astimezone():%Y-%m-%d %H:%M}",
                one.rep,
                f"{one.attempt.scenario}, form {one.attempt.form}",
                one.attempt.kind,
                "left" if one.finished_at is None else "–" if one.score is None else str(one.score),
                one.attempt.id,
            )
            for one in found
        ]
    ):
        say(line)


def assign(
    rep: Annotated[str, typer.Argument(metavar="REP")],
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO")],
    due: Annotated[str | None, typer.Option(metavar="DATE", help="Until when, as 2026-12-24.")] = None,
    target: Annotated[int, typer.Option(min=1, max=100, help="The score to reach.")] = 80,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take back what is open of it.")] = False,
    as_json: Json = False,
) -> None:
    """Put a scenario on a rep's Home."""
    from scenarios.loader import load
    from trainer.commands import options
    from trainer.commands.output import emit, say

    wanted = load(scenario)
    if withdraw:
        _withdraw(rep, wanted.id, wanted.title, as_json)
        return
    day = _day(due)
    me = options.config()
    with options.store() as store:
        manager = store.person(me.name) if me.role == "manager" else None
        given = store.assign(
            rep_id=options.person(store, rep, "rep").id,
            manager_id=manager.id if manager else None,
            scenario=wanted.id,
            skill=wanted.skill,
            target=target,
            due=day,
        )
    if as_json:
        emit({"id": given.id, "rep": rep, "scenario": wanted.id, "target": target, "due": day})
        return
    until = f" until {day:%a %d %b %Y}" if day else ""
    say(f"{rep}: {wanted.title}, to reach {target}{until}.")


def _withdraw(rep: str, scenario: str, title: str, as_json: bool) -> None:
    from trainer.commands import options
    from trainer.commands.output import emit, say
    from trainer.errors import BadInputError

    with options.store() as store:
        person = store.person(rep)
        found = [one for one in store.assignments(person.id) if one.scenario == scenario] if person else []
        if person is None or not found:
            raise BadInputError(f"{rep} has no open assignment of {scenario}; there is nothing to take back.")
        author = store.person(options.config().name) or person
        for one in found:
            store.withdraw(one, author.id)
    if as_json:
        emit({"rep": rep, "scenario": scenario, "withdrawn": [one.id for one in found]})
        return
    say(f"{rep}: {title} is not asked for any more.")


def _day(text: str | None) -> date | None:
    from trainer.errors import BadInputError

    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadInputError(f"--due {text}: not a day; write it as 2026-12-24.") from error
    if day < datetime.now().astimezone().date():
        raise BadInputError(f"--due {text}: that day is over; name today or a later one.")
    return day


def _row(row: "TeamRow", one: "Priority") -> dict[str, object]:
    return {
        "rep": row.rep.name,
        "focus": one.focus,
        "reason": one.reason,
        "why": one.why,
        "minutes": one.minutes,
        "fits": one.fits,
        "last_score": row.last_score,
        "trend": list(row.trend),
        "attempts": row.attempts,
        "last_practice": row.last_practice.isoformat() if row.last_practice else None,
        "open_assignments": row.open_assignments,
    }


def _attempt(one: "AttemptSummary") -> dict[str, object]:
    return {
        "id": one.attempt.id,
        "rep": one.rep,
        "scenario": one.attempt.scenario,
        "form": one.attempt.form,
        "skill": one.attempt.skill,
        "kind": one.attempt.kind,
        "started_at": one.attempt.started_at.isoformat(),
        "finished_at": one.finished_at.isoformat() if one.finished_at else None,
        "score": one.score,
        "replies": one.replies,
    }
