"""`trainer calibrate`: how well the scorer agrees with a person's labels."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.published import Standing
    from trainer.commands.agreeing import Judged, Quality, Row


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(calibrate)


def calibrate(
    labelled: Annotated[
        Path,
        typer.Argument(
            metavar="LABELLED.jsonl",
            help='A line a reply: {"id", "text", "prompt" or "scenario" and "turn", "labels"}.',
        ),
    ],
    second: Annotated[
        Path | None,
        typer.Option(metavar="F.jsonl", help='A second person\'s labels: {"id", "labels"} a line.'),
    ] = None,
    publish: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the agreement of each move to this file.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the labelled replies are, for --publish.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Compare the scorer with people who labelled the same replies."""
    from trainer.commands import agreeing
    from trainer.commands.labelled import read
    from trainer.commands.output import Progress, note

    replies = read(labelled, second)
    progress = Progress("scoring")
    judged = agreeing.judge(replies, progress)
    rows = [*agreeing.rows(judged), agreeing.overall(judged)]
    if as_json:
        _emit(labelled, judged, rows)
    else:
        _say(judged, rows)
    if publish is not None:
        _publish(publish, about or labelled.name, judged, rows[-1])
        note(f"{publish}: written.")


def _emit(file: Path, judged: "Sequence[Judged]", rows: "Sequence[Row]") -> None:
    from dataclasses import asdict

    from scoring.hashes import scorer_hash
    from trainer.commands import agreeing
    from trainer.commands.output import emit

    quality, scores = agreeing.quality(judged), agreeing.scores(judged)
    emit(
        {
            "file": str(file),
            "replies": len(judged),
            "scorer": scorer_hash(),
            "agreement": [row.as_json() for row in rows[:-1]],
            "overall": rows[-1].as_json(),
            "score": None if scores is None else {"n": scores[0], "spearman": scores[1]},
            "quality": asdict(quality) if quality else None,
        }
    )


def _say(judged: "Sequence[Judged]", rows: "Sequence[Row]") -> None:
    from trainer.commands import agreeing
    from trainer.commands.output import columns, say

    head = ("", "precision", "recall", "F1", "kappa (95 %)", "n", "made", "people")
    for line in columns([head, *(_line(row) for row in rows)]):
        say(line)
    if unsure := rows[-1].unsure:
        say(f"\n{unsure} verdicts were not assessable and are in no figure.")
    if both := agreeing.scores(judged):
        say(f"\nSpearman of the score with the one the labels give, n {both[0]}: {_share(both[1])}")
    if found := agreeing.quality(judged):
        say("\n" + _quality(found))


def _line(row: "Row") -> tuple[str, ...]:
    one = row.scorer
    shares = (_share(figure) for figure in (one.precision, one.recall, one.f1))
    return (row.name, *shares, _kappa(one), str(one.n), str(one.made), _kappa(row.people))


def _kappa(one: "Standing | None") -> str:
    if one is None or one.kappa is None:
        return "–"
    return f"{one.kappa:.2f} ({one.low:.2f}–{one.high:.2f})"


def _quality(found: "Quality") -> str:
    score = (
        f"Spearman with overall quality, n {found.scored}: score {_share(found.score)}, "
        f"word count {_share(found.length)}"
    )
    moves = (
        f"Spearman with overall quality, n {found.n}: moves less faults {_share(found.moves)}, "
        f"word count {_share(found.words)}"
    )
    return "\n".join([*([score] if found.scored else []), moves])


def _share(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.2f}"


def _publish(file: Path, data: str, judged: "Sequence[Judged]", overall: "Row") -> None:
    import json

    from scoring.hashes import scorer_hash
    from trainer.commands import agreeing
    from trainer.errors import BadInputError

    document = {
        "data": data,
        "scorer": scorer_hash(),
        "replies": len(judged),
        "moves": {move: agreeing.figures(one) for move, one in agreeing.by_move(judged).items()},
        "overall": agreeing.figures(overall.scorer),
    }
    try:
        file.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"--publish {file}: {error.strerror or error}; name another file.") from error
