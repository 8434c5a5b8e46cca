"""How far a verdict is to be trusted stands beside it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from scoring.published import Published, Standing
from tests.app.conftest import House
from tests.app.test_practice import ASKS, begin, speak
from trainer.app.widgets import verdicts

GOOD = Standing(n=196, made=32, precision=0.9, recall=0.8, f1=0.85, kappa=0.81, low=0.72, high=0.9)
POOR = replace(GOOD, kappa=0.3, low=0.1, high=0.5)


@pytest.fixture(autouse=True)
def measured(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    moves = {"acknowledges_concern": GOOD, "clarifies_root_cause": POOR}
    monkeypatch.setattr(verdicts, "published", lambda: Published("replies", "", 196, moves, GOOD))
    yield


async def test_why_says_how_well_each_verdict_agrees_with_people(house: House) -> None:
    async with house.rep(size=(80, 40)) as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        assert "kappa" not in guest.reads
        assert "Find out what lies under the price unproven" in guest.reads
        assert "Show that you heard their point before you answer it unproven" not in guest.reads
        await guest.press("w")
        assert "Shown to agree with people's judgement. (kappa 0.81 (0.72–0.90), n 196)" in guest.reads
        unproven = "Unproven: not yet shown to agree with people; judge it yourself."
        assert f"{unproven} (kappa 0.30 (0.10–0.50), n 196)" in guest.reads
        assert guest.reads.count("(not yet compared with people)") == 1  # the third, which nobody measured


async def test_a_brief_promises_without_doubting(house: House) -> None:
    async with house.rep(size=(80, 60)) as guest:
        await guest.press("l")
        guest.point_at("price-20-percent")
        await guest.press("enter")
        assert "· Find out what lies under the price" in guest.reads
        assert "unproven" not in guest.reads
