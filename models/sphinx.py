"""Speech to words with pocketsphinx and its own American English model: rough, but always there."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.activity import levelled
from models.errors import RecogniserError, command
from models.recogniser import SAMPLE_RATE, Cuts
from scoring.transcript import Word

_BEAM = 5000  # maxhmmpf: a third faster than the default at the same errors
_FRAMES = 100  # a second


class Sphinx:
    """The pocketsphinx engine. More than half the words of natural speech may be wrong: `rough`."""

    engine = "pocketsphinx"
    model = "en-us"
    rough = True
    drafts = False
    # 0.4 s of padding gave a point fewer word errors than 0.2 s, and 10 s in one go are as good as 20 or 30.
    cuts = Cuts(pause=0.4, padding=0.4, enough=5.0, longest=15.0)

    def __init__(self) -> None:
        self._decoder: Any = None

    def warm_up(self) -> None:
        """Loads model and dictionary (0.4 s, 106 MB); RecogniserError where pocketsphinx is missing."""
        if self._decoder is None:
            self._decoder = _load()

    def words(
        self,
        samples: NDArray[np.float32],
        *,
        hotwords: Sequence[str] = (),  # noqa: ARG002  (its words are those of its dictionary)
        draft: bool = False,  # noqa: ARG002
    ) -> list[Word]:
        """The words of one stretch of speech; see `Recogniser`."""
        self.warm_up()
        self._decoder.start_stream()  # or it carries its idea of the noise over from the last stretch
        self._decoder.start_utt()
        # In one go: fed bit by bit it learns the channel as it goes, which cost 12 points of word errors.
        self._decoder.process_raw((levelled(samples) * 32767).astype("<i2").tobytes(), full_utt=True)
        self._decoder.end_utt()
        return list(self._said(len(samples) / SAMPLE_RATE))

    def _said(self, seconds: float) -> Iterator[Word]:
        for segment in self._decoder.seg() or ():
            if not segment.word.startswith(("<", "[")):  # silence and noise
                yield Word(
                    re.sub(r"\(\d+\)$", "", segment.word),  # "a(2)": another pronunciation
                    segment.start_frame / _FRAMES,
                    min((segment.end_frame + 1) / _FRAMES, seconds),
                    min(1.0, float(segment.prob)),
                )


def _load() -> Any:
    try:
        import pocketsphinx  # noqa: PLC0415
    except ImportError as error:
        raise RecogniserError(
            "pocketsphinx is not on this machine (there is no build of it for every processor). "
            f"Fetch Whisper's weights instead: {command('models fetch base.en')}"
        ) from error
    return pocketsphinx.Decoder(samprate=SAMPLE_RATE, maxhmmpf=_BEAM, loglevel="FATAL")
