"""A made-up team in the middle of a manager's week, for the README's pictures."""

from dataclasses import replace
from datetime import timedelta

from tests.coaching.six_weeks import NOW, THURSDAY, SixWeeks, lived
from trainer.paths import Paths
from trainer.store.coaching.plans import Step

TEAM: dict[str, tuple[str, str, tuple[tuple[int, str, str], ...]]] = {
    "Li Wei": (
        "call-me-next-quarter",
        "timing-objection",
        ((17, "A", "+-+-"), (14, "B", "++++"), (13, "A", "++++"), (12, "B", "++++"), (2, "A", "++++")),
    ),
    "Ben Okoro": (
        "just-send-a-quote",
        "qualify-budget",
        ((9, "A", "+---"), (6, "B", "+-+-"), (3, "A", "+---")),
    ),
    "Sam Hall": (
        "happy-with-what-we-have",
        "status-quo",
        ((12, "A", "-+-+"), (8, "B", "+++-"), (1, "A", "++++")),
    ),
    "Nora Lindqvist": ("just-looking-around", "qualify-need", ((20, "A", "--+-"),)),
}
"""Beside Ana: scenario, skill, and what was assessed: days ago, form, and turn by turn good (+) or poor."""


def a_week(paths: Paths) -> SixWeeks:
    """Ana's six weeks, and four colleagues of hers; the clock stands an hour before Ana's session."""
    world = lived(paths.database, paths.takes)
    for name, (scenario, skill, attempts) in TEAM.items():
        one = replace(world, ana=world.store.add_person(name, "rep"), attempts=[])
        world.store.plans.make(
            one.ana.id, world.mara.id, [Step(skill, 80, 4), Step("price-objection", 80, 4)]
        )
        for person in (one.ana, world.mara):
            world.store.plans.agree(one.ana.id, skill, 80, person.id)
        for days, form, how in attempts:
            one.practised(NOW - timedelta(days=days), how, scenario=scenario, form=form, recorded=True)
        if name == "Nora Lindqvist":
            world.store.sessions.plan(one.ana.id, world.mara.id, THURSDAY + timedelta(days=1))
    world.clock.at = NOW
    return world
