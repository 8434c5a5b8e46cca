"""What workers tell the screens."""

from textual.message import Message


class Transcribed(Message):
    """How much of a take has been transcribed; only the newest matters."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def can_replace(self, message: Message) -> bool:
        """A newer share makes an older one superfluous."""
        return isinstance(message, Transcribed)
