"""Whether what a sign-off rests on holds: each entry against its attempt, scored again from its words here.

A rep's own machine wrote both, so neither is taken for granted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from models.recogniser import Recogniser
from trainer.coaching.entering import score_for_mastery
from trainer.practice.rejudging import setting_then
from trainer.practice.relistening import altered, listen
from trainer.practice.session import PracticeError
from trainer.practice.verifying import Check, verify
from trainer.store.coaching.ledger import Entry
from trainer.store.records import AttemptDetail

Holds = Literal["equal", "differs", "unknown"]
SHOWN = 3
"""Criteria that are named; a sentence with more of them is not read."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One entry looked at: `says` is its score, `comes_to` what its words give here, None for nothing.

    `what` is for whoever decides: what differs, or why it can't be told here ("unknown": another version of
    scorer, rubric or scenario made it, which is no fault of anybody's). `heard` says how its recordings came
    out where they were heard again.
    """

    entry: Entry
    holds: Holds
    says: int | None
    comes_to: int | None
    what: str = ""
    heard: str = ""


def look_at(entry: Entry, detail: AttemptDetail | None, takes: Path | None = None) -> Verdict:
    """Scores it again from its words; recordings in `takes` are checked to be what was recorded."""
    says = entry.facts.get("score")
    if detail is None or detail.result is None:
        return Verdict(entry, "differs", says, None, "there is no attempt behind it")
    if other := _another(entry, detail):
        return Verdict(entry, "differs", says, None, other)
    check = verify(detail)
    comes_to = _for_mastery(check.again)
    if changed := _words_changed(check):
        return Verdict(entry, "differs", says, comes_to, changed)
    if takes and (turns := altered(detail, takes)):
        what = f"the recording of {turns[0].replace('-', ' ')} is not what was recorded"
        return Verdict(entry, "differs", says, comes_to, what)
    if not check.recomputed:
        return _unknown(entry, check, comes_to)
    if says != comes_to:
        return Verdict(
            entry, "differs", says, comes_to, f"says {_score(says)}, its words come to {_score(comes_to)}"
        )
    if different := _verdicts(entry, check):
        return Verdict(entry, "differs", says, comes_to, f"its words give other verdicts: {different}")
    return Verdict(entry, "equal", says, comes_to)


def hear(
    verdict: Verdict, detail: AttemptDetail, takes: Path, recogniser: Callable[[str, str], Recogniser]
) -> Verdict:
    """The same with its recordings heard again, those that are here; what they don't say is a difference.

    RecogniserError where the engine or model that heard them is not on this machine.
    """
    here = tuple(take for take in detail.takes if (takes / take.file).is_file())
    found = list(listen(replace(detail, takes=here), takes, recogniser))
    rates = [one.word_errors for one in found if one.word_errors is not None]
    if not rates:
        return replace(verdict, heard="no recording here to hear again")
    said = "1 recording" if len(rates) == 1 else f"{len(rates)} recordings"
    heard = f"{said} heard again: {sum(rates) / len(rates):.0%} of the words otherwise"
    names = [one.what.partition(",")[0] for listened in found for one in listened.differences]
    if not names or verdict.holds == "differs":
        return replace(verdict, heard=heard)
    return replace(
        verdict, holds="differs", what=f"heard again, other verdicts: {_named(names)}", heard=heard
    )


def summary(verdicts: Sequence[Verdict]) -> str:
    """How it came out, in a line that stays in the ledger with the decision; "" without any."""
    if not verdicts:
        return ""
    scores = "1 score" if len(verdicts) == 1 else f"{len(verdicts)} scores"
    differ = [one for one in verdicts if one.holds == "differs"]
    unknown = sum(one.holds == "unknown" for one in verdicts)
    made = f"{unknown} of {len(verdicts)} were made with another scorer or rubric than is here"
    if differ:
        whats = "; ".join(dict.fromkeys(one.what for one in differ))
        said = f"{len(differ)} of {len(verdicts)} scores do not hold: {whats}"
        return f"{said}; {made}" if unknown else said
    return made if unknown else f"{scores} from the same words: all equal"


def recomputed(evidence: Iterable[tuple[Entry, AttemptDetail | None]]) -> tuple[Verdict, ...]:
    """Every entry looked at."""
    return tuple(look_at(entry, detail) for entry, detail in evidence)


def _another(entry: Entry, detail: AttemptDetail) -> str:
    attempt = detail.attempt
    told = entry.rep_id, entry.skill, entry.facts.get("scenario"), entry.facts.get("form"), "assessed"
    if told == (attempt.rep_id, attempt.skill, attempt.scenario, attempt.form, attempt.kind):
        return ""
    return f"the attempt behind it is another one: {attempt.scenario}, form {attempt.form}"


def _words_changed(check: Check) -> str:
    turns = [one.turn for one in check.differences if one.what == "hash of the transcript"]
    return f"the words of {turns[0].replace('-', ' ')} are not those that were judged" if turns else ""


def _unknown(entry: Entry, check: Check, comes_to: int | None) -> Verdict:
    """Nothing is called wrong that can't be made again here, but for a score that its own attempt denies."""
    says, why = entry.facts.get("score"), check.why
    try:
        by = setting_then(check.detail)
        own = score_for_mastery(check.detail, by.rubric, by.form.lines)
    except PracticeError:
        return Verdict(entry, "unknown", says, comes_to, why)
    if check.detail.attempt.rubric_hash == by.rubric_hash and says != own:
        what = f"says {_score(says)}, its attempt got {_score(own)}"
        return Verdict(entry, "differs", says, comes_to, what)
    return Verdict(entry, "unknown", says, comes_to, why)


def _for_mastery(again: AttemptDetail | None) -> int | None:
    if again is None:
        return None
    by = setting_then(again)
    return score_for_mastery(again, by.rubric, by.form.lines)


def _verdicts(entry: Entry, check: Check) -> str:
    """The criteria that come out otherwise than the attempt or its entry says, named; "" for none."""
    names = [
        one.what.partition(":")[0] if one.turn else one.what.rpartition(": ")[2] for one in check.differences
    ]
    result = check.again.result if check.again else None
    for key, met in (("missed", False), ("not_assessable", None)):
        now = {one.id for one in result.score.criteria if one.met is met} if result else set()
        names += sorted(now ^ set(entry.facts.get(key, ())))
    return _named(names)


def _named(names: Iterable[str]) -> str:
    each = list(dict.fromkeys(name.replace("-", " ") for name in names))
    rest = f" and {len(each) - SHOWN} more" if len(each) > SHOWN else ""
    return ", ".join(each[:SHOWN]) + rest


def _score(score: int | None) -> str:
    return "no score" if score is None else str(score)
