"""`trainer transcribe`: the words of a recording."""

from pathlib import Path
from typing import Annotated

import typer

from trainer.commands.options import Engine, Json, Model


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(transcribe)


def transcribe(
    file: Annotated[Path, typer.Argument(metavar="F")],
    engine: Engine = None,
    model: Model = None,
    as_json: Json = False,
) -> None:
    """Write down what is said in a recording of at most five minutes."""
    from trainer.audio.reading import read
    from trainer.commands import options
    from trainer.commands.documents import transcript_document
    from trainer.commands.output import Progress, emit, note, say
    from trainer.hearing.reply import hear

    recording = read(file)
    if recording.note:
        note(recording.note)
    recogniser = options.recogniser(engine, model)
    progress = Progress(f"{recogniser.engine} {recogniser.model}")
    heard = hear(recording.samples, recogniser, on_progress=progress)
    progress(1.0)
    if heard.rough:
        note("A rough recogniser: good for trying the app, not for judging anybody.")
    if as_json:
        emit({"file": str(file), "text": heard.text, **transcript_document(heard)})
    elif heard.words:
        say(heard.text)
    else:
        note(f"{file}: I heard nothing.")
