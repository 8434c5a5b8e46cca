"""Recordings small enough to lie inside a page."""

import base64
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE
from trainer.audio.reading import read

BIT_RATE = 32_000
"""Of MP3, which every browser and telephone plays: 4 kB a second. Opus saves nothing here: 20 s of a tone
were 81 kB either way."""

BEFORE, LONGEST = 10.0, 60.0
"""Seconds before the place to hear, and of the whole cut; a shorter reply is there as a whole."""

LEAD_IN = 0.3
"""Seconds heard before the place, so that its first word is whole."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A recording as a `data:` address, and the second of it that playing begins at."""

    address: str
    start: float
    seconds: float


def cut(file: Path, second: float) -> Cut:
    """What is to be heard around `second` of a recording. AudioError if it can't be read."""
    samples = read(file).samples
    begin = max(0.0, second - BEFORE) if len(samples) > LONGEST * SAMPLE_RATE else 0.0
    part = samples[round(begin * SAMPLE_RATE) : round((begin + LONGEST) * SAMPLE_RATE)]
    coded = base64.b64encode(_mp3(part)).decode()
    start = max(0.0, second - begin - LEAD_IN)
    return Cut(f"data:audio/mpeg;base64,{coded}", round(start, 1), len(part) / SAMPLE_RATE)


def _mp3(samples: NDArray[np.float32]) -> bytes:
    import av  # noqa: PLC0415 - a quarter of a second

    whole = np.clip(np.rint(samples * 32767), -32768, 32767).astype(np.int16)
    out = io.BytesIO()
    with av.open(out, "w", format="mp3") as file:
        stream = file.add_stream("libmp3lame", rate=SAMPLE_RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(whole.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        resampler = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=SAMPLE_RATE)
        for ready in (*resampler.resample(frame), *resampler.resample(None), None):
            for packet in stream.encode(ready):
                file.mux(packet)
    return out.getvalue()
