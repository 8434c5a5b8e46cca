"""Fingerprints of what made a score, so that anybody can make it again and tell whether anything differs."""

import json
from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel

from scoring.transcript import Transcript

LAYER = "layer.npz"
"""In `moves/`: the weights of the learnt verdict."""


def content_hash(content: Any) -> str:
    """SHA-256 (hex) of the canonical JSON of a JSON-able value or a pydantic model."""
    plain = content.model_dump(mode="json") if isinstance(content, BaseModel) else content
    text = json.dumps(plain, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode("ascii")).hexdigest()


def transcript_hash(transcript: Transcript) -> str:
    """The content hash of what a transcript says and where it came from."""
    words = [[word.text, word.start, word.end, word.confidence] for word in transcript.words]
    told = [transcript.engine, transcript.model, transcript.seconds, transcript.source, transcript.rough]
    if transcript.sound is None:  # as every transcript was hashed before sounds were kept
        return content_hash([transcript.text, words, *told])
    return content_hash([transcript.text, words, *told, asdict(transcript.sound)])


@lru_cache(maxsize=1)
def scorer_hash() -> str:
    """SHA-256 of this package's code and data but the rubrics, whatever the line ends; read once."""
    root = files("scoring")
    digest = sha256()
    for name, file in sorted(_sources(root, "")):
        digest.update(f"{name}\0".encode())
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
        digest.update(b"\0")
    return digest.hexdigest()


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for one in folder.iterdir():
        if one.is_dir() and one.name not in ("rubrics", "__pycache__"):
            found += _sources(one, f"{prefix}{one.name}/")
        elif one.name.endswith((".py", ".yaml")) or one.name == LAYER:
            found.append((f"{prefix}{one.name}", one))
    return found
