"""Speech to words with pocketsphinx and its own American English model: rough, but always there."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.activity import Stretch, loudness_gain, speech_stretches
from models.recogniser import SAMPLE_RATE, RecogniserError
from scoring.transcript import Transcript, Word

_BEAM = 5000  # maxhmmpf: a third faster than the default at the same errors
_LONGEST = 20.0  # seconds in one go; the wait at an utterance's end grows with its length
_CHUNK = SAMPLE_RATE // 2  # samples between two looks at progress and cancellation
_FRAMES = 100  # a second


class Sphinx:
    """The pocketsphinx engine. More than half the words of natural speech may be wrong: `rough`."""

    engine = "pocketsphinx"
    model = "en-us"
    rough = True

    def __init__(self) -> None:
        self._decoder: Any = None

    def warm_up(self) -> None:
        """Loads model and dictionary (0.4 s, 106 MB); RecogniserError where pocketsphinx is missing."""
        if self._decoder is None:
            self._decoder = _load()

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        hotwords: Sequence[str] = (),  # noqa: ARG002  (its words are those of its dictionary)
        on_progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Transcript:
        """The words of mono float32 `samples` at 16 kHz, with times and probabilities; see `Recogniser`."""
        progress = on_progress or (lambda _share: None)
        words: list[Word] = []
        spoken = utterances(speech_stretches(samples))
        if spoken and not cancelled():
            self.warm_up()
            pcm = (samples * np.float32(loudness_gain(samples) * 32767)).astype("<i2")
            for stretch in spoken:
                words += self._words(pcm, stretch, progress, cancelled)
                if cancelled():
                    break
        progress(1.0)
        return Transcript.from_words(
            words, engine=self.engine, model=self.model, seconds=len(samples) / SAMPLE_RATE, rough=True
        )

    def _words(
        self,
        pcm: NDArray[np.int16],
        stretch: Stretch,
        progress: Callable[[float], None],
        cancelled: Callable[[], bool],
    ) -> Iterator[Word]:
        first, last = round(stretch.start * SAMPLE_RATE), round(stretch.end * SAMPLE_RATE)
        self._decoder.start_utt()
        for at in range(first, last, _CHUNK):
            self._decoder.process_raw(pcm[at : min(at + _CHUNK, last)].tobytes())
            progress(min(1.0, (at + _CHUNK) / len(pcm)))
            if cancelled():
                break
        self._decoder.end_utt()
        for segment in self._decoder.seg() or ():
            if not segment.word.startswith(("<", "[")):  # silence and noise
                yield Word(
                    re.sub(r"\(\d+\)$", "", segment.word),  # "a(2)": another pronunciation
                    stretch.start + segment.start_frame / _FRAMES,
                    stretch.start + (segment.end_frame + 1) / _FRAMES,
                    min(1.0, float(segment.prob)),
                )


def utterances(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Neighbouring stretches taken together up to 20 s, so that the language model sees whole sentences."""
    joined: list[Stretch] = []
    for stretch in stretches:
        if joined and stretch.end - joined[-1].start <= _LONGEST:
            joined[-1] = Stretch(joined[-1].start, stretch.end)
        else:
            joined.append(stretch)
    return joined


def _load() -> Any:
    try:
        import pocketsphinx  # noqa: PLC0415
    except ImportError as error:
        raise RecogniserError(
            "pocketsphinx is not on this machine (there is no build of it for every processor). "
            "Fetch Whisper's weights instead: trainer models fetch base.en"
        ) from error
    return pocketsphinx.Decoder(samprate=SAMPLE_RATE, maxhmmpf=_BEAM, loglevel="FATAL")
