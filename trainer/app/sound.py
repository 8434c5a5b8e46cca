"""What is heard: the prospect's lines, and takes played back. One at a time; no device, no failure."""

from pathlib import Path
from typing import TYPE_CHECKING

from trainer.app.services import Services, Speaker
from trainer.app.threads import off_thread
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from models.voice import Gender


NO_LOUDSPEAKER = "No loudspeaker"
"""All that is said of one that is not there, whatever the sound library's reason."""


class Sound:
    """The loudspeaker as the screens use it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._speaker: Speaker | None = None
        self._wanted = 0
        self.missed = False  # whether it was said that there is no loudspeaker

    @property
    def playing(self) -> bool:
        """Whether something is heard now."""
        return self._speaker is not None and self._speaker.playing

    async def play(self, file: Path, start: float = 0.0) -> str:
        """Plays a file from a second on; the reason, in one line, if it can't be heard."""
        self._wanted += 1
        trouble = await self._play(file, start, self._wanted)
        return f"{NO_LOUDSPEAKER}: it can't be heard here." if trouble == NO_LOUDSPEAKER else trouble

    async def say(self, text: str, gender: "Gender") -> str:
        """Speaks a line of the prospect, rendered the first time; silent where there is no voice."""
        self._wanted += 1
        wanted = self._wanted
        try:
            file = await off_thread(lambda: self._services.voice(text, gender))
        except TrainerError as error:
            return str(error)
        # Whoever asked for something else, or for silence, while this was rendered gets that.
        return await self._play(file, 0.0, wanted) if file is not None and wanted == self._wanted else ""

    def stop(self) -> None:
        """Silence now, and for what was about to be played."""
        self._wanted += 1
        if self._speaker is not None:
            self._speaker.stop()

    async def _play(self, file: Path, start: float, wanted: int) -> str:
        try:
            if self._speaker is None:
                self._speaker = await off_thread(self._services.speaker)
            speaker = self._speaker
            await off_thread(lambda: speaker.play(file, start=start) if wanted == self._wanted else None)
        except TrainerError as error:
            from trainer.audio.errors import AudioDeviceError  # noqa: PLC0415 - where one was raised, it is there

            return NO_LOUDSPEAKER if isinstance(error, AudioDeviceError) else str(error)
        return ""
