"""Eight hours at the app in one sitting: `python -m benchmarks.soak [--practices 160]`.

One practice in three minutes makes 160 in eight hours. A rep practises as people do, through the keys of the
app without a screen. Recorder, voice activity, scorer and store are real; the microphone plays clips as fast
as they are taken, and the recogniser has its words at once (`--whisper`: the small one of the tests). Prints
what the process holds on the way. Sought, after the first ten: at most 20 MB more, no thread more, no file
that is not a recording or the database.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from models.whisper import Whisper
from tests.lost.practising import MICRO
from tests.lost.using import Held, QuickRecogniser, Rep, held

WARM_UP = 10
EVERY = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--practices", type=int, default=160)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whisper", action="store_true")
    asked = parser.parse_args()
    recogniser = Whisper(MICRO) if asked.whisper else QuickRecogniser()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tmp").mkdir()
        tempfile.tempdir = str(Path(folder) / "tmp")
        asyncio.run(soak(Path(folder), Rep(Path(folder), asked.seed, recogniser), asked.practices))
        tempfile.tempdir = None


async def soak(root: Path, one: Rep, practices: int) -> None:
    begun = time.monotonic()
    print(f"{'practices':>9}{'replies':>9}{'MB':>8}{'threads':>9}{'open':>6}  files that should be gone")
    async with one.at_work() as rep:
        before = None
        while rep.practices < practices:
            await rep.practise()
            await rep.at_home()
            if rep.practices == WARM_UP:
                before = held(root)
            if rep.practices % EVERY == 0 or rep.practices in (WARM_UP, practices):
                print_row(rep, now := held(root))
    assert before
    print(
        f"grown by {now.memory - before.memory:.1f} MB since practice {WARM_UP}; threads {dict(now.threads)}"
    )
    print(f"{time.monotonic() - begun:.0f} s")


def print_row(rep: Rep, now: Held) -> None:
    threads = sum(now.threads.values())
    print(
        f"{rep.practices:9}{rep.replies:9}{now.memory:8.1f}{threads:9}{now.descriptors:6}  {now.strays}",
        flush=True,
    )


if __name__ == "__main__":
    main()
