"""The SQLite store through sqlite-utils; the only code that writes SQL for it."""

from trainer.store.errors import StoreError
from trainer.store.store import Store

__all__ = ["Store", "StoreError"]
