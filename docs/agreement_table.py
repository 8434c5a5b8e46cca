"""The agreement table of docs/scoring.md, from scoring/published.json: `python docs/agreement_table.py`.

Run it after `trainer calibrate LABELLED.jsonl --publish scoring/published.json --about "…"`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from scoring.published import Published, Standing, published
from trainer.practice.labelling import MOVES

PAGE = Path(__file__).parent / "scoring.md"
BEGIN, END = "<!-- agreement -->", "<!-- /agreement -->"


def table(found: Published) -> str:
    """Markdown: what it was measured on, then a row a move."""
    lines = [
        f"Measured on {found.data}. Scorer `{found.scorer[:12]}`.",
        "",
        "| | replies | with it | precision | recall | F1 | kappa (95 %) | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for move, (says, _) in MOVES.items():
        if move in found.moves:
            one = found.moves[move]
            lines.append(row(says, one, "" if one.proven else "unproven"))
        else:
            lines.append(f"| {says} | 0 | 0 | – | – | – | – | unproven |")
    if found.overall:
        lines.append(row("**all of them**", found.overall, ""))
    return "\n".join(lines)


def row(name: str, one: Standing, remark: str) -> str:
    """One line of the table."""
    shares = " | ".join(
        "–" if share is None else f"{share:.2f}" for share in (one.precision, one.recall, one.f1)
    )
    kappa = "–" if one.kappa is None else f"{one.kappa:.2f} ({one.low:.2f}–{one.high:.2f})"
    return f"| {name} | {one.n} | {one.made} | {shares} | {kappa} | {remark} |"


def filled(page: str, found: Published) -> str:
    """The page with the table between its marks."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table(found)}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), published()), encoding="utf-8")
