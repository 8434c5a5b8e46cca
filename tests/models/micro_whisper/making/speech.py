"""Synthetic speech whose words have known times, from libespeak-ng inside this process."""

import ctypes
import re
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trainer.audio.resampling import Resampler

RATE = 16_000
Samples = NDArray[np.float32]
_WORD = 1  # espeakEVENT_WORD
_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS
_SPEED, _PITCH = 1, 3  # espeakRATE, espeakPITCH
_AUDIBLE = 0.004


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word as it is written, with its start and end in seconds."""

    text: str
    start: float
    end: float

    def moved(self, seconds: float) -> "SpokenWord":
        """The same word, later."""
        return replace(self, start=self.start + seconds, end=self.end + seconds)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Mono float32 at 16 kHz, trimmed to what sounds, and its words."""

    samples: Samples
    words: tuple[SpokenWord, ...]

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / RATE


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


class Espeak:
    """The synthesiser; one in a process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._rate = self._library.espeak_Initialize(_SYNCHRONOUS, 500, None, 0)
        self._callback = _CALLBACK(self._take)
        self._library.espeak_SetSynthCallback(self._callback)
        self._blocks: list[NDArray[np.int16]] = []
        self._starts: list[tuple[int, float]] = []  # character and second of each word

    def say(self, text: str, *, voice: str = "en-us", rate: int = 175, pitch: int = 50) -> Spoken:
        """`text` at `rate` words a minute; ValueError for a voice there isn't."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(voice)
        self._library.espeak_SetParameter(_SPEED, int(rate), 0)
        self._library.espeak_SetParameter(_PITCH, int(pitch), 0)
        self._blocks, self._starts = [], []
        content = text.encode()
        self._library.espeak_Synth(content, len(content) + 1, 0, 1, 0, 1, None, None)
        self._library.espeak_Synchronize()
        loud = np.concatenate(self._blocks).astype(np.float32) / np.float32(32768)
        samples = Resampler(self._rate, RATE, np.float32)(loud, last=True)
        return self._trimmed(text, samples)

    def _take(
        self, wave: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]"
    ) -> int:
        if wave and count > 0:
            self._blocks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        at = 0
        while events[at].type:
            if events[at].type == _WORD:
                self._starts.append((events[at].text_position - 1, events[at].audio_position / 1000))
            at += 1
        return 0

    def _trimmed(self, text: str, samples: Samples) -> Spoken:
        audible = np.flatnonzero(np.abs(samples) > _AUDIBLE)
        first, last = max(0, audible[0] - 160), min(len(samples), audible[-1] + 320)
        trimmed = samples[first:last]
        starts: list[float] = []
        words = list(re.finditer(r"\S+", text))
        for word in words:
            at = [second for place, second in self._starts if word.start() <= place < word.end()]
            before = starts[-1] if starts else 0.0
            starts.append(max(0.0, at[0] - first / RATE) if at else before)
        ends = [*starts[1:], len(trimmed) / RATE]
        spoken = zip(words, starts, ends, strict=True)
        return Spoken(trimmed, tuple(SpokenWord(word.group(), start, end) for word, start, end in spoken))


def joined(parts: list[Spoken], gaps: list[float]) -> Spoken:
    """The parts one after another, with `gaps` seconds of silence before each and after the last."""
    pieces: list[Samples] = []
    words: list[SpokenWord] = []
    at = 0.0
    for part, gap in zip([*parts, Spoken(np.zeros(0, np.float32), ())], gaps, strict=True):
        silence = np.zeros(round(gap * RATE), np.float32)
        words += [word.moved(at + len(silence) / RATE) for word in part.words]
        pieces += [silence, part.samples]
        at += (len(silence) + len(part.samples)) / RATE
    assert all(a.start <= b.start for a, b in pairwise(words))
    return Spoken(np.concatenate(pieces), tuple(words))
