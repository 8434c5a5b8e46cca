"""`trainer brief`: the page for the weekly session."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.coaching.brief import Brief


def add_to(cli: typer.Typer) -> None:
    """Adds this file's command."""
    cli.command()(brief)


def brief(
    rep: Annotated[str, typer.Argument(metavar="REP")],
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one HTML file, charts and recordings in it.")
    ] = None,
    md: Annotated[bool, typer.Option("--md", help="Print Markdown.")] = False,
    as_json: Json = False,
) -> None:
    """Make the page that rep and manager both read before their session."""
    from trainer.commands.output import emit, say
    from trainer.errors import BadInputError

    if (html is not None) + md + as_json > 1:
        raise BadInputError("Name one form of the page: --html FILE, --md or --json.")
    made = _made(rep)
    if html is not None:
        _save(made, html)
    elif as_json:
        from trainer.pages.document import document

        emit(document(made))
    else:
        from trainer.pages.written import markdown, plain

        say((markdown if md else plain)(made).rstrip())


def _made(rep: str) -> "Brief":
    from datetime import datetime

    from trainer.coaching.brief import brief as make
    from trainer.commands import looking, options

    me = options.config()
    with options.store() as store:
        person = looking.rep_named(store, rep, me)
        looking.log(store, me, [person], "brief")
        return make(store, person, datetime.now().astimezone())


def _save(made: "Brief", file: Path) -> None:
    from trainer.commands import options
    from trainer.commands.output import counted, say
    from trainer.errors import BadInputError
    from trainer.pages.html import html

    page = html(made, options.paths().takes)
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{file}: can't be written ({error.strerror}). Name another file.") from error
    heard = counted(page.count("<audio"), "recording")
    say(f"{file}: {len(page.encode()) / 1000:,.0f} kB, {heard} in it.")
