"""`trainer seen`: what of yours your manager sees, and who looked."""

from typing import TYPE_CHECKING

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.store.privacy import Look
    from trainer.store.records import AttemptSummary


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(seen)


def seen(as_json: Json = False) -> None:
    """Show what of yours your manager sees, and who opened what."""
    from trainer.commands import options
    from trainer.commands.output import columns, emit, say
    from trainer.errors import BadInputError

    me = options.config()
    with options.store() as store:
        person = store.person(me.name) if me.role == "rep" else None
        if person is None:
            raise BadInputError("seen: this is for a rep; the settings name none.")
        visible, looks = store.team_attempts(rep_id=person.id), store.privacy.looks(person.id)
    if as_json:
        emit({"visible": [_attempt(one) for one in visible], "looks": [_look(one) for one in looks]})
        return
    say(f"Your manager sees {len(visible)} of your attempts:" if visible else "Your manager sees no attempt.")
    for line in columns(
        [
            (f"{one.attempt.started_at.astimezone():%Y-%m-%d %H:%M}", one.attempt.scenario, one.attempt.kind)
            for one in visible
        ]
    ):
        say(f"  {line}")
    say("Who looked:" if looks else "Nobody has looked yet.")
    for line in columns(
        [(f"{one.looked_at.astimezone():%Y-%m-%d %H:%M}", one.who, one.what, one.which) for one in looks]
    ):
        say(f"  {line}")


def _attempt(one: "AttemptSummary") -> dict[str, object]:
    return {
        "id": one.attempt.id,
        "scenario": one.attempt.scenario,
        "form": one.attempt.form,
        "kind": one.attempt.kind,
        "score": one.score,
        "started_at": one.attempt.started_at.isoformat(),
    }


def _look(one: "Look") -> dict[str, object]:
    return {"who": one.who, "what": one.what, "which": one.which, "at": one.looked_at.isoformat()}
