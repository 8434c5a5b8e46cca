"""The clips and the micro whisper."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from models.whisper import Whisper

HERE = Path(__file__).parent
MICRO = HERE / "micro_whisper" / "whisper-micro.en"


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording, what is said in it, and where its words start (in seconds; only espeak tells)."""

    samples: NDArray[np.float32]
    text: str
    starts: tuple[float, ...]


@cache
def clip(name: str) -> Clip:
    """A committed clip; see micro_whisper/making/clips.py."""
    told: dict[str, Any] = json.loads((HERE / "clips" / "clips.json").read_text(encoding="utf-8"))[name]
    samples, _rate = soundfile.read(HERE / "clips" / f"{name}.flac", dtype="float32")
    return Clip(samples, told["text"], tuple(told.get("starts", ())))


@pytest.fixture(scope="session")
def micro() -> Whisper:
    """The real engine with the small model, loaded once."""
    return Whisper(MICRO)
