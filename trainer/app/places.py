"""Pages by their names, imported when they are first shown: the first screen waits for none of them."""

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp


def page(place: str, *about: str) -> Screen[Any]:
    """A page by its name; `about` is what it is about."""
    match place:
        case "library":
            from trainer.app.screens.library import Library  # noqa: PLC0415

            return Library()
        case "history":
            from trainer.app.screens.history import History  # noqa: PLC0415

            return History()
        case "plan":
            from trainer.app.screens.plan import PlanPage  # noqa: PLC0415

            return PlanPage()
        case "drills":
            from trainer.app.screens.drills import Drills  # noqa: PLC0415

            return Drills()
        case "seen":
            from trainer.app.screens.seen import Seen  # noqa: PLC0415

            return Seen()
        case "session brief":
            from trainer.app.screens.session_brief import SessionBrief  # noqa: PLC0415

            return SessionBrief()
        case "settings":
            from trainer.app.screens.settings import Settings  # noqa: PLC0415

            return Settings()
        case _:
            from trainer.app.screens.brief import Brief  # noqa: PLC0415

            return Brief(about[0])


async def resumed(trainer: "TrainerApp", attempt_id: str) -> Screen[Any]:
    """The turn at which an attempt was left; its scorecard, where that is all that was missing."""
    from trainer.app.screens.practice import Practice  # noqa: PLC0415
    from trainer.app.screens.scorecard import Scorecard  # noqa: PLC0415
    from trainer.practice.session import Session  # noqa: PLC0415

    services = trainer.services
    session = Session.resume(
        await trainer.store(), attempt_id, takes_folder=services.paths.takes, now=services.now
    )
    if session.result is not None:
        return Scorecard(attempt_id, closing=session.closing)
    return Practice(session)
