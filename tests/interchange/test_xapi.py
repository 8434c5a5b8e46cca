"""Statements are held against what xAPI 1.0.3 requires (github.com/adlnet/xAPI-Spec, xAPI-Data.md)."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from tests.coaching.six_weeks import SECRET, SixWeeks, lived
from trainer.errors import BadInputError
from trainer.interchange.tables import Asker
from trainer.interchange.xapi import statements

STATEMENT = {"id", "actor", "verb", "object", "result", "context", "timestamp"}
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
CONTEXT = {"registration", "instructor", "contextActivities", "platform", "language", "extensions"}
DURATION = re.compile(r"PT\d+(\.\d{1,2})?S")  # 4.6: no finer than a hundredth of a second


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SixWeeks]:
    folder = tmp_path_factory.mktemp("weeks")
    world = lived(folder / "trainer.db", folder / "takes")
    yield world
    world.store.close()


def own(world: SixWeeks) -> Asker:
    """The rep themself, who may see their warm-ups."""
    ids = [one.attempt.id for one in reversed(world.store.attempts(world.ana.id))]
    return Asker(world.store, world.ana, [world.ana], lambda _: ids, world.store.attempt)


def check(found: dict[str, Any]) -> None:
    assert set(found) <= STATEMENT
    assert str(UUID(found["id"])) == found["id"]
    check_agent(found["actor"])
    assert iri(found["verb"]["id"])
    check_activity(found["object"])
    assert datetime.fromisoformat(found["timestamp"]).tzinfo
    check_result(found["result"])
    check_context(found["context"])
    assert_no_nulls(found)


def check_agent(agent: dict[str, Any]) -> None:
    assert set(agent) == {"objectType", "name", "account"}  # exactly one identifier, and no mail address
    assert agent["objectType"] == "Agent"
    assert set(agent["account"]) == {"homePage", "name"}
    assert iri(agent["account"]["homePage"])


def check_activity(activity: dict[str, Any]) -> None:
    assert set(activity) == {"objectType", "id", "definition"}
    assert iri(activity["id"])
    assert iri(activity["definition"]["type"])
    assert all(isinstance(text, str) for text in activity["definition"]["name"].values())


def check_result(result: dict[str, Any]) -> None:
    assert set(result) <= RESULT
    if score := result.get("score"):
        assert -1 <= score["scaled"] <= 1
        assert score["min"] <= score["raw"] <= score["max"]
    if "duration" in result:
        assert DURATION.fullmatch(result["duration"])
    assert all(isinstance(result[name], bool) for name in ("success", "completion") if name in result)


def check_context(context: dict[str, Any]) -> None:
    assert set(context) <= CONTEXT
    if "registration" in context:
        UUID(context["registration"])
    if "instructor" in context:
        check_agent(context["instructor"])
    for activities in context.get("contextActivities", {}).values():
        for activity in activities:
            check_activity(activity)
    assert all(iri(name) for name in context.get("extensions", {}))


def assert_no_nulls(value: Any, *, extension: bool = False) -> None:
    """Null is allowed in extensions alone (2.2)."""
    if isinstance(value, dict):
        for key, one in value.items():
            assert one is not None or extension, key
            assert_no_nulls(one, extension=extension or key == "extensions")
    elif isinstance(value, list):
        for one in value:
            assert_no_nulls(one, extension=extension)


def iri(text: str) -> bool:
    parts = urlsplit(text)
    return bool(parts.scheme and parts.netloc) and " " not in text


def test_every_statement_is_one(world: SixWeeks) -> None:
    found = list(statements(own(world)))
    for one in found:
        check(json.loads(json.dumps(one)))
    verbs = [one["verb"]["id"] for one in found]
    assert len(found) == 10
    assert verbs.count("http://adlnet.gov/expapi/verbs/mastered") == 1
    assert set(verbs) <= {
        f"http://adlnet.gov/expapi/verbs/{verb}" for verb in ("passed", "failed", "mastered")
    }


def test_a_score_says_whether_it_passed_and_how_long_it_took(world: SixWeeks) -> None:
    *_, last = (one for one in statements(own(world)) if one["verb"]["display"]["en-US"] == "passed")
    assert last["result"]["score"] == {"scaled": 1.0, "raw": 100, "min": 0, "max": 100}
    assert last["result"]["success"] is True
    detail = world.store.attempt(world.attempts[8].id)
    assert detail.result is not None
    seconds = (detail.result.finished_at - detail.attempt.started_at).total_seconds()
    assert last["result"]["duration"] == f"PT{seconds:.2f}S"


def test_the_same_facts_have_the_same_ids(world: SixWeeks) -> None:
    once, again = (list(statements(own(world))) for _ in range(2))
    assert once == again
    assert len({one["id"] for one in once}) == len(once)


def test_a_companys_own_address_is_used(world: SixWeeks) -> None:
    found = next(statements(own(world), "https://lrs.example.com/sales/"))
    assert found["actor"]["account"]["homePage"] == "https://lrs.example.com/sales"
    assert found["object"]["id"].startswith("https://lrs.example.com/sales/scenarios/")
    for address in ("lrs.example.com", "mailto:a@example.com", "https://x.example/?a=1"):
        with pytest.raises(BadInputError, match="write a web address"):
            next(statements(own(world), address))


def test_no_warm_up_goes_to_a_record_store(world: SixWeeks) -> None:
    told = json.dumps(list(statements(own(world))))
    assert SECRET not in told
    warm_ups = [one.id for one in world.attempts if one.kind == "warm-up"]
    assert len(warm_ups) == 3
    assert not any(one in told for one in warm_ups)
