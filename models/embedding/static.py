"""The embedder that ships with the program: a vector per word, added up (`table/README.md`)."""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scoring.embedder import unit_rows

TABLE = Path(__file__).parent / "table"
NUMBER = "#"
"""The table's entry for everything written in digits."""

_BUCKETS = 256
"""Dimensions for the words themselves and their pairs: meaning alone can't tell "is it" from "it is"."""

_WORDING = 7, 10
"""Their weight beside meaning (0.7). With an earlier table, criteria given by 20 sentences reached an F1 of
0.47 on replies not fitted on with it, and of 0.42 without."""

_WORD = re.compile(r"'?[^\W\d_]+|\d+(?:[.,:]\d+)*")


class StaticEmbedder:
    """Vectors of words from a table of bytes, read when first needed (about 10 ms)."""

    def __init__(self, folder: Path = TABLE) -> None:
        self._folder = folder

    def embed(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """One row per text, as `scoring.embedder` asks; the same on every machine, bit for bit."""
        words = [tuple(words_in(text)) for text in texts]
        rows, scales = self._table
        meaning = np.zeros((len(words), rows.shape[1]), np.int64)
        for at, said in enumerate(words):
            known = [self._places[word] for word in said if word in self._places]
            meaning[at] = (rows[known].astype(np.int64) * scales[known, None]).sum(axis=0)
        wording = np.stack([_wording(said) for said in words]) if words else np.zeros((0, _BUCKETS), np.int64)
        share, whole = _WORDING
        return unit_rows(np.hstack([whole * unit_rows(meaning), share * unit_rows(wording)]))

    @cached_property
    def fingerprint(self) -> str:
        """Its name and the hash of its table."""
        digest = sha256()
        for name in ("words.txt", "rows.npy", "scales.npy"):
            digest.update(
                (self._folder / name).read_bytes().replace(b"\r\n", b"\n" if name == "words.txt" else b"\r\n")
            )
        return f"static-{digest.hexdigest()[:16]}"

    @cached_property
    def _table(self) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        rows: NDArray[np.int8] = np.load(self._folder / "rows.npy", mmap_mode="r")
        return rows, np.load(self._folder / "scales.npy").astype(np.int64)

    @cached_property
    def _places(self) -> dict[str, int]:
        words = (self._folder / "words.txt").read_text(encoding="utf-8").split()
        return {word: at for at, word in enumerate(words)}


def words_in(text: str) -> Iterator[str]:
    """The words of a text as the table has them."""
    for piece in _WORD.findall(text.lower()):
        yield NUMBER if piece[0].isdigit() else piece


def _wording(words: Sequence[str]) -> NDArray[np.int64]:
    """Counts of words and of pairs, each half as heavy as the other, spread over the buckets with signs."""
    single, pairs = _hashed(words), _hashed([" ".join(pair) for pair in pairwise(words)])
    both: NDArray[np.int64] = unit_rows(np.stack([single, pairs])).sum(axis=0)
    return both


def _hashed(items: Sequence[str]) -> NDArray[np.int64]:
    found = np.zeros(_BUCKETS, np.int64)
    for item in items:
        code = zlib.crc32(item.encode())
        found[code % _BUCKETS] += 1 if code & 0x10000 else -1
    return found
