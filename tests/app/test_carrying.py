"""Recordings go in the background, at a pace of their own."""

from itertools import pairwise
from pathlib import Path
from typing import cast

from trainer.app.carrying import Carried, Carrying
from trainer.app.turns import LONGEST_WAIT, OFTEN
from trainer.team.errors import BadAddressError, UnreachableError
from trainer.team.recordings import Post


class FakePost:
    """Holds recordings; `closed` can't be reached."""

    def __init__(self, held: int) -> None:
        self.held, self.closed, self.tidied, self.steps = held, False, 0, 0

    def tidy(self) -> None:
        self.tidied += 1

    def waiting(self) -> list[Path]:
        return [Path("x")] * self.held

    def step(self) -> int:
        self.steps += 1
        if self.closed:
            raise UnreachableError("The place can't be reached.")
        self.held = max(0, self.held - 1)
        return self.held


class Clock:
    at = 0.0

    def __call__(self) -> float:
        return self.at


def carrying(post: FakePost, clock: Clock) -> Carrying:
    return Carrying(lambda: cast("Post", post), clock)


async def test_one_after_the_other_and_then_there_is_rest() -> None:
    post, clock = FakePost(3), Clock()
    one = carrying(post, clock)
    assert await one.look() == Carried("sending 2 recordings", more=True)
    assert await one.look() == Carried("sending 1 recording", more=True)
    assert await one.look() == Carried("")
    await one.look()
    assert post.steps == 3
    clock.at += OFTEN
    await one.look()
    assert post.steps == 4


async def test_a_place_that_is_not_reached_is_tried_less_and_less_often() -> None:
    post, clock = FakePost(2), Clock()
    post.closed = True
    one = carrying(post, clock)
    tried = []
    for _ in range(1000):
        before = post.steps
        assert await one.look() == Carried("2 recordings to send, place not reached")
        one.news()  # is no reason to try again sooner
        if post.steps > before:
            tried.append(clock.at)
        clock.at += 10
    waits = [late - early for early, late in pairwise(tried)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (OFTEN, LONGEST_WAIT)
    post.closed = False
    clock.at += LONGEST_WAIT
    assert await one.look() == Carried("sending 1 recording", more=True)


async def test_what_came_is_tidied_at_once_and_only_then() -> None:
    post, clock = FakePost(0), Clock()
    one = carrying(post, clock)
    await one.look()
    await one.look()
    assert post.tidied == 1
    one.news()
    await one.look()
    assert post.tidied == 2


async def test_an_address_that_is_none_is_said_and_ends_nothing() -> None:
    def no_post() -> Post:
        raise BadAddressError("no place")

    assert await Carrying(no_post, Clock()).look() == Carried("recordings not reached")
