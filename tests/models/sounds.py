"""Sounds that nobody says, each a few seconds of mono float32 at 16 kHz."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
Samples = NDArray[np.float32]
_N = 4 * RATE
_T = np.arange(_N) / RATE


def _noise(seed: int = 0) -> NDArray[np.float64]:
    return np.random.default_rng(seed).standard_normal(_N)


def _pink() -> NDArray[np.float64]:
    spectrum = np.fft.rfft(_noise())
    return np.fft.irfft(spectrum / np.sqrt(np.arange(1, len(spectrum) + 1)), _N)


def _bursts(length: float, every: float) -> NDArray[np.float64]:
    """1 where a burst of `length` seconds fades, each `every` seconds, 0 between."""
    since = _T % every
    return np.where(since < length, np.exp(-4 * since / length), 0.0)


def _low(sound: NDArray[np.float64], hertz: float) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(sound)
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    return np.fft.irfft(spectrum / (1 + (frequency / hertz) ** 4), len(sound))


def _chords() -> NDArray[np.float64]:
    notes = [(262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294)]
    sound = np.zeros(_N)
    for beat, chord in enumerate(notes):
        part = slice(beat * RATE, (beat + 1) * RATE)
        sound[part] = sum(np.sin(2 * np.pi * note * _T[part]) for note in chord)
    return sound * _bursts(1.0, 0.5)


def _drums() -> NDArray[np.float64]:
    kick = np.sin(2 * np.pi * 60 * _T) * _bursts(0.15, 0.5)
    return kick + 0.5 * _noise(3) * np.roll(_bursts(0.08, 0.5), RATE // 4)


def _street() -> NDArray[np.float64]:
    """Cars that come and go."""
    passing = np.clip(np.sin(2 * np.pi * _T / 2.7), 0, None) ** 2
    return _low(_noise(4), 400) * (0.3 + passing) + 0.02 * _noise(5)


def _plucked() -> NDArray[np.float64]:
    notes = np.select([_T % 2 < 0.5, _T % 2 < 1.0, _T % 2 < 1.5], [196.0, 247.0, 294.0], 330.0)
    phase = 2 * np.pi * np.cumsum(notes) / RATE
    return sum((np.sin(k * phase) / k for k in range(1, 8)), np.zeros(_N)) * _bursts(0.5, 0.5)


_MADE: dict[str, Callable[[], NDArray[np.float64]]] = {
    "digital silence": lambda: np.zeros(_N),
    "a constant": lambda: np.full(_N, 0.3),
    "a faint microphone": lambda: 0.0003 * _noise(),
    "hiss": lambda: 0.01 * _noise(),
    "loud hiss": lambda: 0.2 * _noise(),
    "a fan": _pink,
    "mains hum": lambda: 0.2 * np.sin(2 * np.pi * 50 * _T) + 0.001 * _noise(),
    "a tone": lambda: 0.3 * np.sin(2 * np.pi * 440 * _T),
    "a siren": lambda: 0.3 * np.sin(2 * np.pi * (700 * _T + 60 * np.sin(2 * np.pi * 0.5 * _T))),
    "a dial tone": lambda: 0.2 * (np.sin(2 * np.pi * 350 * _T) + np.sin(2 * np.pi * 440 * _T)),
    "keys": lambda: _noise() * _bursts(0.02, 0.21) + 0.001 * _noise(1),
    "knocks": lambda: _low(_noise(), 200) * _bursts(0.1, 0.7),
    "a cough": lambda: _low(_noise(), 1500) * _bursts(0.25, 2.0),
    "breath": lambda: 0.05 * _low(_noise(), 900) * np.sin(np.pi * _T / 2) ** 2,
    "chords": _chords,
    "pink noise, loud": lambda: 3 * _pink(),
    "rumble": lambda: _low(_noise(6), 60),
    "a street": _street,
    "rain": lambda: 0.1 * np.where(np.abs(_noise(7)) > 2.5, _noise(8), 0.05 * _noise(9)),
    "a fan with hum": lambda: _pink() + 0.05 * np.sin(2 * np.pi * 100 * _T),
    "drums": _drums,
    "a guitar": _plucked,
    "a telephone": lambda: np.sin(2 * np.pi * 425 * _T) * np.sign(np.sin(2 * np.pi * 20 * _T)) * (_T % 2 < 1),
    "clearing a throat": lambda: (
        _low(_noise(10), 500) * _bursts(0.4, 1.3) * (1 + np.sin(2 * np.pi * 28 * _T))
    ),
    "a sniff": lambda: 0.2 * (_noise(11) - _low(_noise(11), 1200)) * _bursts(0.35, 1.7),
    "typing in a fan": lambda: 0.4 * _noise(12) * _bursts(0.015, 0.13) + _pink(),
    "a microphone bumped": lambda: np.sign(np.sin(2 * np.pi * 30 * _T)) * _bursts(0.06, 1.9),
}
NAMES = sorted(_MADE)


def sound(name: str) -> Samples:
    """The sound called `name`, never louder than full scale."""
    made = _MADE[name]()
    return (made / max(1.0, float(np.abs(made).max()))).astype(np.float32)
