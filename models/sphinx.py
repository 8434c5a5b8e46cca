"""Speech to words with pocketsphinx and its own American English model: rough, but always there."""

import importlib.util
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.activity import levelled
from models.aside import AsideError, aside
from models.errors import RecogniserError, command
from models.recogniser import SAMPLE_RATE, Cuts
from scoring.transcript import Word

Segment = tuple[str, int, int, float]
"""A word, its first and last frame, its probability."""

_FRAMES = 100  # a second
_BEAM = 5000  # maxhmmpf: a third faster than the default at the same errors


class Sphinx:
    """The pocketsphinx engine. More than half the words of natural speech may be wrong: `rough`."""

    engine = "pocketsphinx"
    model = "en-us"
    rough = True
    drafts = False
    # 0.4 s of padding gave a point fewer word errors than 0.2 s, 5 s a stretch half a point fewer than 3 s.
    cuts = Cuts(pause=0.4, padding=0.4, enough=5.0, longest=15.0)

    def warm_up(self) -> None:
        """Loads model and dictionary (0.5 s, 106 MB); RecogniserError where pocketsphinx is missing."""
        _asked(b"")

    def words(
        self,
        samples: NDArray[np.float32],
        *,
        hotwords: Sequence[str] = (),  # noqa: ARG002  (its words are those of its dictionary)
        draft: bool = False,  # noqa: ARG002
    ) -> list[Word]:
        """The words of one stretch of speech; see `Recogniser`."""
        sound = (levelled(samples) * 32767).astype("<i2").tobytes()
        return list(_said(_asked(sound), len(samples) / SAMPLE_RATE))


def _asked(sound: bytes) -> Sequence[Segment]:
    if importlib.util.find_spec("pocketsphinx") is None:
        raise RecogniserError(
            "pocketsphinx is not on this machine (there is no build of it for every processor). "
            f"Fetch Whisper's weights instead: {command('models fetch base.en')}"
        )
    try:
        return aside(segments, sound)
    except AsideError as error:
        raise RecogniserError(
            "pocketsphinx stopped before it was done. Try again; if it stops again, fetch Whisper's "
            f"weights: {command('models fetch base.en')}"
        ) from error


def segments(sound: bytes) -> list[Segment]:
    """The segments of one stretch, 16-bit at 16 kHz; none of no sound, for which the model is only loaded.

    Holds Python's lock for seconds: not for the app's process.
    """
    decoder = _decoder()
    if not sound:
        return []
    decoder.start_stream()  # or it carries its idea of the noise over from the last stretch
    decoder.start_utt()
    # In one go: fed bit by bit it learns the channel as it goes, which cost 12 points of word errors.
    decoder.process_raw(sound, full_utt=True)
    decoder.end_utt()
    return [(one.word, one.start_frame, one.end_frame, float(one.prob)) for one in decoder.seg() or ()]


@cache
def _decoder() -> Any:
    import pocketsphinx  # noqa: PLC0415  (half a second with its model)

    return pocketsphinx.Decoder(samprate=SAMPLE_RATE, maxhmmpf=_BEAM, loglevel="FATAL")


def _said(found: Sequence[Segment], seconds: float) -> Iterator[Word]:
    for text, first, last, probability in found:
        if not text.startswith(("<", "[")):  # silence and noise
            yield Word(
                re.sub(r"\(\d+\)$", "", text),  # "a(2)": another pronunciation
                first / _FRAMES,
                min((last + 1) / _FRAMES, seconds),
                min(1.0, probability),
            )
