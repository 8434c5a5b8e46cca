"""`trainer score`: one reply or a file of them, judged."""

from pathlib import Path
from typing import Annotated

import typer

from trainer.commands.options import Engine, Json, Model


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(score)


def score(
    audio: Annotated[Path | None, typer.Option(metavar="F", help="A recording of the reply.")] = None,
    text: Annotated[str | None, typer.Option(metavar="T", help="The reply as text.")] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="F.jsonl",
            help='A line a reply: {"id", "text" or "audio", "scenario" and "turn", or "prompt"}.',
        ),
    ] = None,
    scenario: Annotated[str | None, typer.Option(metavar="ID", help="The scenario it answers.")] = None,
    turn: Annotated[str | None, typer.Option(metavar="ID", help="The turn it answers.")] = None,
    form: Annotated[str | None, typer.Option(help="The scenario's form; its first one otherwise.")] = None,
    engine: Engine = None,
    model: Model = None,
    as_json: Json = False,
) -> None:
    """Judge one reply, or a file of them, against a turn of a scenario."""
    from trainer.commands import options
    from trainer.commands.judging import Judge
    from trainer.commands.output import emit
    from trainer.errors import BadInputError

    given = [one for one in (audio, text, batch) if one is not None]
    if len(given) != 1:
        raise BadInputError("score: give one of --audio F, --text T and --batch F.jsonl.")
    judge = Judge(lambda: options.recogniser(engine, model), scenario=scenario, turn=turn, form=form)
    if batch is not None:
        from trainer.commands.batch import run

        if run(batch, judge):
            raise typer.Exit(2)
        return
    if scenario is None or turn is None:
        raise BadInputError("score: name what the reply answers, with --scenario ID --turn ID.")
    line = {"text": text} if text is not None else {"audio": str(audio)}
    document, transcript, card = judge(line)
    if as_json:
        emit(document)
        return
    from trainer.commands.cards import print_reply

    print_reply(transcript, card, judge.rubric_of(scenario))
