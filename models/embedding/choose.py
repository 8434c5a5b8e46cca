"""Which embedder there is on this machine."""

from functools import lru_cache
from pathlib import Path

from models.embedding.onnx import MODEL, TOKENIZER, OnnxEmbedder
from models.embedding.static import StaticEmbedder
from scoring.embedder import Embedder


@lru_cache(maxsize=4)
def embedder(models_dir: Path) -> Embedder:
    """The first folder in `models_dir` that holds model.onnx and tokenizer.json, else the table that ships.

    Nothing is loaded before the first text.
    """
    for folder in sorted(models_dir.iterdir()) if models_dir.is_dir() else []:
        if (folder / MODEL).is_file() and (folder / TOKENIZER).is_file():
            return OnnxEmbedder(folder)
    return StaticEmbedder()
