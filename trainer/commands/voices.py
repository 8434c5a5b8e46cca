"""Whether this machine can speak for a buyer."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.voice import Gender


@cache
def speaks(gender: "Gender") -> bool:
    """Whether a program of this machine says a word in such a voice (some 30 ms; tried once)."""
    from tempfile import TemporaryDirectory

    from models.voice import spoken

    with TemporaryDirectory() as folder:
        return spoken("Yes.", gender, Path(folder)) is not None
