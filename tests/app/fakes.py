"""A microphone, a recogniser and a loudspeaker made of software; everything else is real."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import RecogniserError
from models.recogniser import Cuts
from scoring.transcript import Word
from tests.hearing.recordings import Samples, said
from trainer.audio.errors import AudioDeviceError
from trainer.audio.takes import KeptTake, TakeWriter


class FakeMicrophone:
    """Records a sentence, as if it were said at once, into a real take; with `records` 0 not a sound."""

    def __init__(self, folder: Path, take_id: str, *, missing: bool = False, records: int = 2) -> None:
        self.folder, self.take_id, self.missing = folder, take_id, missing
        self.level, self.seconds, self.overflows = -24.0, float(records), 0
        self.ended_by: str | None = None
        self.nothing_arrives = False
        self.listening = self.preroll = self.stopped = False

    def listen(self) -> None:
        if self.missing:
            raise AudioDeviceError("No microphone was found. Plug one in, or type the reply.")
        self.listening = True

    def let_go(self) -> None:
        self.listening = False

    def start(self, *, on_block: Callable[[Samples], None], preroll: bool) -> None:
        if self.missing:
            raise AudioDeviceError("No microphone was found. Plug one in, or type the reply.")
        self.listening, self.preroll, self.on_block = False, preroll, on_block
        self.writer = TakeWriter(self.folder, self.take_id)
        if self.seconds:
            self.speak(said("team"))

    def speak(self, samples: Samples) -> None:
        self.writer.write(samples)
        self.on_block(samples)

    def stop(self) -> KeptTake:
        self.stopped = True
        return self.writer.finish()


class FakeRecogniser:
    """Hears what it was last told to hear, in every stretch; "" is silence."""

    engine, model, rough, drafts = "faster-whisper", "base.en", False, False
    cuts = Cuts(pause=0.3, padding=0.2, enough=4.0, longest=20.0)

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.unsure: set[str] = set()
        self.broken = False
        self.before: Callable[[], object] = lambda: None

    def warm_up(self) -> None:
        if self.broken:
            raise RecogniserError("The weights can't be read. Fetch them again: trainer models fetch base.en")

    @property
    def text(self) -> str:
        return self.texts[-1] if self.texts else ""

    def words(
        self, samples: NDArray[np.float32], *, hotwords: Sequence[str] = (), draft: bool = False
    ) -> list[Word]:
        self.before()
        return [
            Word(word, 0.5 + 0.3 * at, 0.7 + 0.3 * at, 0.3 if word in self.unsure else 0.95)
            for at, word in enumerate(self.text.split())
        ]


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
