"""The aligner in a process of its own: pocketsphinx holds Python's lock for as long as it decodes.

It reads lines of JSON ({"ask", "words", "bytes"}), each followed by that many bytes of float32 sound at
16 kHz, from standard input, and answers each with a line of JSON. It ends when its input does.
"""

import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.alignment import decoder


def main() -> None:
    """Answers until nobody asks any more."""
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        sound = np.frombuffer(sys.stdin.buffer.read(asked["bytes"]), np.float32)
        sys.stdout.write(json.dumps(answer(asked["ask"], asked["words"], sound)) + "\n")
        sys.stdout.flush()


def answer(ask: str, words: Sequence[str], sound: NDArray[np.float32]) -> Any:
    """Which of the words are known, how long each is at the least, or where they are in the sound."""
    if ask == "known":
        return [decoder.known(word) for word in words]
    if ask == "shortest":
        return [decoder.shortest(word) for word in words]
    found = (decoder.align if ask == "align" else decoder.with_fillers)(words, sound)
    return None if found is None else [[span.word, span.start, span.end] for span in found]


if __name__ == "__main__":
    main()
