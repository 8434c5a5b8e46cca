"""Scorecards for people who read them in a plain terminal."""

import shutil
import textwrap

from scoring.measures import shown
from scoring.rubric import Rubric
from scoring.scorecard import CriterionResult, Scorecard
from scoring.transcript import Transcript
from trainer.commands.output import say, signs
from trainer.practice.session import Session
from trainer.store.records import Reply


def print_start(session: Session) -> None:
    """Who the rep talks to, and where things stand."""
    persona = session.form.persona
    say(f"\n{session.scenario.title}, form {session.attempt.form}: {persona.name}, {persona.role}")
    say(_wrapped(session.form.situation, ""))


def print_turn(session: Session, reply: Reply) -> None:
    """The prospect's line, what was heard, and the verdicts."""
    line = f"{session.position + 1}. {session.form.persona.name}: “{session.turn.says}”"
    say("\n" + _wrapped(line, "", "   "))
    print_reply(reply.transcript, reply.scorecard, session.rubric)


def print_reply(transcript: Transcript, card: Scorecard, rubric: Rubric) -> None:
    """What was heard, each criterion with its quote, the delivery, the one thing to try."""
    said = f"“{transcript.text}”" if transcript.text.strip() else "(nothing heard)"
    say(_wrapped(f"You: {said}", "   "))
    for result in card.criteria:
        say(_criterion(result, rubric.criterion(result.id).says))
    if line := delivery_line(card):
        say(f"   {line}")
    if card.flags:
        say(f"   Noticed: {', '.join(flag.replace('_', ' ') for flag in card.flags)}")
    score = "not scored" if card.score is None else f"{card.score} of 100"
    say(f"   {score}. {card.next_step}")


def print_attempt(session: Session) -> None:
    """The scorecard at the end."""
    assert session.result is not None  # noqa: S101 -- only finished sessions are printed
    score = session.result.score
    if session.closing:
        say("\n" + _wrapped(f"{session.form.persona.name}: “{session.closing}”", ""))
    total = "not scored" if score.score is None else f"{score.score} of 100"
    say(f"\nScorecard: {total} (pass mark {session.rubric.pass_mark})")
    for result in score.criteria:
        met, judged = score.tally[result.id]
        counted = f"{met} of {judged}" if judged else "not assessable"
        criterion = session.rubric.criterion(result.id)
        if criterion.measure and result.id in score.figures:
            counted = f"{shown(criterion.measure, score.figures[result.id])}. {result.why}"
        say(_wrapped(f"{signs()[result.met]} {criterion.says}: {counted}", "   ", "     "))
    say(_wrapped(f"Next: {score.next_step}", "   "))


def delivery_line(card: Scorecard) -> str:
    """The delivery figures in a few words; those that could not be measured are left out."""
    figures = card.delivery
    questions = figures.get("questions") or {}
    fillers = (figures.get("fillers") or {}).get("count")
    in_sound = (figures.get("filled_pauses") or {}).get("in_sound") or 0
    latency = figures.get("response_latency")
    parts = [
        f"{figures['pace_wpm']:.0f} words a minute" if figures.get("pace_wpm") else "",
        f"{'at least ' if in_sound else ''}{fillers + in_sound} fillers" if fillers is not None else "",
        f"answered after {latency:.1f} s" if latency is not None else "",
        f"{questions.get('open', 0)} open, {questions.get('closed', 0)} closed questions",
    ]
    return ", ".join(part for part in parts if part)


def _criterion(result: CriterionResult, says: str) -> str:
    quote = f" “{result.evidence[0].quote}”" if result.evidence else ""
    why = "" if result.met and quote else f" {result.why}"
    return _wrapped(f"{signs()[result.met]} {says}:{quote}{why}", "   ", "     ")


def _wrapped(text: str, indent: str, further: str | None = None) -> str:
    width = min(96, shutil.get_terminal_size((96, 24)).columns - 1)
    after = indent if further is None else further
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=after)
