"""Everything that somebody may see, as tables of plain values: what leaves as CSV, as JSON lines, as SQLite.

A rep has all that is their own, warm-ups and drills included. A manager has what the team's pages show: every
table starts from the attempts that they may open.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trainer.store import Store
from trainer.store.records import AttemptDetail, Person, Reply

Row = dict[str, Any]
"""Names to texts, numbers, booleans, None, and lists or dicts of these."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose eyes the tables are for: `own` is the rep themself, None for a manager.

    `attempts` gives the ids of one rep's attempts that they may open, oldest first; `opened` opens one.
    """

    store: Store
    own: Person | None
    reps: Sequence[Person]
    attempts: Callable[[str], Sequence[str]]
    opened: Callable[[str], AttemptDetail]


def tables(asker: Asker) -> dict[str, Iterator[Row]]:
    """By name; rows are read from the store as they are asked for, each table once."""
    names = {one.id: one.name for one in asker.store.people()}
    found: dict[str, Iterator[Row]] = {
        "people": _people(asker),
        "attempts": _attempts(asker),
        "replies": _replies(asker),
        "criteria": _criteria(asker),
        "notes": _notes(asker, names),
        "own_marks": _own_marks(asker),
        "assignments": _assignments(asker, names),
        "plans": _plans(asker, names),
        "agreements": _agreements(asker, names),
        "sessions": _sessions(asker, names),
        "ledger": _ledger(asker, names),
        "figures": _figures(asker),
    }
    if asker.own:
        found |= {"drills": _drills(asker, asker.own), "looks": _looks(asker, asker.own)}
    return found


def _people(asker: Asker) -> Iterator[Row]:
    everybody = asker.store.people()
    shown = [one for one in everybody if one in asker.reps or one.role == "manager"]
    for one in shown:
        yield {"id": one.id, "name": one.name, "role": one.role, "since": one.created_at.isoformat()}


def _details(asker: Asker) -> Iterator[AttemptDetail]:
    for rep in asker.reps:
        for attempt_id in asker.attempts(rep.id):
            yield asker.opened(attempt_id)


def _attempts(asker: Asker) -> Iterator[Row]:
    for detail in _details(asker):
        one, result = detail.attempt, detail.result
        yield {
            "id": one.id,
            "rep_id": one.rep_id,
            "rep": detail.rep.name,
            "scenario": one.scenario,
            "form": one.form,
            "skill": one.skill,
            "kind": one.kind,
            "started_at": one.started_at.isoformat(),
            "finished_at": result and result.finished_at.isoformat(),
            "score": result and result.score.score,
            "next_step": result and result.score.next_step,
            "flags": list(result.score.flags) if result else None,
            "scenario_hash": one.scenario_hash,
            "rubric_hash": one.rubric_hash,
        }


def _replies(asker: Asker) -> Iterator[Row]:
    for detail in _details(asker):
        files = {take.id: take.file for take in detail.takes}
        for reply in detail.replies:
            yield _reply(detail, reply, files.get(reply.take_id or ""))


def _reply(detail: AttemptDetail, reply: Reply, file: str | None) -> Row:
    said, card = reply.transcript, reply.scorecard
    return {
        "id": reply.id,
        "attempt_id": reply.attempt_id,
        "rep": detail.rep.name,
        "turn": reply.turn,
        "number": reply.position + 1,
        "said_at": reply.said_at.isoformat(),
        "text": said.text,
        "source": said.source,
        "engine": said.engine,
        "model": said.model,
        "seconds": round(said.seconds, 2),
        "recording": file,
        "score": card.score,
        "next_step": card.next_step,
        "flags": list(card.flags),
        "delivery": card.delivery,
        "words": [[word.text, word.start, word.end, round(word.confidence, 3)] for word in said.words],
        "hashes": dict(card.hashes),
    }


def _criteria(asker: Asker) -> Iterator[Row]:
    for detail in _details(asker):
        for reply in detail.replies:
            for one in reply.scorecard.criteria:
                first = one.evidence[0] if one.evidence else None
                yield {
                    "reply_id": reply.id,
                    "attempt_id": reply.attempt_id,
                    "rep": detail.rep.name,
                    "criterion": one.id,
                    "move": one.move,
                    "met": one.met,
                    "weight": one.weight,
                    "quote": first and first.quote,
                    "second": first and first.start,
                    "why": one.why,
                }


def _notes(asker: Asker, names: Mapping[str, str]) -> Iterator[Row]:
    for rep in asker.reps:
        for attempt_id in asker.attempts(rep.id):
            for one in asker.store.notes.of_attempt(attempt_id):
                yield {
                    "id": one.id,
                    "reply_id": one.reply_id,
                    "attempt_id": attempt_id,
                    "rep": rep.name,
                    "author": names.get(one.author_id),
                    "kind": one.kind,
                    "second": one.at_second,
                    "text": one.text,
                    "written_at": one.written_at.isoformat(),
                }


def _own_marks(asker: Asker) -> Iterator[Row]:
    for rep in asker.reps:
        for one in asker.store.notes.self_marks(rep.id, assessed_only=asker.own is None):
            yield {
                "reply_id": one.reply_id,
                "rep": rep.name,
                "skill": one.skill,
                "criterion": one.criterion,
                "said": one.said,
                "verdict": one.verdict,
                "marked_at": one.marked_at.isoformat(),
            }


def _assignments(asker: Asker, names: Mapping[str, str]) -> Iterator[Row]:
    for rep in asker.reps:
        still_open = asker.store.assignments(rep.id)
        for one in asker.store.assignments(rep.id, open_only=False):
            yield {
                "id": one.id,
                "rep_id": rep.id,
                "rep": rep.name,
                "manager": names.get(one.manager_id or ""),
                "scenario": one.scenario,
                "skill": one.skill,
                "target": one.target,
                "due": one.due and one.due.isoformat(),
                "assigned_at": one.assigned_at.isoformat(),
                "open": one in still_open,
            }


def _plans(asker: Asker, names: Mapping[str, str]) -> Iterator[Row]:
    for rep in asker.reps:
        if plan := asker.store.plans.of_rep(rep.id):
            for number, step in enumerate(plan.steps, 1):
                yield {
                    "rep_id": rep.id,
                    "rep": rep.name,
                    "number": number,
                    "skill": step.skill,
                    "target": step.target,
                    "weeks": step.weeks,
                    "author": names.get(plan.author_id),
                    "made_at": plan.made_at.isoformat(),
                }


def _agreements(asker: Asker, names: Mapping[str, str]) -> Iterator[Row]:
    for rep in asker.reps:
        plan = asker.store.plans.of_rep(rep.id)
        for step in plan.steps if plan else ():
            for one in asker.store.plans.agreements(rep.id, step.skill):
                yield {
                    "id": one.id,
                    "rep_id": rep.id,
                    "rep": rep.name,
                    "skill": one.skill,
                    "target": one.target,
                    "who": names.get(one.person_id),
                    "agreed_at": one.agreed_at.isoformat(),
                }


def _sessions(asker: Asker, names: Mapping[str, str]) -> Iterator[Row]:
    for rep in asker.reps:
        for one in asker.store.sessions.of_rep(rep.id):
            end = one.end
            yield {
                "id": one.id,
                "rep_id": rep.id,
                "rep": rep.name,
                "manager": names.get(one.manager_id),
                "starts_at": one.starts_at.isoformat(),
                "minutes": one.minutes,
                "outcome": end and end.outcome,
                "next_step": end and end.next_step,
                "assignment_id": end and end.assignment_id,
            }


def _ledger(asker: Asker, names: Mapping[str, str]) -> Iterator[Row]:
    for rep in asker.reps:
        for one in asker.store.ledger.of_rep(rep.id):
            yield {
                "id": one.id,
                "rep_id": rep.id,
                "rep": rep.name,
                "skill": one.skill,
                "kind": one.kind,
                "author": names.get(one.author_id),
                "written_at": one.written_at.isoformat(),
                "attempt_id": one.attempt_id,
                "reason": one.reason,
                "facts": dict(one.facts),
                "previous": one.previous,
                "hash": one.hash,
            }


def _figures(asker: Asker) -> Iterator[Row]:
    for rep in asker.reps:
        for one in asker.store.figures.of_rep(rep.id):
            yield {
                "rep_id": rep.id,
                "rep": rep.name,
                "measure": one.measure,
                "day": one.day.isoformat(),
                "value": one.value,
            }


def _drills(asker: Asker, own: Person) -> Iterator[Row]:
    for drill in asker.store.drills.of_rep(own.id):
        for number, one in enumerate(drill.tries, 1):
            yield {
                "drill_id": drill.id,
                "skill": drill.place.skill,
                "scenario": drill.place.scenario,
                "form": drill.place.form,
                "turn": drill.place.turn,
                "criterion": drill.criterion,
                "number": number,
                "tried_at": one.tried_at.isoformat(),
                "text": one.text,
                "met": one.met,
            }


def _looks(asker: Asker, own: Person) -> Iterator[Row]:
    for one in asker.store.privacy.looks(own.id, limit=-1):
        yield {"who": one.who, "what": one.what, "which": one.which, "looked_at": one.looked_at.isoformat()}
