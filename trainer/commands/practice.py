"""`trainer practice` and `trainer demo`: a whole run through a scenario from recorded replies."""

from pathlib import Path
from typing import Annotated

import typer

from trainer.commands.options import Engine, Json, Model


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(practice)
    cli.command()(demo)


def practice(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO")],
    more: Annotated[list[Path] | None, typer.Argument(hidden=True)] = None,
    replies: Annotated[
        list[Path] | None,
        typer.Option(metavar="A.wav B.wav …", help="The recorded replies, in the order of the turns."),
    ] = None,
    rep: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who speaks; you, where the app knows you.")
    ] = None,
    form: Annotated[str | None, typer.Option(help="The scenario's form; its first one otherwise.")] = None,
    warm_up: Annotated[bool, typer.Option("--warm-up", help="Keep it private instead of assessed.")] = False,
    engine: Engine = None,
    model: Model = None,
    as_json: Json = False,
) -> None:
    """Run through a scenario with recorded replies, and log the attempt."""
    from scenarios.loader import load
    from trainer.commands import options
    from trainer.commands.playing import Run, play
    from trainer.errors import BadInputError, command

    files = options.existing([*(replies or []), *(more or [])])
    if not files:
        raise BadInputError(
            f"practice: give the recordings with --replies A.wav B.wav …; `{command('')}` opens the app."
        )
    name = rep or options.config().name
    if not name:
        raise BadInputError("practice: say who speaks, with --rep NAME.")
    wanted = load(scenario)
    chosen = form or next(iter(wanted.forms))
    if chosen not in wanted.forms:
        raise BadInputError(f"--form {chosen}: {wanted.id} has {', '.join(wanted.forms)}.")
    recogniser = options.recogniser(engine, model)
    with options.store() as store:
        run = Run(
            store=store,
            scenario=wanted,
            form=chosen,
            rep=options.person(store, name, "rep"),
            kind="warm-up" if warm_up else "assessed",
            takes_folder=options.paths().takes,
        )
        play(run, files, recogniser, as_json=as_json)


def demo(engine: Engine = None, model: Model = None, as_json: Json = False) -> None:
    """Show one whole practice from recorded replies, logged nowhere."""
    from tempfile import TemporaryDirectory

    from scenarios.demo import demo as recorded
    from scenarios.loader import load
    from trainer.commands import options
    from trainer.commands.output import note
    from trainer.commands.playing import Run, play
    from trainer.store import Store

    shown = recorded()
    recogniser = options.recogniser(engine, model)
    note("A practice from recorded replies (a synthetic voice), heard and scored here, logged nowhere.")
    with (
        TemporaryDirectory(prefix="rep-trainer-demo-", ignore_cleanup_errors=True) as folder,
        Store.open(Path(folder) / "demo.db") as store,
    ):
        run = Run(
            store=store,
            scenario=load(shown.scenario),
            form=shown.form,
            rep=store.add_person("Demo", "rep"),
            kind="assessed",
            takes_folder=Path(folder) / "takes",
        )
        play(run, list(shown.replies), recogniser, as_json=as_json)
