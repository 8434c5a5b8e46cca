"""Speech to words with pocketsphinx and its own American English model: rough, but always there."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.activity import Stretch, levelled, speech_stretches
from models.errors import RecogniserError, command
from models.recogniser import SAMPLE_RATE
from scoring.transcript import Transcript, Word

_BEAM = 5000  # maxhmmpf: a third faster than the default at the same errors
_PIECE = 10.0  # seconds in one go: as good as 20 or 30, and what a cancellation waits for is 3 s
_PADDING = 0.4  # seconds around speech; a point fewer word errors than 0.2
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
        loud = levelled(samples)
        for piece in pieces(speech_stretches(samples, pause=_PADDING, padding=_PADDING), samples):
            if cancelled():
                break
            self.warm_up()
            words += self._words(loud, piece)
            progress(piece.end * SAMPLE_RATE / len(samples))
        if not cancelled():
            progress(1.0)
        return Transcript.from_words(
            words, engine=self.engine, model=self.model, seconds=len(samples) / SAMPLE_RATE, rough=True
        )

    def _words(self, samples: NDArray[np.float32], piece: Stretch) -> Iterator[Word]:
        part = samples[round(piece.start * SAMPLE_RATE) : round(piece.end * SAMPLE_RATE)]
        self._decoder.start_stream()  # or it carries its idea of the noise over from the last piece
        self._decoder.start_utt()
        # In one go: fed bit by bit it learns the channel as it goes, which cost 12 points of word errors.
        self._decoder.process_raw((part * 32767).astype("<i2").tobytes(), full_utt=True)
        self._decoder.end_utt()
        for segment in self._decoder.seg() or ():
            if not segment.word.startswith(("<", "[")):  # silence and noise
                yield Word(
                    re.sub(r"\(\d+\)$", "", segment.word),  # "a(2)": another pronunciation
                    piece.start + segment.start_frame / _FRAMES,
                    min(piece.start + (segment.end_frame + 1) / _FRAMES, piece.end),
                    min(1.0, float(segment.prob)),
                )


def pieces(stretches: Sequence[Stretch], samples: NDArray[np.float32]) -> list[Stretch]:
    """The stretches in pieces of about 10 s: short neighbours joined, long ones cut where it is quietest."""
    found: list[Stretch] = []
    for stretch in stretches:
        if found and stretch.end - found[-1].start <= _PIECE:
            found[-1] = Stretch(found[-1].start, stretch.end)
            continue
        start = stretch.start
        while stretch.end - start > 1.5 * _PIECE:
            cut = _quietest(samples, start + 0.5 * _PIECE, start + _PIECE)
            found.append(Stretch(start, cut))
            start = cut
        found.append(Stretch(start, stretch.end))
    return found


def _quietest(samples: NDArray[np.float32], start: float, end: float) -> float:
    """The middle of the quietest 50 ms between two times, in seconds."""
    frame = SAMPLE_RATE // 20
    first = round(start * SAMPLE_RATE)
    frames = samples[first : first + round((end - start) * SAMPLE_RATE) // frame * frame].reshape(-1, frame)
    return start + (int(np.square(frames).sum(axis=1).argmin()) + 0.5) * frame / SAMPLE_RATE


def _load() -> Any:
    try:
        import pocketsphinx  # noqa: PLC0415
    except ImportError as error:
        raise RecogniserError(
            "pocketsphinx is not on this machine (there is no build of it for every processor). "
            f"Fetch Whisper's weights instead: {command('models fetch base.en')}"
        ) from error
    return pocketsphinx.Decoder(samprate=SAMPLE_RATE, maxhmmpf=_BEAM, loglevel="FATAL")
