"""Replies that were judged before, judged by what is here now."""

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.loader import ScenarioError, load
from scenarios.schema import Form
from scoring.errors import RubricError
from scoring.hashes import content_hash, transcript_hash
from scoring.rubric import Rubric
from scoring.rubrics_library import load_rubric
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript
from trainer.practice.meaning import embedder
from trainer.practice.scripts import rubric_then, scenario_then
from trainer.practice.session import PracticeError
from trainer.store.records import Attempt, AttemptDetail, Reply


@dataclass(frozen=True, slots=True)
class Setting:
    """What an attempt is judged by: the form that was practised and the rubric, with their hashes."""

    form: Form
    rubric: Rubric
    scenario_hash: str
    rubric_hash: str
    hotwords: tuple[str, ...]


def setting(attempt: Attempt, rubrics: Sequence[Rubric] = ()) -> Setting:
    """The scenario as it is here now, with its rubric, or the one of the same id in `rubrics`.

    PracticeError where the scenario, its form or its rubric is not here.
    """
    try:
        scenario = load(attempt.scenario)
        own = load_rubric(scenario.rubric)
        rubric = next((one for one in rubrics if one.id == own.id), own)
        form = scenario.form(attempt.form)
    except (ScenarioError, RubricError) as error:
        raise PracticeError(f"its scenario can't be used here ({error})") from error
    except KeyError as error:
        raise PracticeError(f"{attempt.scenario} has no form {attempt.form} here") from error
    return Setting(
        form=form,
        rubric=rubric,
        scenario_hash=scenario.form_hash(attempt.form),
        rubric_hash=content_hash(rubric),
        hotwords=scenario.hotwords,
    )


def setting_then(detail: AttemptDetail) -> Setting:
    """What the attempt was made with, as it was kept then; where it was not, as `setting`."""
    attempt = detail.attempt
    scenario, rubric = scenario_then(attempt, detail.script), rubric_then(attempt, detail.script)
    if scenario is None or rubric is None:
        return setting(attempt)
    form = scenario.form(attempt.form)
    return Setting(form, rubric, attempt.scenario_hash, attempt.rubric_hash, scenario.hotwords)


def check_words(reply: Reply) -> None:
    """PracticeError where a reply's words are not those that were judged."""
    if transcript_hash(reply.transcript) != reply.scorecard.hashes.get("transcript"):
        raise PracticeError(f"the words of its turn {reply.turn!r} are not those that were judged")


def rejudge(
    detail: AttemptDetail, reply: Reply, by: Setting, transcript: Transcript | None = None
) -> Scorecard:
    """The scorecard of a reply, or of another transcript of it, in the place it had in its attempt.

    PracticeError where its turn is no longer in the scenario or its words are not those that were judged.
    """
    check_words(reply)
    earlier = [one.transcript.text for one in detail.replies if one.position < reply.position]
    return judged(transcript or reply.transcript, reply.turn, earlier, by)


def judged(transcript: Transcript, turn_id: str, earlier: Sequence[str], by: Setting) -> Scorecard:
    """What words are worth as the answer to a turn, after the `earlier` replies.

    PracticeError where the turn is not in the scenario. What it asks for and the rubric does not have is
    left out.
    """
    try:
        turn = by.form.turn(turn_id)
    except KeyError as error:
        raise PracticeError(f"its scenario has no turn {turn_id!r} here") from error
    known = {criterion.id for criterion in by.rubric.criteria}
    context = TurnContext(
        id=turn.id,
        prompt=turn.says,
        criteria=tuple(one for one in turn.criteria if one in known),
        earlier=tuple(earlier),
    )
    return score(transcript, context, by.rubric, scenario_hash=by.scenario_hash, embedder=embedder())
