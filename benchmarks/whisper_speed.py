"""How fast our faster-whisper engine is here, without any weights: `python -m benchmarks.whisper_speed`.

Makes models with the true dimensions whose decoder says made-up words at the pace of speech (3.9 tokens a
second), then times hearing them as the app does: load, and a reply of 5, 15 and 30 s. Each
model runs in a process of its own. Quote the ratios; the seconds are this machine's.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from models.imitation.weights import SIZES, TOKENS_A_SECOND, make
from models.whisper import Whisper, threads
from trainer.hearing.reply import hear

REPLIES = (5, 15, 30)
CLIP = Path(__file__).parents[1] / "tests" / "models" / "clips" / "company.flac"


def main() -> None:
    """Prints one line for each model and reply."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", default=["tiny.en", "base.en", "small.en"], metavar="MODEL")
    asked.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        print(json.dumps(timed(Path(given.one[0]), float(given.one[1]))))
        return
    print(f"{threads()} threads, load {os.getloadavg()[0]:.1f}")
    print("model      reply    load   first   again  real-time  CPU s   MB")
    for name in given.sizes:
        for seconds in REPLIES:
            print_row(name, seconds)


def print_row(name: str, seconds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / name, SIZES[name], round(seconds * TOKENS_A_SECOND))
        command = [sys.executable, "-m", __spec__.name, "--one", str(Path(folder) / name), str(seconds)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(
        f"{name:10} {seconds:3} s {told['load']:7.2f} {told['first']:7.2f} {told['again']:7.2f}"
        f" {told['again'] / seconds:10.2f} {told['cpu']:6.2f} {told['megabytes']:4.0f}"
    )


def timed(folder: Path, seconds: float) -> dict[str, float]:
    """Seconds to load, to hear a reply the first time and the best of three more, with its CPU seconds."""
    whisper = Whisper(folder)
    load = taken(whisper.warm_up)
    spoken, rate = soundfile.read(CLIP, dtype="float32")
    reply = np.resize(spoken, round(seconds * rate))
    expected = round(seconds * TOKENS_A_SECOND)
    heard = len(hear(reply, whisper).words)
    assert heard == expected, f"{heard} words instead of {expected}"
    runs = [taken(lambda: hear(reply, whisper)) for _ in range(4)]
    wall, cpu = min(runs[1:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load": load[0], "first": runs[0][0], "again": wall, "cpu": cpu, "megabytes": peak}


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
