"""The exchange with the team while the app is open: in the background, and quietly in the footer."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.app.threads import off_thread
from trainer.app.turns import Turns

if TYPE_CHECKING:
    from trainer.store import Store
    from trainer.team.exchange import Synced
    from trainer.team.server import Server

LOOK = 10.0
"""Seconds between two looks whether something waits to be sent."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How it stands: what the footer says ("" for nothing), and whether there is something new here."""

    note: str
    new: bool = False


class Sharing:
    """Decides when to exchange. `now` counts seconds; `server` opens the connection."""

    def __init__(
        self,
        store: "Store",
        server: "Callable[[], AbstractContextManager[Server]]",
        now: Callable[[], float],
    ) -> None:
        self._store = store
        self._server = server
        self._turns = Turns(now)
        self.recordings: str | None = None
        """Where the team's recordings go, as the server said last; None before it said anything."""

    async def look(self) -> Shared:
        """Exchanges if it is time to, and says how it stands. Trouble is said, never raised."""
        waiting = await off_thread(self._store.exchange.waiting)
        if waiting:
            self._turns.hurry()
        if not self._turns.due:
            return Shared(self._note(waiting))
        done = await off_thread(self._exchange)
        left = await off_thread(self._store.exchange.waiting)
        return Shared(self._note(left), new=bool(done and (done.got or done.forgotten)))

    def _exchange(self) -> "Synced | None":
        from trainer.errors import TrainerError  # noqa: PLC0415
        from trainer.team.exchange import sync  # noqa: PLC0415 - psycopg: only who has a team pays for it

        try:
            with self._server() as server:
                done = sync(self._store, server)
        except TrainerError:
            self._turns.failed()
            return None
        self._turns.worked()
        self.recordings = done.recordings
        return done

    def _note(self, waiting: int) -> str:
        if self._turns.failing:
            return f"team not reached, {waiting} to send" if waiting else "team not reached"
        return f"{waiting} to send" if waiting else ""


async def pause() -> None:
    """Until the next look."""
    await asyncio.sleep(LOOK)
