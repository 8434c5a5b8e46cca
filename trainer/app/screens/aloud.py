"""What is heard in a practice: the prospect's line, and the rep's own take."""

from typing import TYPE_CHECKING

from textual import work

from trainer.app.screens.page import Page
from trainer.app.sound import NO_LOUDSPEAKER

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
        """The prospect's line, out loud where that can be. Without a loudspeaker it is said once, quietly."""
        sound, turn = self.trainer.sound, self.session.turn
        trouble = await sound.say(turn.says, self.session.form.persona.voice)
        if trouble == NO_LOUDSPEAKER:
            if asked_for or not sound.missed:
                self.say(f"{NO_LOUDSPEAKER}: the line stands above.")
            sound.missed = True
        elif trouble and asked_for:
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The voice can be switched to what it is not."""
        if action == "speech":
            return self.trainer.config.speak is not parameters[0]
        return super().check_action(action, parameters)

    def action_speech(self, on: bool) -> None:
        """The prospect's voice on or off, from now on."""
        trouble = self.trainer.change(speak=on)
        self.trainer.sound.stop()
        said = "The prospect speaks from now on." if on else "The prospect is silent from now on."
        self.say(trouble or said, trouble=bool(trouble))
        self.refresh_bindings()
