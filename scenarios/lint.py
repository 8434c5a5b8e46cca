"""Whether a scenario is fit to practise with: all rules over one file or many."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from scenarios.errors import ScenarioError
from scenarios.examples import example_rules
from scenarios.finding import Finding, Severity
from scenarios.loader import LIBRARY, examine, ids, locate
from scenarios.rubric_lint import check_rubric
from scenarios.rules import Found, rubric_rules, shape_rules, wording_rules
from scenarios.schema import Scenario
from scenarios.structure import Fault
from scoring.embedder import Embedder
from scoring.errors import RubricError
from scoring.rubrics_library import is_file, load_rubric
from scoring.yaml_source import Source


def check(scenario: Scenario, *, embedder: Embedder | None = None) -> list[Finding]:
    """What is to mend in a loaded scenario, in the order of its file.

    Scores all its examples, with the embedder that practice is scored with, or by patterns alone.
    """
    if scenario.file is None:
        raise ValueError("a scenario that was not loaded from a file has no lines to point at")
    return check_file(scenario.file, embedder=embedder)


def check_all(wanted: Sequence[str | Path] = (), *, embedder: Embedder | None = None) -> list[Finding]:
    """The findings of these ids or files, of the whole library when none is given."""
    found: list[Finding] = []
    for one in wanted or ids():
        try:
            file = locate(one)
        except ScenarioError as error:
            found.append(Finding("error", str(one), 1, error.message, error.mend))
            continue
        found.extend(check_file(file, embedder=embedder))
    return found


def check_file(file: Path, *, embedder: Embedder | None = None) -> list[Finding]:
    """As `check`, for a file that may not even load."""
    try:
        source, scenario, broken = examine(file)
    except ScenarioError as error:
        return [Finding("error", str(file), error.line, error.message, error.mend)]
    if scenario is None or broken:
        return [_finding(source, Found("error", fault)) for fault in broken]
    found = sorted(_rules(scenario, file, embedder), key=lambda one: source.line_of(one.fault.place))
    return [_finding(source, one) for one in found] + _of_own_rubric(scenario, embedder)


def _of_own_rubric(scenario: Scenario, embedder: Embedder | None) -> list[Finding]:
    """The findings in a rubric that lies beside its scenario; the library's own are tested."""
    if embedder is None or not is_file(scenario.rubric):
        return []
    checked = check_rubric(Path(scenario.rubric), embedder)
    return list(checked.findings) if checked.rubric else []


def _rules(scenario: Scenario, file: Path, embedder: Embedder | None) -> Iterator[Found]:
    yield from _name(scenario, file)
    yield from shape_rules(scenario)
    yield from wording_rules(scenario)
    try:
        rubric = load_rubric(scenario.rubric)
    except RubricError as error:
        mend = "mend that file" if is_file(scenario.rubric) else "name a rubric that is there"
        yield Found("error", Fault(("rubric",), str(error), mend))
        return
    unknown = list(rubric_rules(scenario, rubric))
    yield from unknown
    if not unknown:
        yield from example_rules(scenario, rubric, embedder)


def _name(scenario: Scenario, file: Path) -> Iterable[Found]:
    if scenario.id != file.stem:
        severity: Severity = "error" if file.parent == LIBRARY else "warning"
        yield Found(
            severity, Fault(("id",), f"the file is called {file.name!r}", f"call it {scenario.id}.yaml")
        )


def _finding(source: Source, found: Found) -> Finding:
    fault = found.fault
    return Finding(found.severity, source.name, source.line_of(fault.place), fault.what, fault.mend)
