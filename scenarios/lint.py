"""Whether a scenario is fit to practise with: all rules over one file or many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scenarios.comparing import equal_rules
from scenarios.deciding import branch_rules, criterion_rules
from scenarios.errors import ScenarioError
from scenarios.examples import Tried, example_rules, tried
from scenarios.finding import Finding, Severity
from scenarios.headings import stands
from scenarios.judging import Judge
from scenarios.loader import LIBRARY, examine, ids, locate
from scenarios.rubric_lint import check_rubric
from scenarios.rules import Found, age_rules, rubric_rules, shape_rules
from scenarios.sayable import sayable_rules
from scenarios.schema import Scenario
from scenarios.structure import Fault
from scoring.embedder import Embedder
from scoring.errors import RubricError
from scoring.rubric import Rubric
from scoring.rubrics_library import is_file, load_rubric
from scoring.yaml_source import Source


@dataclass(frozen=True, slots=True)
class Report:
    """What is known of one file. `scenario` is None where it can't be used; `examples` are all it has."""

    name: str
    findings: tuple[Finding, ...]
    scenario: Scenario | None = None
    examples: tuple[Tried, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings keep it from being fair."""
        return sum(finding.severity == "error" for finding in self.findings)


def check(scenario: Scenario, *, embedder: Embedder | None = None) -> list[Finding]:
    """What is to mend in a loaded scenario, in the order of its file.

    Scores all its examples, with the embedder that practice is scored with, or by patterns alone.
    """
    if scenario.file is None:
        raise ValueError("a scenario that was not loaded from a file has no lines to point at")
    return check_file(scenario.file, embedder=embedder)


def check_all(
    wanted: Sequence[str | Path] = (), *, embedder: Embedder | None = None, today: date | None = None
) -> list[Finding]:
    """The findings of these ids or files, of the whole library when none is given."""
    found = reports(wanted, Judge(embedder), today)
    return [finding for report in found for finding in report.findings]


def check_file(file: Path, *, embedder: Embedder | None = None, today: date | None = None) -> list[Finding]:
    """As `check`, for a file that may not even load. With `today`, it says what is due to be read."""
    return list(report(file, Judge(embedder), today).findings)


def reports(wanted: Sequence[str | Path], judge: Judge, today: date | None = None) -> Iterator[Report]:
    """A report on each of these ids or files; on all there are, those that are left out too, without any."""
    for fault in () if wanted else stands(fresh=True).faults:
        name = str(fault.file)
        yield Report(name, (Finding("error", name, fault.line, fault.message, fault.mend),))
    for one in wanted or ids():
        try:
            file = locate(one)
        except ScenarioError as error:
            yield Report(str(one), (Finding("error", str(one), 1, error.message, error.mend),))
        else:
            yield report(file, judge, today)


def report(file: Path, judge: Judge, today: date | None = None) -> Report:
    """All rules over one file, which may not even load; the findings in its order."""
    try:
        source, scenario, broken = examine(file)
    except ScenarioError as error:
        return Report(str(file), (Finding("error", str(file), error.line, error.message, error.mend),))
    if scenario is None or broken:
        return Report(str(file), tuple(_finding(source, Found("error", fault)) for fault in broken))
    found = [
        *_name(scenario, file),
        *age_rules(scenario, today, shipped=file.parent == LIBRARY),
        *shape_rules(scenario),
        *sayable_rules(scenario),
    ]
    examples: tuple[Tried, ...] = ()
    if rubric := _rubric(scenario, found):
        examples = tuple(tried(scenario, rubric, judge))
        found += example_rules(scenario, examples)
        found += branch_rules(scenario, examples)
        found += criterion_rules(scenario, rubric, examples)
        found += equal_rules(scenario, examples)
    found.sort(key=lambda one: source.line_of(one.fault.place))
    findings = [_finding(source, one) for one in found]
    if not any(one.fault.place == ("rubric",) for one in found):  # there is one, whatever is in it
        findings += _of_own_rubric(scenario, judge.embedder)
    return Report(str(file), tuple(findings), scenario, examples)


def _rubric(scenario: Scenario, found: list[Found]) -> Rubric | None:
    """The rubric, if it is there and fits; otherwise what is wrong is added to `found`."""
    try:
        rubric = load_rubric(scenario.rubric)
    except RubricError as error:
        mend = "mend that file" if is_file(scenario.rubric) else "name a rubric that is there"
        found.append(Found("error", Fault(("rubric",), str(error), mend)))
        return None
    unknown = list(rubric_rules(scenario, rubric))
    found += unknown
    return None if unknown else rubric


def _of_own_rubric(scenario: Scenario, embedder: Embedder | None) -> list[Finding]:
    """The findings in a rubric that lies beside its scenario; the library's own are tested."""
    if embedder is None or not is_file(scenario.rubric):
        return []
    checked = check_rubric(Path(scenario.rubric), embedder)
    return list(checked.findings) if checked.rubric else []


def _name(scenario: Scenario, file: Path) -> Iterator[Found]:
    if scenario.id != file.stem:
        severity: Severity = "error" if file.parent == LIBRARY else "warning"
        fault = Fault(("id",), f"the file is called {file.name!r}", f"call it {scenario.id}.yaml")
        yield Found(severity, fault)


def _finding(source: Source, found: Found) -> Finding:
    fault = found.fault
    return Finding(found.severity, source.name, source.line_of(fault.place), fault.what, fault.mend)
