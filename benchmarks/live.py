"""How long a rep waits for the words after the last one: `python -m benchmarks.live FOLDER`.

FOLDER holds recordings of people (16 kHz, a manifest.jsonl naming them, as for benchmarks.word_errors). They
are joined to replies of 5, 15 and 30 s, with 0.8 s of silence before the key, and spoken into
`trainer.hearing` in real time. Models have the true dimensions and random weights
(benchmarks.whisper_speed); pocketsphinx is itself. For each reply, one after the other in one run: the wait
from the key to the words, live; the wait for the same recording afterwards; and what its last stretch costs
alone. With --same nothing is waited for: every recording is heard live and afterwards, and the words that
differ are counted.

Machines differ and are shared: ratios come first. On one that is busy with other things (see load) a model
may be slower than speech that is not otherwise.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from models.activity import Stretch
from models.imitation.weights import SIZES, TOKENS_A_SECOND, make
from models.recogniser import SAMPLE_RATE, Recogniser
from models.sphinx import Sphinx
from models.whisper import Whisper, threads
from trainer.audio.reading import read
from trainer.hearing.live import Live
from trainer.hearing.reply import Heard, hear, part_of, with_sound, words_of
from trainer.hearing.stretches import Stretches
from trainer.practice.word_errors import word_error_rate

Made = TypeVar("Made")

REPLIES = (5, 15, 30)
BLOCK = 512
LAST_SILENCE = 0.8
STRETCH = 6.0
"""Seconds of a usual stretch; a model made for the measurement says as many words in each, however long."""


@dataclass(frozen=True)
class Waits:
    """Seconds: from the key to the words live and afterwards, and what the last stretch alone costs."""

    live: float
    afterwards: float
    tail: float
    equal: bool


def main() -> None:
    """Prints a row for each model, window and length of reply."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--models", nargs="*", default=["tiny.en", "base.en", "small.en"])
    asked.add_argument("--windows", nargs="*", default=["full", "short"], choices=["full", "short"])
    asked.add_argument("--lengths", nargs="*", type=int, default=REPLIES)
    asked.add_argument("--replies", type=int, default=5, help="of each length")
    asked.add_argument("--same", action="store_true", help="count the words that differ instead")
    given = asked.parse_args()
    if given.same:
        with tempfile.TemporaryDirectory() as folder:
            for name in given.models:
                print(same(made(name, given.windows[0], Path(folder)), given.folder, given.replies))
        return
    print(
        f"{threads()} threads, load {os.getloadavg()[0]:.1f}, {given.replies} replies each; seconds p50 / p95"
    )
    print(
        "model         window  reply  live/afterwards  live - tail    live p50/p95  afterwards p50/p95"
        "  same text"
    )
    for name in given.models:
        for window in given.windows if name != "pocketsphinx" else ["full"]:
            with tempfile.TemporaryDirectory() as folder:
                engine = made(name, window, Path(folder))
                for seconds in given.lengths:
                    waits = [waited(engine, one) for one in replies(given.folder, seconds, given.replies)]
                    print(row(name, window, seconds, waits), flush=True)


def same(engine: Recogniser, folder: Path, count: int) -> str:
    """How many words of `count` replies of 15 s differ live and afterwards."""
    words = differing = 0
    for reply in replies(folder, 15, count):
        live = Live()
        live.use(engine)
        for at in range(0, len(reply), BLOCK):
            live.feed(reply[at : at + BLOCK])
        one = live.finish().text
        other = hear(reply.astype(np.float32) / np.float32(32768), engine).text
        words += len(other.split())
        differing += round(word_error_rate(one, other) * len(other.split()))
    return f"{engine.engine} {engine.model}: {differing} of {words} words differ in {count} replies of 15 s"


def made(name: str, window: str, folder: Path) -> Recogniser:
    """The recogniser, warm."""
    engine: Recogniser
    if name == "pocketsphinx":
        engine = Sphinx()
    else:
        make(folder / name, SIZES[name], round(STRETCH * TOKENS_A_SECOND))
        engine = Whisper(folder / name, window="short" if window == "short" else "full")
    engine.warm_up()
    return engine


def replies(folder: Path, seconds: int, count: int) -> Iterator[NDArray[np.int16]]:
    """Recordings joined, never the same ones twice until they run out."""
    told = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]
    files = [folder / one["file"] for one in told if one.get("set") != "nonnative"]
    sound = np.concatenate([read(file).samples for file in files])
    length = seconds * SAMPLE_RATE
    silence = np.zeros(round(LAST_SILENCE * SAMPLE_RATE), np.int16)
    for number in range(count):
        part = np.take(sound, range(number * length, (number + 1) * length), mode="wrap")
        yield np.concatenate([np.rint(part * 32767).astype(np.int16), silence])


def waited(engine: Recogniser, reply: NDArray[np.int16]) -> Waits:
    """Speaks a reply at the pace of speech, then measures the other two on the same samples."""
    live = Live()
    live.use(engine)
    begun = time.perf_counter()
    for at in range(0, len(reply), BLOCK):
        due = begun + (at + BLOCK) / SAMPLE_RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        live.feed(reply[at : at + BLOCK])
    said, heard = timed(live.finish)
    samples = reply.astype(np.float32) / np.float32(32768)
    afterwards, again = timed(lambda: hear(samples, engine))
    cutter = Stretches(engine.cuts)
    last = [*cutter.feed(samples), *cutter.finish()][-1]
    tail, _ = timed(lambda: tail_of(last, samples, engine, cutter.blocks))
    return Waits(said, afterwards, tail, heard.text == again.text)


def tail_of(last: Stretch, samples: NDArray[np.float32], engine: Recogniser, blocks: bytearray) -> Heard:
    """What is left to do if nothing was done of the last stretch before the key, and all before it."""
    part = part_of(last, samples)
    return with_sound(Heard(last, words_of(part, engine)), part, blocks)


def timed(work: Callable[[], Made]) -> tuple[float, Made]:
    """Wall seconds, and what came of it."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def row(name: str, window: str, seconds: int, waits: list[Waits]) -> str:
    """One line: the ratios, then the seconds."""
    live, after = np.array([one.live for one in waits]), np.array([one.afterwards for one in waits])
    over = np.array([one.live - one.tail for one in waits])
    ratio = np.percentile(live / after, (50, 95))
    return (
        f"{name:13} {window:6} {seconds:4} s   {ratio[0]:5.2f} / {ratio[1]:5.2f}"
        f"   {np.percentile(over, 95):+10.2f}"
        f"     {np.median(live):5.2f} / {np.percentile(live, 95):5.2f}"
        f"       {np.median(after):5.2f} / {np.percentile(after, 95):5.2f}"
        f"      {sum(one.equal for one in waits)} of {len(waits)}"
    )


if __name__ == "__main__":
    main()
