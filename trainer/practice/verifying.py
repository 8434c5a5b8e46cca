"""Whether a stored attempt still comes out of its words as it was stored."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from scoring.attempt import score_attempt
from scoring.hashes import scorer_hash, transcript_hash
from scoring.scorecard import AttemptScore, Scorecard
from trainer.practice.rejudging import Setting, rejudge, setting_then
from trainer.practice.session import PracticeError
from trainer.store.records import AttemptDetail, Reply


@dataclass(frozen=True, slots=True)
class Difference:
    """What is not as it was stored: the turn ("" for the whole attempt), what of it, before and now."""

    turn: str
    what: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Check:
    """One attempt looked at again.

    `recomputed` is False where it was made with a scorer, rubric or scenario that is not here: `why` says
    so, `now` is what it gives with those that are, and only its words were checked. `again` is the attempt
    as it comes out here, with all that is in it; None where nothing does.
    """

    detail: AttemptDetail
    recomputed: bool
    why: str
    now: int | None
    differences: tuple[Difference, ...]
    again: AttemptDetail | None = None

    @property
    def equal(self) -> bool:
        """Whether nothing differs of what could be checked."""
        return not self.differences


def verify(detail: AttemptDetail) -> Check:
    """Recomputes every reply and the attempt's score from the stored words."""
    found = list(_words_changed(detail))
    try:
        by = setting_then(detail)
        others = _made_with_others(detail, by)
        cards = {reply.id: rejudge(detail, reply, by) for reply in detail.all_replies}
    except PracticeError as error:
        return Check(detail, False, f"cannot be recomputed here: {error}", None, tuple(found))
    score = score_attempt([cards[reply.id] for reply in detail.replies], by.rubric, by.form.lines)
    again = _again(detail, cards, score)
    if others:
        why = f"made with {others}; cannot be recomputed here; scored anew it gives {_said(score.score)}"
        return Check(detail, False, why, score.score, tuple(found), again)
    for reply in detail.all_replies:
        found += _card_differences(reply, cards[reply.id])
    if detail.result is not None:
        found += _score_differences(detail.result.score, score)
    return Check(detail, True, "", score.score, tuple(found), again)


def _again(detail: AttemptDetail, cards: Mapping[str, Scorecard], score: AttemptScore) -> AttemptDetail:
    return replace(
        detail,
        replies=tuple(replace(reply, scorecard=cards[reply.id]) for reply in detail.replies),
        result=detail.result and replace(detail.result, score=score),
    )


def _words_changed(detail: AttemptDetail) -> Iterator[Difference]:
    """Replies whose words are not those that were judged."""
    for reply in detail.all_replies:
        digest = transcript_hash(reply.transcript)
        if digest != (stored := reply.scorecard.hashes.get("transcript")):
            yield Difference(reply.turn, "hash of the transcript", stored, digest)


def _made_with_others(detail: AttemptDetail, by: Setting) -> str:
    """What the stored scores were made with and is not here, in words; "" if all of it is."""
    now = {"scorer": scorer_hash(), "rubric": by.rubric_hash, "scenario": by.scenario_hash}
    stored: dict[str, set[str]] = {"scorer": set(), "rubric": {detail.attempt.rubric_hash}}
    stored["scenario"] = {detail.attempt.scenario_hash}
    for reply in detail.all_replies:
        for what in now:
            stored[what].add(reply.scorecard.hashes.get(what, ""))
    others = {what: sorted(stored[what] - {digest}) for what, digest in now.items()}
    return " and ".join(f"another {what} ({found[0][:8]})" for what, found in others.items() if found)


def _card_differences(reply: Reply, now: Scorecard) -> Iterator[Difference]:
    before = reply.scorecard
    old, new = before.as_json(), json.loads(json.dumps(now.as_json()))
    then = {one["id"]: one for one in json.loads(json.dumps(old["criteria"]))}
    for one in new["criteria"]:
        stored = then.pop(one["id"], None)
        if stored is None or stored["met"] != one["met"]:
            yield Difference(reply.turn, one["id"], stored and stored["met"], one["met"])
        elif stored != one:
            yield Difference(reply.turn, f"{one['id']}: its evidence or reason", stored, one)
    for gone in then:
        yield Difference(reply.turn, gone, then[gone]["met"], None)
    for what in ("score", "moves", "delivery", "next_step", "flags", "hashes"):
        was = json.loads(json.dumps(old[what]))
        if was != new[what]:
            yield from _parts(reply.turn, what, was, new[what])


def _parts(turn: str, what: str, old: Any, new: Any) -> Iterator[Difference]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        yield Difference(turn, what, old, new)
        return
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            yield Difference(turn, f"{what}: {key}", old.get(key), new.get(key))


def _score_differences(old: AttemptScore, new: AttemptScore) -> Iterator[Difference]:
    before, now = (json.loads(json.dumps(one.as_json())) for one in (old, new))
    for what in ("score", "tally", "figures", "next_step", "flags"):
        if before[what] != now[what]:
            yield from _parts("", what, before[what], now[what])


def _said(score: int | None) -> str:
    return "no score" if score is None else str(score)
