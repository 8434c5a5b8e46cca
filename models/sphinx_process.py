"""pocketsphinx in a process of its own: it holds Python's lock for as long as it decodes.

In the app's process that stopped the microphone and the screen, for seconds. It reads a length
in bytes (4, little-endian) and that much 16-bit sound at 16 kHz from standard input, and answers with a line
of JSON: word, first and last frame, probability of each segment. It ends when its input does.
"""

import json
import sys
from typing import Any

BEAM = 5000  # maxhmmpf: a third faster than the default at the same errors
RATE = 16_000


def main() -> None:
    """Says that it is ready, then answers until nobody asks any more."""
    import pocketsphinx  # noqa: PLC0415  (half a second with its model)

    decoder = pocketsphinx.Decoder(samprate=RATE, maxhmmpf=BEAM, loglevel="FATAL")
    say([])
    while size := sys.stdin.buffer.read(4):
        say(heard(decoder, sys.stdin.buffer.read(int.from_bytes(size, "little"))))


def heard(decoder: Any, sound: bytes) -> list[tuple[str, int, int, float]]:
    """The segments of one stretch."""
    decoder.start_stream()  # or it carries its idea of the noise over from the last stretch
    decoder.start_utt()
    # In one go: fed bit by bit it learns the channel as it goes, which cost 12 points of word errors.
    decoder.process_raw(sound, full_utt=True)
    decoder.end_utt()
    return [(one.word, one.start_frame, one.end_frame, float(one.prob)) for one in decoder.seg() or ()]


def say(answer: object) -> None:
    """One line to whoever asked."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
