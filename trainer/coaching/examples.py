"""How it can be done: the rubric's model answers, and replies that a manager marked as exemplary."""

from collections.abc import Collection
from dataclasses import dataclass

from scoring.rubric import Criterion, Rubric
from trainer.store import Store
from trainer.store.coaching.drills import Place
from trainer.store.records import Take

MOST = 3
"""Exemplary replies that are shown, the newest first."""


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A reply to the same turn, perhaps in another wording; `take` is None where it was typed."""

    reply_id: str
    rep: str
    form: str
    text: str
    take: Take | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to see and to hear of one turn."""

    criteria: tuple[Criterion, ...]
    exemplars: tuple[Exemplar, ...]


def examples(store: Store, place: Place, rubric: Rubric, criteria: Collection[str]) -> Shown:
    """The model answers of those criteria, and the exemplary replies of the turn: its own form's first.

    Nothing is logged by looking it up.
    """
    asked = tuple(one for one in rubric.criteria if one.id in criteria)
    found = sorted(store.notes.exemplary(place.scenario, place.turn), key=lambda one: one.form != place.form)
    return Shown(asked, tuple(_exemplar(store, one.attempt_id, one.reply_id) for one in found[:MOST]))


def _exemplar(store: Store, attempt_id: str, reply_id: str) -> Exemplar:
    detail = store.attempt(attempt_id)
    reply = next(one for one in detail.all_replies if one.id == reply_id)
    take = next((one for one in detail.takes if one.id == reply.take_id), None)
    return Exemplar(reply_id, detail.rep.name, detail.attempt.form, reply.transcript.text, take)
