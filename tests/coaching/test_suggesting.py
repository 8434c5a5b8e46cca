from dataclasses import dataclass
from datetime import timedelta

from tests.store.records import NOON, attempt
from trainer.coaching.suggesting import suggestions
from trainer.store.records import AttemptSummary, Person

ANA = Person("ana", "Ana Ruiz", "rep", NOON)


@dataclass(frozen=True)
class Turn:
    criteria: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Named:
    """A scenario as far as suggestions look."""

    id: str
    skill: str
    forms: dict[str, Form]


def scenario(name: str, *turns: tuple[str, ...], skill: str = "price-objection") -> Named:
    return Named(name, skill, {"A": Form(tuple(Turn(one) for one in turns))})


ONCE = scenario("once", ("check",), ("evidence",))
TWICE = scenario("twice", ("check", "evidence"), ("check",))
NEVER = scenario("never", ("evidence",))
OTHER = scenario("other", ("check",), skill="qualify-budget")
LIBRARY = (ONCE, TWICE, NEVER, OTHER)


def tried(name: str, ago: int) -> AttemptSummary:
    of = attempt(ANA, scenario=name, started_at=NOON - timedelta(days=ago))
    return AttemptSummary(of, ANA.name, of.started_at, 60, 2)


def test_scenarios_that_ask_most_for_what_is_missing_come_first() -> None:
    found = suggestions(LIBRARY, "price-objection", "check", [])
    assert [one.scenario for one in found] == ["twice", "once", "never"]
    assert [one.why for one in found] == ["asks for: check", "asks for: check", "the focus, new to them"]


def test_with_nothing_missing_what_is_new_comes_first_then_the_oldest() -> None:
    found = suggestions(LIBRARY, "price-objection", None, [tried("once", 2), tried("never", 9)])
    assert [(one.scenario, one.why) for one in found] == [
        ("twice", "the focus, new to them"),
        ("never", "the focus"),
        ("once", "the focus"),
    ]


def test_a_skill_without_a_scenario_has_no_suggestion() -> None:
    assert suggestions(LIBRARY, "discovery", "check", []) == []
