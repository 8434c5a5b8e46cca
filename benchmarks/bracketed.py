"""Bracketed replies as lines of data: `python benchmarks/bracketed.py OUT.jsonl HAND=FOLDER...`.

A file of a folder holds replies, a blank line between them:

    P: the prospect's line, perhaps empty
    Q: quality 0 to 100 | tags
    R: so [ack]twenty percent is a real gap[/] and [root,closed]is that for the same scope[/]

Brackets hold the clause that makes the moves named (short names, benchmarks/agreement.py) and never nest.
What is broken is listed with its place and left out; exit 1 then.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.agreement import SHORT
from scoring.detectors import MOVES

_MARK = re.compile(r"\[([^\[\]]*)\]")
_BLANKS = re.compile(r"\s+")


class BrokenError(ValueError):
    """A reply that is not written as it should be."""


def lines_of(hand: str, folder: Path) -> Iterator[dict[str, Any] | str]:
    """The replies of one hand in order; where one is broken, a sentence that names the place."""
    for file in sorted(folder.glob("*.txt")):
        blocks = re.split(r"\n\s*\n", file.read_text(encoding="utf-8").strip())
        for number, block in enumerate(blocks, 1):
            name = f"{hand}{file.stem}-{number:02}"
            try:
                yield {"id": name, "hand": hand, **reply(block)}
            except BrokenError as error:
                yield f"{file}: reply {number}: {error}"


def reply(block: str) -> dict[str, Any]:
    """One reply as a line of data; raises BrokenError."""
    parts = re.split(r"^([PQR]):", block, flags=re.MULTILINE)
    if parts[0].strip() or parts[1::2] != ["P", "Q", "R"]:
        raise BrokenError(f"not the three lines P, Q, R: {block[:60]!r}")
    prompt, rated, said = (_BLANKS.sub(" ", one).strip() for one in parts[2::2])
    quality, _, tags = rated.partition("|")
    if not quality.strip().isdigit() or not 0 <= int(quality) <= 100:
        raise BrokenError(f"the quality is no number from 0 to 100: {rated!r}")
    text, spans = unbracketed(said)
    named = {label for _, _, labels in spans for label in labels}
    told = re.findall(r"[^\s,]+", tags)
    if any(tag.startswith("game") for tag in told) and spans:
        raise BrokenError("tagged as gaming, yet with moves")
    return {
        "prompt": prompt,
        "text": text,
        "labels": [move for move in MOVES if move in named],
        "spans": spans,
        "quality": int(quality),
        "tags": told,
    }


def unbracketed(said: str) -> tuple[str, list[tuple[int, int, list[str]]]]:
    """The plain text, and for each bracket where it begins and ends in it and its moves."""
    text, spans = "", list[tuple[int, int, list[str]]]()
    open_: tuple[int, list[str]] | None = None
    at = 0
    for mark in _MARK.finditer(said):
        text += said[at : mark.start()]
        at = mark.end()
        if mark.group(1) != "/":
            if open_ is not None:
                raise BrokenError(f"a bracket within a bracket: {mark.group()}")
            open_ = len(text), _moves(mark.group(1))
        elif open_ is None:
            raise BrokenError("a bracket is closed that was not opened")
        else:
            spans.append((open_[0], len(text), open_[1]))
            open_ = None
    text += said[at:]
    if open_ is not None or "[" in text or "]" in text:
        raise BrokenError("a bracket is not closed")
    if not text.strip() or any(not text[start:end].strip() for start, end, _ in spans):
        raise BrokenError("nothing is said, or nothing within a bracket")
    return text, spans


def _moves(names: str) -> list[str]:
    short = [name.strip() for name in names.split(",")]
    unknown = [name for name in short if name not in SHORT]
    if unknown:
        raise BrokenError(f"no such move: {', '.join(unknown)}")
    return sorted({SHORT[name] for name in short}, key=MOVES.index)


def written(rows: Sequence[dict[str, Any]], out: Path) -> None:
    """The lines to a file; of the same text the first stays."""
    kept: dict[str, dict[str, Any]] = {}
    for row in rows:
        kept.setdefault(" ".join(re.findall(r"\w+", row["text"].lower())), row)
    lines = [json.dumps(row, ensure_ascii=False) for row in kept.values()]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} replies, {len(rows) - len(lines)} left out as said twice")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("hands", nargs="+", help="HAND=FOLDER")
    asked = parser.parse_args()
    found = [one for hand in asked.hands for one in lines_of(hand.split("=")[0], Path(hand.split("=", 1)[1]))]
    broken = [one for one in found if isinstance(one, str)]
    written([one for one in found if not isinstance(one, str)], asked.out)
    print("\n".join(broken))
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
