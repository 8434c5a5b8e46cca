"""Recordings to and from the team's place while the app is open: in the background, one at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.app.threads import off_thread
from trainer.app.turns import Turns

if TYPE_CHECKING:
    from trainer.team.recordings import Post


@dataclass(frozen=True, slots=True)
class Carried:
    """What the footer says of it ("" for nothing), and whether there is more to be done at once."""

    note: str
    more: bool = False


class Carrying:
    """Decides when recordings are sent and deleted. `now` counts seconds; `post` is the machine's own.

    It has its own pace, apart from that of the records: a folder that does not answer holds up nothing.
    """

    def __init__(self, post: "Callable[[], Post]", now: Callable[[], float]) -> None:
        self._post = post
        self._turns = Turns(now)
        self._left = 0
        self._untidy = True

    def news(self) -> None:
        """Something may have been deleted, here or elsewhere: it is looked at now, not in a minute."""
        self._untidy = True
        self._turns.hurry()

    async def look(self) -> Carried:
        """Sends one recording if it is time to, and says how it stands. Trouble is said, never raised."""
        if self._turns.due:
            await off_thread(self._step)
        if self._turns.failing:
            waits = f"{_recordings(self._left)} to send, place not reached"
            return Carried(waits if self._left else "recordings not reached")
        return Carried(f"sending {_recordings(self._left)}" if self._left else "", more=self._left > 0)

    def _step(self) -> None:
        from trainer.errors import TrainerError  # noqa: PLC0415

        try:
            post = self._post()
            if self._untidy:
                post.tidy()
                self._untidy = False
            self._left = post.step()
        except TrainerError:
            self._left = self._waiting()
            self._turns.failed()
            return
        self._turns.worked(again_at_once=self._left > 0)

    def _waiting(self) -> int:
        from trainer.errors import TrainerError  # noqa: PLC0415

        try:
            return len(self._post().waiting())
        except TrainerError:  # the address itself is wrong, say: the count is not known
            return self._left


def _recordings(count: int) -> str:
    return "1 recording" if count == 1 else f"{count} recordings"
