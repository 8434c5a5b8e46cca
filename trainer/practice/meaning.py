"""What scores compare words by: one place decides, for practice, for verifying and for calibrating alike."""

from functools import lru_cache

from models.embedding.static import StaticEmbedder
from scoring.embedder import Embedder


@lru_cache(maxsize=1)
def embedder() -> Embedder:
    """The table that ships, even where a larger model was fetched: a reply scores the same everywhere.

    It is read at the first reply (some 30 ms).
    """
    return StaticEmbedder()
