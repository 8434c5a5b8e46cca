"""How fast this machine hears speech, measured on what is here and reckoned for the rest."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.installed import installed
from models.recogniser import SAMPLE_RATE
from models.whisper import Whisper
from models.window import Window

STRETCH = 5.0
"""Seconds: while a rep speaks, stretches of 4 s and more are heard one after the other."""

KEEPS_UP = 0.7
"""Of the time that a stretch lasts, for hearing it; the rest is for recording, screen and voice activity."""

BUDGET = 7.0
"""Seconds for all measuring; what would take longer is reckoned."""

LONG_RUN = 2.0
"""Seconds; a shorter first run is followed by a second, which no longer finds cold caches."""

COSTS: Mapping[str, float] = {
    "tiny.en": 0.55,
    "base.en": 1.17,
    "distil-small.en": 3.4,
    "small.en": 3.85,
    "medium.en": 13.7,
}
"""CPU seconds for a stretch on one x86-64 core, smallest first: a window of 30 s through the encoder, 20
tokens through the decoder, their alignment. Measured for tiny, base and small (0.43 + 0.09 + 0.03,
0.93 + 0.18 + 0.06, 3.09 + 0.53 + 0.23), for the others by layers and width squared: small's encoder with a
third of its decoder, and 3.6 times small. Only their ratios are used."""

PROBE = "base.en"


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds of hearing for a second of speech, and whether that was measured here or reckoned.

    `installed` says whether its weights are on this machine. Without them a model of the same size that has
    learnt nothing is measured.
    """

    model: str
    real_time: float
    measured: bool
    installed: bool

    @property
    def keeps_up(self) -> bool:
        """Whether words can be there while the rep still speaks."""
        return self.real_time <= KEEPS_UP


Measure = Callable[[str, Path | None], float]
"""Seconds that hearing a second of speech takes: a model's by its folder, or one of its size for None."""


def speeds(
    models_dir: Path,
    speech: NDArray[np.float32],
    *,
    window: Window = "full",
    clock: Callable[[], float] = time.perf_counter,
    measure: Measure | None = None,
) -> list[Speed]:
    """Every model of the catalogue, the cheapest first; RecogniserError if an installed one can't be used.

    `speech` is somebody's, mono at 16 kHz. Takes `BUDGET` seconds at most where the first measurement does.
    """
    here = {model.name: model.path for model in installed(models_dir) if model.name in COSTS}
    measure = measure or (lambda name, folder: _measured(name, folder, speech, window))
    known: dict[str, float] = {}
    took: dict[str, float] = {}
    end = clock() + BUDGET
    for name, folder in _candidates(here):
        started = clock()
        if started + _expected(name, took) <= end:
            known[name] = measure(name, folder)
            took[name] = clock() - started
    return [Speed(name, _real_time(name, known), name in known, name in here) for name in COSTS]


def recommended(found: Sequence[Speed]) -> Speed | None:
    """The largest model that keeps up with speech; None if none does."""
    fast = [speed for speed in found if speed.keeps_up]
    return max(fast, key=lambda speed: COSTS[speed.model], default=None)


def _candidates(here: Mapping[str, Path]) -> Iterator[tuple[str, Path | None]]:
    """What is worth measuring, in that order: one that is quick first, so that the rest can be foreseen."""
    ordered = [name for name in COSTS if name in here]
    if not ordered or COSTS[ordered[0]] > COSTS[PROBE]:
        yield PROBE, None
    yield from ((name, here[name]) for name in ordered)
    if not ordered:
        yield "tiny.en", None


def _expected(name: str, took: Mapping[str, float]) -> float:
    """Seconds that measuring will take, from what the last one took; the first is always tried."""
    if not took:
        return 0.0
    last = list(took)[-1]
    return took[last] * max(1.0, COSTS[name] / COSTS[last])


def _real_time(name: str, known: Mapping[str, float]) -> float:
    """As measured; else from the model nearest in size."""
    nearest = min(known, key=lambda one: abs(np.log(COSTS[one] / COSTS[name])))
    return known[nearest] * COSTS[name] / COSTS[nearest]


def _measured(name: str, folder: Path | None, speech: NDArray[np.float32], window: Window) -> float:
    stretch = np.resize(speech, round(STRETCH * SAMPLE_RATE))
    if folder is not None:
        whisper = Whisper(folder, window=window)
        whisper.warm_up()
    else:
        whisper = _imitation(name, window)
    taken = _taken(whisper, stretch)
    if taken < LONG_RUN:
        taken = min(taken, _taken(whisper, stretch))
    return taken / STRETCH


def _imitation(name: str, window: Window) -> Whisper:
    """A model of that size, loaded; its folder is gone when this returns."""
    from models.imitation.weights import SIZES, TOKENS_A_SECOND, make  # noqa: PLC0415 - ctranslate2, tokenizers

    with tempfile.TemporaryDirectory(prefix="rep-trainer-") as folder:
        place = Path(folder) / name
        make(place, SIZES[name], round(STRETCH * TOKENS_A_SECOND))
        whisper = Whisper(place, window=window)
        whisper.warm_up()
    return whisper


def _taken(whisper: Whisper, stretch: NDArray[np.float32]) -> float:
    """Seconds by the clock, or one core's if that is less: then other programs had the machine meanwhile."""
    clock, core = time.perf_counter(), time.process_time()
    whisper.words(stretch)
    return min(time.perf_counter() - clock, time.process_time() - core)
