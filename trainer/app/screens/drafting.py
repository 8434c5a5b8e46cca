"""What was typed in a practice and is not logged yet."""

from typing import TYPE_CHECKING

from trainer.app import recording
from trainer.app.screens.aloud import Aloud

if TYPE_CHECKING:
    from trainer.practice.session import Session

NO_ROOM = "The disk has no room for the words you typed: leave again, and they are lost."


class Drafting(Aloud):
    """The part of a practice that keeps typed words until they are logged, and says when it can't."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.draft = ""
        self.warned = False

    def read_draft(self) -> None:
        """What was typed for this turn when it was left."""
        self.draft, self.warned = recording.draft_of(self.session), False

    def keep_draft(self, text: str) -> None:
        """What was typed and not sent is there again at the next t."""
        self.draft = text

    def drop_draft(self) -> None:
        """The words are logged."""
        self.draft = ""
        recording.keep_draft(self.session, "")

    def may_leave(self) -> bool:
        """Words that were typed and find no room on the disk are lost; the first try says so."""
        if self.warned or recording.keep_draft(self.session, self.draft):
            return True
        self.warned = True
        self.say(NO_ROOM, trouble=True)
        return False

    def last_words(self) -> str:
        """What to say when the app ends here; words that can't be kept are given back."""
        where = f"turn {self.session.position + 1} of “{self.session.scenario.title}”"
        if recording.keep_draft(self.session, self.draft):
            return f"Kept: {where}. `trainer` brings you back to it."
        return f"Lost, for the disk has no room: the words you typed at {where}: “{self.draft}”"
