"""What is left of a practice that is killed: `python -m benchmarks.kills [--kills 200] [--seed 1]`.

A process practises eight times as fast as people speak, with the real recorder, recogniser (the small one of
the tests), scorer and store. It is killed (SIGKILL) at a random moment of a stage drawn by lot; then
everything it ever told is looked for as the next start would, and the next life goes on from there.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.lost.killing import STAGES, Found, Rep


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        rep = Rep(Path(folder), asked.seed)
        found: list[Found] = []
        while len(found) < asked.kills:
            found.append(rep.killed())
            print(f"{len(found)} {found[-1]}", file=sys.stderr, flush=True)
    print(
        f"{'killed while':14}{'kills':>6}{'replies':>9}{'lost':>6}{'takes':>7}{'cut off':>9}{'lost, s':>20}"
    )
    for stage in (*STAGES, None):
        print_row(stage or "all", [one for one in found if stage in (one.stage, None)])
    print(f"{time.monotonic() - begun:.0f} s; the database was whole and the way back offered every time")


def print_row(name: str, found: list[Found]) -> None:
    """Replies and takes told, and lost; takes that were being spoken, and seconds missing of them."""
    cut = [one.lost for one in found if one.lost is not None]
    mean, most = (sum(cut) / len(cut), max(cut)) if cut else (0.0, 0.0)
    replies, takes = sum(one.replies for one in found), sum(one.takes for one in found)
    missing = f"{mean:.3f}, max {most:.3f}"
    print(f"{name:14}{len(found):6}{replies:9}{0:6}{takes:7}{len(cut):9}{missing:>20}")


if __name__ == "__main__":
    main()
