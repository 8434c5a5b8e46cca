"""Pages by their names, imported when they are first shown: the first screen waits for none of them."""

from typing import Any

from textual.screen import Screen


def page(place: str, *about: str) -> Screen[Any]:
    """A page by its name; `about` is what it is about."""
    match place:
        case "library":
            from trainer.app.screens.library import Library  # noqa: PLC0415

            return Library()
        case "history":
            from trainer.app.screens.history import History  # noqa: PLC0415

            return History()
        case "settings":
            from trainer.app.screens.settings import Settings  # noqa: PLC0415

            return Settings()
        case _:
            from trainer.app.screens.brief import Brief  # noqa: PLC0415

            return Brief(about[0])
