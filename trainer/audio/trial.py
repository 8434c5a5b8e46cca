"""A microphone tried out: some seconds of nobody speaking, some of somebody, and what is wrong with them."""

import queue
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.activity import Stretch, speech_stretches
from models.recogniser import SAMPLE_RATE
from trainer.audio import devices, level
from trainer.audio.errors import AudioDeviceError
from trainer.audio.portaudio import OpenMicrophone, open_microphone
from trainer.audio.resampling import Resampler
from trainer.audio.waiting import in_time

Samples = NDArray[np.float32]
Speech = Callable[[Samples], list[Stretch]]
Verdict = Literal["good", "dead", "clipped", "silent", "no speech", "noisy", "quiet room"]

OPENING_SECONDS = 5.0
STALLED_SECONDS = 1.5
SETTLING = 0.3
"""Seconds at the start that are not looked at: many microphones click when they are switched on."""

QUIET_DBFS = -50.0
"""Below this speech drowns in a cheap converter's own noise; at arm's length people give -35 to -20 dBFS."""

CLIPPED_SHARE = 0.001
"""One sample in a thousand at full scale is heard as crackle, and is more than a plosive makes."""

SPEECH_OVER_NOISE_DB = 15.0
"""Below it recognisers begin to guess; a quiet room gives 30 and more."""

LOUD_ROOM_DBFS = QUIET_DBFS + SPEECH_OVER_NOISE_DB
"""Noise above which speech at an ordinary level is no longer that much louder."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found, in dBFS (-inf for digital silence; no `speech` where none was heard), and the mend."""

    verdict: Verdict
    peak: float
    noise: float
    speech: float | None
    clipped: float
    message: str
    mend: str

    @property
    def over_noise(self) -> float | None:
        """Speech over noise in dB, None where there is no speech or no noise."""
        if self.speech is None or self.noise == level.SILENCE:
            return None
        return self.speech - self.noise

    @property
    def good(self) -> bool:
        """Whether nothing needs mending."""
        return self.verdict in ("good", "quiet room")


def listen(device: str, seconds: float, *, opener: OpenMicrophone = open_microphone) -> Samples:
    """So many seconds from a microphone ("" is the system's own choice), mono at 16 kHz, kept in memory only.

    AudioDeviceError if it can't be opened, or stops.
    """
    arrived: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    stream = in_time(
        lambda: opener(device, lambda data, _lost: arrived.put(data), lambda: arrived.put(None)),
        OPENING_SECONDS,
        late=lambda too_late: too_late.close(),
    )
    wanted = round((SETTLING + seconds) * stream.rate) * stream.channels * 2
    data, patience = bytearray(), OPENING_SECONDS
    try:
        while len(data) < wanted:
            data += _next(arrived, patience)
            patience = STALLED_SECONDS
    finally:
        in_time(stream.close, OPENING_SECONDS)
    sound = np.frombuffer(bytes(data), np.int16).reshape(-1, stream.channels).mean(axis=1) / level.FULL_SCALE
    samples: Samples = sound.astype(np.float32)
    if stream.rate != SAMPLE_RATE:
        samples = Resampler(stream.rate, SAMPLE_RATE, np.float32)(samples, last=True)
    return samples[round(SETTLING * SAMPLE_RATE) :]


def judged(quiet: Samples, spoken: Samples | None, *, speech: Speech | None = None) -> Trial:
    """What to say of a microphone. `quiet`: nobody spoke; `spoken`: somebody was asked to, None if not."""
    figures = _Figures.of(quiet, spoken, speech or _stretches)
    verdict, message, mend = _verdict(figures, asked=spoken is not None)
    return Trial(verdict, figures.peak, figures.noise, figures.speech, figures.clipped, message, mend)


@dataclass(frozen=True, slots=True)
class _Figures:
    peak: float
    noise: float
    speech: float | None
    clipped: float

    @classmethod
    def of(cls, quiet: Samples, spoken: Samples | None, speech: Speech) -> "_Figures":
        sound = quiet if spoken is None else np.concatenate([quiet, spoken])
        said = [] if spoken is None else speech(spoken)
        parts = [] if spoken is None else [spoken[_at(one.start) : _at(one.end)] for one in said]
        return cls(
            peak=level.peak_dbfs(sound),
            noise=level.floor(quiet),
            speech=level.dbfs(np.concatenate(parts)) if parts else None,
            clipped=level.clipped_share(sound),
        )


def _verdict(found: _Figures, *, asked: bool) -> tuple[Verdict, str, str]:
    if found.peak == level.SILENCE:
        return "dead", "The microphone gives only digital silence", devices.mute_mend()
    if found.clipped > CLIPPED_SHARE:
        what = f"The microphone is too loud: {found.clipped:.1%} of the sound is cut off (clipped)"
        return "clipped", what, "Turn it down in the sound settings, or move further away from it."
    if asked and found.speech is None:
        what = f"No speech was heard; the loudest sound was {found.peak:.0f} dBFS"
        return "no speech", what, "Try again and speak up; or choose another microphone in Settings."
    if found.speech is not None:
        return _of_speech(found.speech, found.noise)
    if found.noise > LOUD_ROOM_DBFS:
        what = f"The room is loud: its noise is at {found.noise:.0f} dBFS"
        return "noisy", what, "Move to a quieter place, or use a headset."
    return "quiet room", f"The microphone hears a quiet room: noise {_level(found.noise)}", ""


def _of_speech(speech: float, noise: float) -> tuple[Verdict, str, str]:
    if speech < QUIET_DBFS:
        what = f"The microphone hears you faintly: speech is at {speech:.0f} dBFS"
        return "silent", what, "Turn it up in the sound settings, move closer, or choose another one."
    over = speech - noise
    if over < SPEECH_OVER_NOISE_DB:
        what = f"There is too much noise: your voice is only {over:.0f} dB above it"
        return "noisy", what, "Move closer to the microphone, or to a quieter place, or use a headset."
    figures = f"speech {speech:.0f} dBFS, noise {_level(noise)}"
    over_it = "" if noise == level.SILENCE else f", {over:.0f} dB over it"
    return "good", f"The microphone hears you well: {figures}{over_it}", ""


def _level(dbfs: float) -> str:
    return "none" if dbfs == level.SILENCE else f"{dbfs:.0f} dBFS"


def _stretches(samples: Samples) -> list[Stretch]:
    return speech_stretches(samples, padding=0.0)


def _at(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)


def _next(arrived: "queue.SimpleQueue[bytes | None]", patience: float) -> bytes:
    try:
        block = arrived.get(timeout=patience)
    except queue.Empty:
        block = None
    if block is None:
        raise AudioDeviceError("The microphone stopped. Plug it in again, or choose another one.")
    return block
