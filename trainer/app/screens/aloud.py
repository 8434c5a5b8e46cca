"""What is heard in a practice: the prospect's line, and the rep's own take."""

from typing import TYPE_CHECKING

from textual import work

from trainer.app.screens.page import Page

if TYPE_CHECKING:
    from trainer.practice.session import Session
    from trainer.store.records import Take


class Aloud(Page[None]):
    """The part of a practice that needs a loudspeaker, and does without one."""

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self.session = session
        self.take: Take | None = None

    @work(exclusive=True, group="voice")
    async def speak_line(self, *, asked_for: bool = False) -> None:
        """The prospect's line, out loud where that can be; only who asks for it hears why it can't."""
        sound, turn = self.trainer.sound, self.session.turn
        trouble = await sound.say(turn.says, self.session.form.persona.voice)
        if trouble and asked_for:
            self.say(trouble, trouble=True)

    @work(exclusive=True, group="voice")
    async def action_hear(self) -> None:
        """Plays the take, or stops it."""
        if self.trainer.sound.playing:
            self.trainer.sound.stop()
        elif self.take and (
            trouble := await self.trainer.sound.play(self.session.takes_folder / self.take.file)
        ):
            self.say(trouble, trouble=True)

    def action_repeat(self) -> None:
        """The prospect's line once more."""
        self.speak_line(asked_for=True)

    def action_mute(self) -> None:
        """The prospect's voice off or on, from now on."""
        speak = not self.trainer.config.speak
        trouble = self.trainer.change(speak=speak)
        self.trainer.sound.stop()
        self.say(trouble or ("The prospect speaks." if speak else "The prospect is silent; m to hear them."))
