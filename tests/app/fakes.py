"""A microphone, a recogniser and a loudspeaker made of software; everything else is real."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import RecogniserError
from scoring.transcript import Transcript, Word
from trainer.audio.errors import AudioDeviceError
from trainer.audio.takes import KeptTake, TakeWriter

RATE = 16_000


class FakeMicrophone:
    """Records some seconds of a tone into a real take."""

    def __init__(self, folder: Path, take_id: str, *, missing: bool = False, records: int = 2) -> None:
        self.folder, self.take_id, self.missing = folder, take_id, missing
        self.level, self.seconds, self.overflows = -24.0, float(records), 0
        self.ended_by: str | None = None
        self.nothing_arrives = False
        self.stopped = False

    def start(self) -> None:
        if self.missing:
            raise AudioDeviceError("No microphone was found. Plug one in, or type the reply.")
        self.writer = TakeWriter(self.folder, self.take_id)
        tone = np.sin(np.arange(int(self.seconds) * RATE) * 0.1) * 3000
        self.writer.write(tone.astype(np.int16))

    def stop(self) -> KeptTake:
        self.stopped = True
        return self.writer.finish()


class FakeRecogniser:
    """Hears what it was told to hear, one text a take; "" is silence."""

    engine, model, rough = "faster-whisper", "base.en", False

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.unsure: set[str] = set()
        self.broken = False
        self.before: Callable[[], object] = lambda: None

    def warm_up(self) -> None:
        if self.broken:
            raise RecogniserError("The weights can't be read. Fetch them again: trainer models fetch base.en")

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        hotwords: Sequence[str] = (),
        on_progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Transcript:
        self.before()
        if on_progress:
            on_progress(0.5)
        words = [
            Word(word, 0.5 + 0.3 * at, 0.7 + 0.3 * at, 0.3 if word in self.unsure else 0.95)
            for at, word in enumerate(self.texts.pop(0).split())
        ]
        return Transcript.from_words(
            words, engine=self.engine, model=self.model, seconds=len(samples) / RATE, rough=self.rough
        )


class FakeSpeaker:
    """Remembers what it played, and from which second."""

    def __init__(self) -> None:
        self.played: list[tuple[str, float]] = []
        self.playing = False
        self.missing = False

    def play(self, sound: Any, start: float = 0.0) -> None:
        if self.missing:
            raise AudioDeviceError("The loudspeaker can't be opened (Error querying device -1).")
        self.played.append((Path(sound).name, start))
        self.playing = True

    def stop(self) -> None:
        self.playing = False
