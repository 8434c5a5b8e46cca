"""`trainer scenarios check`: whether scenarios are fit to practise with, and by what margin."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from scenarios.examples import Tried
    from scenarios.lint import Report
    from scenarios.margins import Margin
    from scenarios.schema import Scenario

PATIENCE = 2.0
"""Seconds after which the work is shown to go on."""

FEW = 3
"""Scenarios up to which every turn has its line; of more, each has one."""


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(check)


def check(
    scenario: Annotated[
        list[Path] | None, typer.Argument(metavar="[SCENARIO]...", help="Ids or files; all otherwise.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check scenarios: form, branches, examples, margins, lines, voices, practice; exit 2 on an error."""
    from dataclasses import asdict

    from trainer.commands import content
    from trainer.commands.output import counted, emit, note, say

    found = _reports([str(one) for one in scenario or []])
    findings = [finding for one in found for finding in one.findings]
    errors = sum(one.errors for one in found)
    unspoken = _unspoken(found)
    practice = content.health_of([one.scenario for one in found if one.scenario])
    if as_json:
        emit(
            {
                "findings": [finding.as_json() for finding in findings],
                "errors": errors,
                "scenarios": [
                    _document(one.name, one.scenario, one.examples) for one in found if one.scenario
                ],
                "no_voice_for": list(unspoken),
                "practice": asdict(practice) if practice else None,
            }
        )
    else:
        for finding in findings:
            note(str(finding))
        for line in _tables(found):
            say(line)
        for gender in unspoken:
            note(f"No voice of this machine speaks for a {gender} buyer; the lines are shown all the same.")
        for line in content.lines(practice) if practice else ():
            say(line)
        say(f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}.")
    if errors:
        raise typer.Exit(2)


def _reports(wanted: Sequence[str]) -> list["Report"]:
    """A report on each; what was judged is remembered for the next time."""
    from datetime import UTC, datetime
    from time import monotonic

    from scenarios.judging import Judge
    from scenarios.lint import reports
    from scenarios.loader import ids
    from trainer.commands import options
    from trainer.commands.output import Progress
    from trainer.practice.meaning import embedder

    judge = Judge(embedder(), options.paths().cache / "checked")
    progress, began = Progress("Checking"), monotonic()
    found: list[Report] = []
    number = len(wanted or ids())
    for report in reports(wanted, judge, datetime.now(UTC).astimezone().date()):
        found.append(report)
        if monotonic() - began > PATIENCE:
            progress(len(found) / number)
    progress(1.0)
    judge.remember()
    return found


def _unspoken(found: Sequence["Report"]) -> Iterator[str]:
    """The buyers' kinds of voice that this machine has no program for, or whose program fails."""
    from trainer.commands.voices import speaks

    wanted = {form.persona.voice for one in found if one.scenario for form in one.scenario.forms.values()}
    return (gender for gender in sorted(wanted) if not speaks(gender))


def _document(name: str, scenario: "Scenario", examples: "Sequence[Tried]") -> dict[str, Any]:
    from dataclasses import asdict

    from scenarios.comparing import load_of
    from scenarios.margins import margins

    return {
        "id": scenario.id,
        "file": name,
        "margins": [asdict(margin) for margin in margins(scenario, examples)],
        "forms": [asdict(load_of(scenario, form)) for form in scenario.forms],
    }


def _tables(found: Sequence["Report"]) -> Iterator[str]:
    playable = [(one.scenario, one.examples) for one in found if one.scenario and one.examples]
    if len(playable) > FEW:
        yield from _overview(playable)
        return
    for scenario, examples in playable:
        yield from _by_turn(scenario, examples)
        yield ""


def _overview(found: "Sequence[tuple[Scenario, Sequence[Tried]]]") -> Iterator[str]:
    from scenarios.margins import margins
    from trainer.commands.output import columns

    rows: list[tuple[Any, ...]] = [("", "forms", "exemplars", "over 80", "counter-examples", "under 50")]
    for scenario, examples in found:
        of = margins(scenario, examples)
        good, poor = (sum(one.good is kind for one in examples) for kind in (True, False))
        over, under = _least([one.over for one in of]), _least([one.under for one in of])
        rows.append((scenario.id, " ".join(scenario.forms), good, over, poor, under))
    yield from columns(rows)


def _by_turn(scenario: "Scenario", examples: "Sequence[Tried]") -> Iterator[str]:
    from scenarios.comparing import load_of
    from scenarios.margins import margins
    from trainer.commands.output import columns

    head = ("", scenario.id, "exemplars", "over 80", "counter-examples", "under 50")
    yield from columns([head, *(_row(margin) for margin in margins(scenario, examples))])
    for name in scenario.forms:
        load = load_of(scenario, name)
        reply = "" if load.reply_words is None else f"a good reply has {load.reply_words:.0f} words, "
        yield f"Form {name}: {reply}a line of the buyer {load.line_words:.0f}, at grade {load.grade:.1f}."


def _row(margin: "Margin") -> tuple[Any, ...]:
    def scores(found: Sequence[int | None]) -> str:
        return " ".join("?" if one is None else str(one) for one in found) or "none"

    over, under = (_least([one]) for one in (margin.over, margin.under))
    return margin.form, margin.turn, scores(margin.exemplars), over, scores(margin.counter_examples), under


def _least(margins: Sequence[int | None]) -> str:
    known = [one for one in margins if one is not None]
    return f"{min(known):+d}" if known and len(known) == len(margins) else "?"
