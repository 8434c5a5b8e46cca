"""One question and its reply, as screens show it: during a practice and long after."""

from dataclasses import dataclass
from pathlib import Path

from scenarios.errors import ScenarioError
from scenarios.loader import load
from scenarios.schema import Scenario
from scoring.errors import RubricError
from scoring.rubric import Rubric
from scoring.rubrics_library import load_rubric
from trainer.practice.scripts import rubric_then, scenario_then
from trainer.practice.session import Session
from trainer.store.records import AttemptDetail, Reply


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the prospect said, what the rep replied, where the recording lies (None when typed).

    `heard` is what the recogniser made of a reply whose words were corrected, "" of any other.
    """

    number: int
    of: int
    asked_by: str
    asked: str
    reply: Reply
    audio: Path | None
    heard: str = ""


def now_in(session: Session) -> Exchange:
    """The turn a practice is at, after its reply was judged."""
    reply = session.reply
    assert reply is not None  # noqa: S101 - asked only after judging
    detail = session.store.attempt(session.attempt.id)
    take = next((one for one in detail.takes if one.id == reply.take_id), None)
    return Exchange(
        number=session.position + 1,
        of=session.longest,
        asked_by=session.form.persona.name,
        asked=session.turn.says,
        reply=reply,
        audio=session.takes_folder / take.file if take else None,
        heard=_heard(detail, reply),
    )


def of_attempt(detail: AttemptDetail, takes_folder: Path) -> tuple[Exchange, ...]:
    """All of an attempt. Where its scenario was not kept and has gone or changed, the prospect's line is
    left out.
    """
    scenario = scenario_of(detail)
    form = scenario.forms.get(detail.attempt.form) if scenario else None
    said = {turn.id: turn.says for turn in form.turns} if form else {}
    files = {take.id: takes_folder / take.file for take in detail.takes}
    return tuple(
        Exchange(
            number=number,
            of=len(detail.replies),
            asked_by=form.persona.name if form else "",
            asked=said.get(reply.turn, ""),
            reply=reply,
            audio=files.get(reply.take_id or ""),
            heard=_heard(detail, reply),
        )
        for number, reply in enumerate(detail.replies, 1)
    )


def _heard(detail: AttemptDetail, reply: Reply) -> str:
    """The recogniser's own words of the same take, the latest ones."""
    if reply.transcript.source != "corrected":
        return ""
    place = (reply.turn, reply.take_id)
    same = (one.transcript for one in reversed(detail.all_replies) if (one.turn, one.take_id) == place)
    return next((one.text for one in same if one.source == "recognised"), "")


def scenario_of(detail: AttemptDetail) -> Scenario | None:
    """The scenario of an attempt as it was: as it was kept then, else if it is still the same."""
    if then := scenario_then(detail.attempt, detail.script):
        return then
    try:
        scenario = load(detail.attempt.scenario)
    except ScenarioError:
        return None
    form = detail.attempt.form
    same = form in scenario.forms and scenario.form_hash(form) == detail.attempt.scenario_hash
    return scenario if same else None


def rubric_of(detail: AttemptDetail) -> Rubric | None:
    """The rubric an attempt was judged by; where that was not kept, the one of its skill, if there is one."""
    if then := rubric_then(detail.attempt, detail.script):
        return then
    scenario = scenario_of(detail)
    try:
        return load_rubric(scenario.rubric if scenario else detail.attempt.skill)
    except RubricError:
        return None
