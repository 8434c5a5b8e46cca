"""Recordings to and from the team's place while the app is open: in the background, one at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainer.app.sharing import LONGEST_WAIT, OFTEN
from trainer.app.threads import off_thread

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
        self._now = now
        self._next = now()
        self._wait = OFTEN
        self._left = 0
        self._trouble = False
        self._untidy = True

    def news(self) -> None:
        """Something may have been deleted, here or elsewhere: it is looked at now, not in a minute."""
        self._untidy = True
        if not self._trouble:
            self._next = self._now()

    async def look(self) -> Carried:
        """Sends one recording if it is time to, and says how it stands. Trouble is said, never raised."""
        if self._now() >= self._next:
            await off_thread(self._step)
        if self._trouble:
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
            self._left, self._trouble = self._waiting(), True
            self._next, self._wait = self._now() + self._wait, min(self._wait * 2, LONGEST_WAIT)
            return
        self._trouble, self._wait = False, OFTEN
        self._next = self._now() + (0.0 if self._left else OFTEN)

    def _waiting(self) -> int:
        from trainer.errors import TrainerError  # noqa: PLC0415

        try:
            return len(self._post().waiting())
        except TrainerError:  # the address itself is wrong, say: the count is not known
            return self._left


def _recordings(count: int) -> str:
    return "1 recording" if count == 1 else f"{count} recordings"
