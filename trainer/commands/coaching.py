"""`trainer signoff` and `trainer session`: the manager's word on a skill, and when the two talk."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.coaching.signing import Case
    from trainer.store import Store
    from trainer.store.coaching.ledger import Entry, EntryKind
    from trainer.store.records import AttemptDetail, Person

cli = typer.Typer(help="The weekly sessions of a rep and their manager.", no_args_is_help=True)


def add_to(to: typer.Typer) -> None:
    """Adds this file's commands."""
    to.command()(signoff)
    to.add_typer(cli, name="session")


def signoff(
    rep: Annotated[str, typer.Argument(metavar="REP")],
    skill: Annotated[str, typer.Argument(metavar="SKILL")],
    back: Annotated[str | None, typer.Option(metavar="REASON", help="Back to practice, and why.")] = None,
    override: Annotated[
        str | None, typer.Option(metavar="REASON", help="Past the rule, whichever way is left, and why.")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="A word to a sign-off, for the rep.")] = "",
    as_json: Json = False,
) -> None:
    """Sign a skill off that is ready, or send it back, or override the rule either way."""
    from trainer.coaching.signing import case, decide
    from trainer.commands import looking, options
    from trainer.commands.output import emit, say
    from trainer.errors import BadInputError
    from trainer.practice.recomputing import recomputed, summary

    if back is not None and override is not None:
        raise BadInputError("Name one: --back REASON or --override REASON.")
    me = options.config()
    with options.store() as store:
        manager = _manager(store)
        person = looking.rep_named(store, rep, me)
        looking.log(store, me, [person], "ledger", skill)
        found = case(store, person, skill, manager)
        kind, reason = _word(found, back, override, note)
        verdicts = recomputed(_behind(store, found))
        again = summary(verdicts)
        if kind == "signed off" and not reason and any(one.holds == "differs" for one in verdicts):
            raise BadInputError(f"{again}. To sign it off all the same, say why with --note; it stays.")
        moved_to = decide(store, found, kind, manager, reason=reason, recomputed=again)
    if as_json:
        said = {"rep": person.name, "skill": skill, "decision": kind, "reason": reason}
        emit({**said, "recomputed": again, "rests_on": len(found.counted), "focus": moved_to})
        return
    say(f"{person.name}, {skill}: {kind}." + (f" Scored again: {again}." if again else ""))
    if moved_to:
        say(f"The plan moves on to {moved_to}.")


def _behind(store: "Store", found: "Case") -> "list[tuple[Entry, AttemptDetail | None]]":
    """What counts, each with its attempt, where there is one."""
    known = {one.attempt.id for one in store.team_attempts(found.rep.id)}
    return [
        (one.entry, store.team_attempt(of) if (of := one.entry.attempt_id) in known and of else None)
        for one in found.counted
    ]


@cli.command()
def plan(
    rep: Annotated[str, typer.Argument(metavar="REP")],
    when: Annotated[str, typer.Argument(metavar="WHEN", help='As "Thu 14:00" or "2026-11-26 14:00".')],
    minutes: Annotated[int, typer.Option(min=5, max=240)] = 30,
    as_json: Json = False,
) -> None:
    """Plan the next session with a rep; one that was planned counts as moved."""
    from trainer.app.words import read_moment
    from trainer.coaching.plan import next_session
    from trainer.commands import looking, options
    from trainer.commands.output import emit, say
    from trainer.errors import BadInputError

    now = datetime.now().astimezone()
    try:
        starts = read_moment(when, now)
    except ValueError as error:
        raise BadInputError(str(error)) from error
    with options.store() as store:
        manager = _manager(store)
        person = looking.rep_named(store, rep, options.config())
        before = next_session(store.sessions.of_rep(person.id), now)
        if before:
            store.sessions.finish(before.id, "moved", manager.id)
        made = store.sessions.plan(person.id, manager.id, starts, minutes=minutes)
    if as_json:
        emit(
            {"id": made.id, "rep": person.name, "starts_at": starts.isoformat(), "moved": before is not None}
        )
    else:
        say(f"{person.name}: {starts:%a %d %b %Y %H:%M}, {minutes} minutes.")


def _word(found: "Case", back: str | None, override: str | None, note: str) -> "tuple[EntryKind, str]":
    """What is decided, and why; BadInputError where the evidence does not allow it."""
    from trainer.errors import BadInputError

    kind: EntryKind = "signed off"
    if override is not None:
        kind = found.override
    elif back is not None:
        kind = "sent back"
    reason = (note if kind == "signed off" else override or back or "").strip()
    if kind != "signed off" and not reason:
        raise BadInputError("A reason is needed: the rep sees it, and it stays.")
    if kind not in found.open_to():
        missing = ", ".join(found.standing.missing).replace("you have", "they have")
        still = f"; still to do: {missing}" if missing else ""
        raise BadInputError(
            f"{found.rep.name}, {found.waypoint.step.skill}: {found.standing.state}{still}. "
            "--override REASON goes past the rule."
        )
    return kind, reason


def _manager(store: "Store") -> "Person":
    """Whoever uses this profile, who has to be a manager."""
    from trainer.commands import options
    from trainer.errors import BadInputError

    me = options.config()
    if me.role != "manager" or not me.name:
        raise BadInputError("This is for a manager; the settings of this profile name none.")
    return store.person(me.name) or store.add_person(me.name, "manager")
