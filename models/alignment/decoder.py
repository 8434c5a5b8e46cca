"""pocketsphinx as an aligner: one decoder for the process, one recording at a time.

It holds Python's lock while it decodes: whoever has a microphone open calls what uses it through
`models.aside`.
"""

import importlib.util
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.alignment.letters import phones_of
from models.recogniser import SAMPLE_RATE

FRAMES = 100
"""A second."""
_SHORTEST = 0.1  # seconds; the decoder wants some frames
FILLERS = ("um", "uh")
_FILLED = 0.1  # the chance of each in a gap; between 0.01 and 0.3 the same ones are found
_LOCK = Lock()
_ENDINGS = (("'s", "Z"), ("s'", ""), ("'ll", "AH L"), ("'d", "D"), ("'ve", "V"), ("'re", "ER"))


@dataclass(frozen=True, slots=True)
class Span:
    """A word said, from and to in seconds of the recording."""

    word: str
    start: float
    end: float


def there() -> bool:
    """Whether pocketsphinx is on this machine."""
    try:
        return importlib.util.find_spec("pocketsphinx") is not None
    except ValueError:  # what a test puts in its place has no spec
        return False


def known(word: str) -> bool:
    """Whether the dictionary has a lower-case word."""
    decoder = _decoder()
    return decoder is not None and decoder.lookup_word(word) is not None


def shortest(word: str) -> float:
    """Seconds of a word squeezed into as little as the model allows: three frames a phone."""
    decoder = _decoder()
    phones = decoder.lookup_word(word) if decoder else None
    return (3 * len((phones or "").split()) + 1) / FRAMES


def align(said: Sequence[str], samples: NDArray[np.float32]) -> list[Span] | None:
    """Where each of the words `said` is in mono float32 samples at 16 kHz; None where they aren't whole.

    The words are lower-case ones of the dictionary's letters; those it lacks get a pronunciation by rules.
    """
    found = _searched(said, samples, lambda decoder: decoder.set_align_text(" ".join(said)))
    return found if found and [span.word for span in found] == list(said) else None


def with_fillers(said: Sequence[str], samples: NDArray[np.float32]) -> list[Span] | None:
    """As `align`, with an "um" or "uh" in every gap where one fits the sound better than silence does."""

    def search(decoder: Any) -> None:
        decoder.add_fsg("fillers", _grammar(decoder, said))
        decoder.activate_search("fillers")

    found = _searched(said, samples, search)
    return found if found and _without_extra(found, said) else None


def _searched(
    said: Sequence[str], samples: NDArray[np.float32], search: Callable[[Any], None]
) -> list[Span] | None:
    """What the decoder finds after `search` told it for what; None where it can't look for these words."""
    with _LOCK:
        decoder = _decoder()
        if decoder is None or not said:
            return None
        _learn(decoder, said)
        try:
            search(decoder)
            return _decoded(decoder, samples)
        except RuntimeError:  # a word without a phone, or a sound in which these words can't be
            return None


def _grammar(decoder: Any, said: Sequence[str]) -> Any:
    """[um | uh] first [um | uh] second [um | uh] ...; a filler, or nothing, leads from an even state on."""
    ways: list[tuple[int, int, float] | tuple[int, int, float, str]] = []
    for at in range(len(said) + 1):
        ways += [(2 * at, 2 * at + 1, _FILLED, filler) for filler in FILLERS]
        ways.append((2 * at, 2 * at + 1, 1 - len(FILLERS) * _FILLED))
    ways += [(2 * at + 1, 2 * at + 2, 1.0, word) for at, word in enumerate(said)]
    return decoder.create_fsg("fillers", 0, 2 * len(said) + 1, ways)


def _without_extra(found: Sequence[Span], said: Sequence[str]) -> bool:
    """Whether all of `said` is there, in order, with nothing between but fillers."""
    at = 0
    for span in found:
        if at < len(said) and span.word == said[at]:
            at += 1
        elif span.word not in FILLERS:
            return False
    return at == len(said)


def _decoded(decoder: Any, samples: NDArray[np.float32]) -> list[Span]:
    """The words of the search that is active, without silence and noise."""
    if len(samples) < _SHORTEST * SAMPLE_RATE:
        return []
    decoder.start_stream()  # or it carries its idea of the noise over from the last recording
    decoder.start_utt()
    pcm = (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
    try:
        decoder.process_raw(pcm, full_utt=True)
    finally:
        decoder.end_utt()
    return [
        Span(
            re.sub(r"\(\d+\)$", "", segment.word),  # "a(2)": another pronunciation
            segment.start_frame / FRAMES,
            min((segment.end_frame + 1) / FRAMES, len(samples) / SAMPLE_RATE),
        )
        for segment in decoder.seg() or ()
        if not segment.word.startswith(("<", "[", "(N"))
    ]


def _learn(decoder: Any, words: Sequence[str]) -> None:
    for word in set(words):
        if decoder.lookup_word(word) is None and (phones := _phones(decoder, word)):
            decoder.add_word(word, phones, False)


def _phones(decoder: Any, word: str) -> str:
    for ending, phones in _ENDINGS:
        if word.endswith(ending) and (base := decoder.lookup_word(word.removesuffix(ending))):
            return f"{base} {phones}".strip()
    return phones_of(word)


@cache
def _decoder() -> Any:
    """41 MB, 0.2 s; None where pocketsphinx is missing."""
    try:
        import pocketsphinx  # noqa: PLC0415
    except ImportError:
        return None
    # With the usual beams a quarter of recordings give nothing; with bestpath words are lost silently.
    return pocketsphinx.Decoder(
        samprate=SAMPLE_RATE,
        lm=None,
        bestpath=False,
        beam=1e-200,
        wbeam=1e-150,
        pbeam=1e-200,
        loglevel="FATAL",
    )
