"""Assessed attempts and sign-offs as xAPI 1.0.3 statements, for a learning record store.

What is required of a statement: github.com/adlnet/xAPI-Spec, xAPI-Data.md. Verbs and activity types are those
of ADL. A person is an account, never a mail address. The same fact has the same id, whoever exports it when.
"""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid5

from scenarios.headings import headings
from trainer.coaching.rules import rubric_of, rule_of
from trainer.errors import BadInputError
from trainer.interchange.tables import Asker, Row
from trainer.store.coaching.ledger import Entry
from trainer.store.records import AttemptDetail, Person

HOME = "https://rep-trainer.invalid"
"""The system that accounts and activities belong to, unless a company names its own."""

NAMESPACE = UUID("5a3c1c9e-6f55-5c0f-9f0a-0d5f7b1f5b5d")
VERBS = "http://adlnet.gov/expapi/verbs/"
ACTIVITIES = "http://adlnet.gov/expapi/activities/"
MASTERED = ("signed off", "declared mastered")


def statements(asker: Asker, home: str = HOME) -> Iterator[Row]:
    """One an attempt and one a mastered skill, rep by rep. BadInputError where `home` is no web address."""
    home = _checked(home)
    people = {one.id: one for one in asker.store.people()}
    titles = {one.id: one.title for one in headings()}
    for rep in asker.reps:
        for attempt_id in asker.attempts(rep.id):
            detail = asker.opened(attempt_id)
            # A record store is for others to read: a warm-up stays out even of the rep's own.
            if detail.attempt.kind == "assessed" and detail.result:
                yield _attempt(detail, titles.get(detail.attempt.scenario, detail.attempt.scenario), home)
        for entry in asker.store.ledger.of_rep(rep.id):
            if entry.kind in MASTERED:
                yield _mastered(entry, rep, people[entry.author_id], home)


def _attempt(detail: AttemptDetail, title: str, home: str) -> Row:
    attempt, result = detail.attempt, detail.result
    assert result is not None  # noqa: S101 - the caller looked
    score = result.score.score
    mark = rule_of(attempt.skill).score
    verb = "completed" if score is None else "passed" if score >= mark else "failed"
    seconds = max(0.0, (result.finished_at - attempt.started_at).total_seconds())
    outcome: Row = {"completion": True, "duration": f"PT{seconds:.2f}S"}
    if score is not None:
        points = {"scaled": score / 100, "raw": score, "min": 0, "max": 100}
        outcome |= {"score": points, "success": score >= mark}
    place = f"{home}/scenarios/{quote(attempt.scenario, safe='')}/forms/{quote(attempt.form, safe='')}"
    return {
        "id": str(uuid5(NAMESPACE, attempt.id)),
        "actor": _agent(detail.rep, home),
        "verb": _verb(verb),
        "object": _activity(place, f"{title}, form {attempt.form}", "simulation"),
        "result": outcome,
        "context": {
            "registration": str(uuid5(NAMESPACE, f"{attempt.id} registration")),
            "platform": "rep-trainer",
            "language": "en",
            "contextActivities": {"parent": [_skill(attempt.skill, home)]},
            "extensions": {
                f"{home}/extensions/criteria": {one.id: one.met for one in result.score.criteria},
                f"{home}/extensions/rubric": attempt.rubric_hash,
            },
        },
        "timestamp": _time(result.finished_at.isoformat()),
    }


def _mastered(entry: Entry, rep: Person, manager: Person, home: str) -> Row:
    outcome: Row = {"success": True, "completion": True}
    if entry.reason:
        outcome["response"] = entry.reason
    return {
        "id": str(uuid5(NAMESPACE, entry.id)),
        "actor": _agent(rep, home),
        "verb": _verb("mastered"),
        "object": _skill(entry.skill, home),
        "result": outcome,
        "context": {"instructor": _agent(manager, home), "platform": "rep-trainer", "language": "en"},
        "timestamp": _time(entry.written_at.isoformat()),
    }


def _agent(person: Person, home: str) -> Row:
    return {
        "objectType": "Agent",
        "name": person.name,
        "account": {"homePage": home, "name": person.id},
    }


def _verb(name: str) -> Row:
    return {"id": VERBS + name, "display": {"en-US": name}}


def _skill(skill: str, home: str) -> Row:
    rubric = rubric_of(skill)
    return _activity(f"{home}/skills/{quote(skill, safe='')}", rubric.title if rubric else skill, "objective")


def _activity(place: str, name: str, kind: str) -> Row:
    return {
        "objectType": "Activity",
        "id": place,
        "definition": {"name": {"en": name}, "type": ACTIVITIES + kind},
    }


def _time(text: str) -> str:
    return text.replace("+00:00", "Z")


def _checked(home: str) -> str:
    parts = urlsplit(home)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise BadInputError(f"--xapi-home {home}: write a web address, such as https://learning.example.com.")
    return home.rstrip("/")
