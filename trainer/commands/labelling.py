"""`trainer label`: a manager judges replies blind, for `trainer calibrate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainer.app.screens.label import Label
    from trainer.practice.labelling import Item


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(label)


def label(
    to: Annotated[Path, typer.Option(metavar="F.jsonl", help="Where the labels go, a line a reply.")],
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="F.jsonl",
            help='Replies {"id", "text", "prompt" or "scenario" and "turn"}; assessed attempts otherwise.',
        ),
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many at most, this time.")] = 20,
) -> None:
    """Judge replies without knowing whose they are or how they were scored."""
    from trainer.commands.opening import open_app, terminal
    from trainer.commands.output import say
    from trainer.practice.labelling import labelling

    terminal()
    sheet = labelling(list(_given(source) if source else _assessed()), to, count)
    if not sheet.items:
        say(f"Nothing is left to label; {to} has all there is.")
        return

    def front() -> "Label":
        from trainer.app.screens.label import Label as Screen

        return Screen(sheet)

    open_app(front)


def _assessed() -> "Iterator[Item]":
    from trainer.commands import options
    from trainer.practice.labelling import of_attempt

    with options.store() as store:
        for one in store.team_attempts():
            yield from of_attempt(store.team_attempt(one.attempt.id))


def _given(file: Path) -> "Iterator[Item]":
    from trainer.commands.labelled import ReplyLine, lines, turn_of
    from trainer.practice.labelling import Item, of_moves, of_turn

    for place, line in lines(file, ReplyLine):
        found = turn_of(place, line)
        if found is None:
            yield Item(str(line.id), line.text, line.prompt or "", of_moves())
        else:
            scenario, form, turn = found
            asked = of_turn(scenario, turn)
            yield Item(str(line.id), line.text, turn.says, asked, scenario.id, turn.id, form)
