"""The prospect's voice: whatever synthesiser the machine has, rendered to WAV files and kept."""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from models.synthesisers import Espeak, Flite, Gender, Say, VoiceError, WindowsSpeech

__all__ = ["Gender", "Voice", "VoiceError", "find", "spoken"]

_BEST_FIRST = {"darwin": (Say, Espeak, Flite), "win32": (WindowsSpeech, Espeak, Flite)}


class Voice(Protocol):
    """A program of this machine that speaks English."""

    name: str

    def render(self, text: str, gender: Gender, path: Path) -> None:
        """Writes `text`, spoken, to the WAV file `path`; VoiceError if it can't."""
        ...


def find() -> Voice | None:
    """The best voice this machine has, None if it has none."""
    for kind in _BEST_FIRST.get(sys.platform, (Espeak, Flite)):
        if voice := kind.find():
            return voice
    return None


def spoken(text: str, gender: Gender, cache: Path) -> Path | None:
    """A WAV file of `text` in `cache`, rendered the first time; None where the machine can't speak it."""
    text = _plain(text)
    voice = find()
    if voice is None or not text:
        return None
    key = hashlib.sha256("\0".join((voice.name, gender, text)).encode()).hexdigest()[:32]
    kept = cache / f"{key}.wav"
    if kept.exists():
        return kept
    new = cache / f"{key}.{os.getpid()}.wav"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        voice.render(text, gender, new)
        if not _sounds(new):
            return None
        new.replace(kept)
    except (VoiceError, OSError):  # the line is on the screen; the voice is an extra
        return None
    finally:
        with suppress(OSError):
            new.unlink()
    return kept


def _plain(text: str) -> str:
    """Without what synthesisers take for commands ("[[slnc 900]]" in macOS, phonemes in espeak)."""
    return " ".join(text.replace("[[", " ").replace("]]", " ").split())


def _sounds(path: Path) -> bool:
    """Whether `path` holds a recording that is longer than nothing."""
    import soundfile  # noqa: PLC0415  (60 ms)

    try:
        return bool(soundfile.info(path).frames)
    except soundfile.SoundFileError:
        return False
