"""A larger model in ONNX's format: better at meaning, slower, and not quite the same on every machine."""

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.embedding.wording import VERSION, with_wording
from scoring.embedder import unit_rows

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
_LONGEST = 128  # tokens; a clause has 45 words at most
_STEPS = 1024
"""Steps from 0 to 1 that numbers are rounded to: hides nearly all that machines differ by in their sums. What
is left can change a verdict only where a value lies within a ten-thousandth of the threshold."""


class OnnxEmbedder:
    """A sentence model whose first output is one vector per token, averaged as sentence-transformers do."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def embed(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """One row per text, as `scoring.embedder` asks; one at a time, so that none depends on others."""
        if not texts:
            return np.zeros((0, 0), np.int64)
        return with_wording(np.stack([self._vector(text) for text in texts]), texts)

    @cached_property
    def fingerprint(self) -> str:
        """Its folder's name and the hash of its files."""
        digest = sha256()
        for name in (MODEL, TOKENIZER):
            with (self._folder / name).open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        return f"{self._folder.name}-{VERSION}-{digest.hexdigest()[:16]}"

    def _vector(self, text: str) -> NDArray[np.int64]:
        ids = np.array([self._tokenizer.encode(text).ids[:_LONGEST]], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        wanted = {one.name: given[one.name] for one in self._session.get_inputs()}
        tokens: NDArray[np.float32] = self._session.run(None, wanted)[0][0]
        mean = tokens.mean(axis=0, dtype=np.float64)
        length = float(np.sqrt((mean * mean).sum())) or 1.0
        row: NDArray[np.int64] = unit_rows(np.rint(mean / length * _STEPS).astype(np.int64)[None])[0]
        return row

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415  (loaded with the first text, not with the program)

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415

        options = SessionOptions()
        options.intra_op_num_threads = 1  # the order of sums then hangs on no thread
        return InferenceSession(str(self._folder / MODEL), options, providers=["CPUExecutionProvider"])
