"""Whether a pack's scenarios are fit to practise with, and may stand beside those that are there."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scenarios.errors import ScenarioError
from scenarios.finding import Finding
from scenarios.judging import Judge
from scenarios.lint import report
from scenarios.loader import load
from scenarios.rubric_lint import check_rubric
from scoring.errors import RubricError
from scoring.rubrics_library import load_rubric
from trainer.library.errors import PackError
from trainer.library.pack import Pack


@dataclass(frozen=True, slots=True)
class Inspected:
    """A pack with what the linter says of it, and its scenarios by id, with where each of them lies."""

    pack: Pack
    findings: tuple[Finding, ...]
    scenarios: Mapping[str, str]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps it from being installed."""
        return tuple(one for one in self.findings if one.severity == "error")


def inspect(
    pack: Pack,
    folder: Path,
    taken: Mapping[str, str],
    judge: Judge,
    progress: Callable[[float], None] = lambda _: None,
) -> Inspected:
    """Checks the pack that lies unpacked in `folder`; `taken` says whose an id is already.

    Rubrics are checked with the judge's embedder; without one, only as far as their scenarios need them.
    """
    findings: list[Finding] = []
    ids: dict[str, str] = {}
    for number, name in enumerate(pack.scenarios, 1):
        findings += report(folder / name, judge).findings
        findings += _of_id(folder / name, name, ids, taken)
        progress(number / len(pack.scenarios))
    judged_by = {_rubric_of(folder / name) for name in pack.scenarios}
    for name in (one for one in pack.rubrics if (folder / one).as_posix() not in judged_by):
        findings += check_rubric(folder / name, judge.embedder).findings if judge.embedder else ()
    findings += _of_language(pack)
    return Inspected(pack, tuple(_as_given(dict.fromkeys(findings), folder, pack)), ids)


def files_in(pack: Pack, folder: Path) -> dict[str, Path]:
    """The scenarios of an unpacked pack by their ids; PackError names the first that can't be played."""
    found = {}
    for name in pack.scenarios:
        try:
            scenario = load(folder / name)
            load_rubric(scenario.rubric)
        except (ScenarioError, RubricError) as error:
            said = str(error).replace(str(folder), pack.place).replace(folder.as_posix(), pack.place)
            raise PackError(f"{said}.") from error
        found[scenario.id] = folder / name
    return found


def _rubric_of(file: Path) -> str:
    """The rubric that a scenario names, which the linter has checked with it; "" for one that is broken."""
    try:
        return posixpath.normpath(load(file).rubric)
    except ScenarioError:
        return ""


def _of_id(file: Path, name: str, ids: dict[str, str], taken: Mapping[str, str]) -> Iterator[Finding]:
    try:
        scenario_id = load(file).id
    except ScenarioError:  # said already
        return
    whose = taken.get(scenario_id) or ids.get(scenario_id)
    if whose:
        what = f"the id {scenario_id!r} is taken by {whose}"
        yield Finding("error", str(file), 1, what, "give this scenario another id")
    ids.setdefault(scenario_id, name)


def _of_language(pack: Pack) -> Iterator[Finding]:
    language = pack.manifest.language
    if language.partition("-")[0] != "en":
        what = f"its language is {language!r}, and the scorer reads English"
        yield Finding("warning", pack.place, 1, what, "say so to whoever practises with it")


def _as_given(findings: Mapping[Finding, None], folder: Path, pack: Pack) -> Iterator[Finding]:
    """With the file's name in the pack instead of that of the folder it was unpacked to."""
    for one in findings:
        plain = posixpath.normpath(one.file.replace("\\", "/"))
        inside = plain.removeprefix(folder.as_posix())
        file = f"{pack.place}{inside}" if inside != plain else one.file
        message = one.message.replace(str(folder), pack.place).replace(folder.as_posix(), pack.place)
        yield replace(one, file=file, message=message)
