"""The embedder that ships with the program: a vector per word, added up (`table/README.md`)."""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.embedding.wording import VERSION, with_wording, words_in
from scoring.embedder import unit_rows

TABLE = Path(__file__).parent / "table"


class StaticEmbedder:
    """Vectors of words from a table of bytes, read when first needed (about 10 ms)."""

    def __init__(self, folder: Path = TABLE) -> None:
        self._folder = folder

    def embed(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """One row per text, as `scoring.embedder` asks; the same on every machine, bit for bit."""
        rows, scales = self._table
        meaning = np.zeros((len(texts), rows.shape[1]), np.int64)
        for at, text in enumerate(texts):
            known = [self._places[word] for word in words_in(text) if word in self._places]
            meaning[at] = (rows[known].astype(np.int64) * scales[known, None]).sum(axis=0)
        return with_wording(unit_rows(meaning), texts)

    @cached_property
    def fingerprint(self) -> str:
        """Its name and the hash of its table."""
        digest = sha256("\n".join(self._places).encode())
        for name in ("rows.npy", "scales.npy"):
            digest.update((self._folder / name).read_bytes())
        return f"static-{VERSION}-{digest.hexdigest()[:16]}"

    @cached_property
    def _table(self) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        rows: NDArray[np.int8] = np.load(self._folder / "rows.npy", mmap_mode="r")
        return rows, np.load(self._folder / "scales.npy").astype(np.int64)

    @cached_property
    def _places(self) -> dict[str, int]:
        words = (self._folder / "words.txt").read_text(encoding="utf-8").split()
        return {word: at for at, word in enumerate(words)}
