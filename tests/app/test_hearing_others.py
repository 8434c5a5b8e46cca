"""A manager hears what lies elsewhere: it is fetched first, or the reason is said."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.app.conftest import Guest, House
from tests.store.records import NOON, attempt, reply, result
from tests.team.hall import Hall
from tests.team.machines import ANA, MARA, TEAM
from trainer.app.exchange import of_attempt
from trainer.app.screens.replies import ReplyOfAttempt
from trainer.practice import consent
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Take
from trainer.team.exchange import sync
from trainer.team.place import Place
from trainer.team.recordings import Post

SOUND = b"fLaC" + bytes(999)
TEAMS = "postgresql://x@y/z"


@dataclass
class Scene:
    house: House
    hall: Hall
    shared: Path
    hers: Store
    take: Take
    post: Post


@pytest.fixture
def scene(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Ana recorded an assessed practice on her machine; Mara's app belongs to the same team."""
    monkeypatch.setattr("trainer.app.sharing.LOOK", 0.05)
    monkeypatch.setattr("trainer.app.turns.OFTEN", 0.1)
    shared = tmp_path / "shared"
    Place.of(str(shared)).prepare()
    hall = Hall(*TEAM)
    hall.recordings = str(shared)
    with house.store as store:
        store.exchange.join(MARA)
        store.exchange.meet(TEAM)
    house.team = lambda _config: hall.visit(MARA)
    with Store.open(tmp_path / "hers.db", now=lambda: NOON) as hers:
        hers.exchange.join(ANA)
        rep = hers.person(ANA.name)
        assert rep is not None
        consent.answer(hers, rep, 90, "recordings", agreed=True)
        begun, name = attempt(rep), new_id()
        digest = hashlib.sha256(SOUND).hexdigest()
        spoken = Take(name, begun.id, "objection", NOON, f"{begun.id}/objection/{name}.flac", digest, 9.0, 0)
        hers.add_attempt(begun)
        hers.add_take(spoken)
        hers.add_reply(reply(begun, take_id=name))
        hers.finish(result(begun))
        hers.ledger.write(
            rep.id, begun.skill, "attempt", rep.id, attempt_id=begun.id, facts={"score": 75, "form": "x A"}
        )
        file = tmp_path / "hers" / spoken.file
        file.parent.mkdir(parents=True)
        file.write_bytes(SOUND)
        post = Post(hers, tmp_path / "hers", Place.of(str(shared)), keep_days=90, now=lambda: NOON)
        made = Scene(house, hall, shared, hers, spoken, post)
        exchange(made)
        yield made


def exchange(scene: Scene) -> None:
    with scene.hall.visit(ANA) as server:
        sync(scene.hers, server)


async def to_the_reply(guest: Guest) -> None:
    await guest.shows("Ana Ruiz")
    await guest.until(lambda: bool(guest.app.config.recordings))
    await guest.shows("75")
    await guest.app.push_screen(reply_screen(guest))
    await guest.settled()


def reply_screen(guest: Guest) -> ReplyOfAttempt:
    with Store.open(guest.app.services.paths.database) as store:
        [one] = store.team_attempts()
        detail = store.team_attempt(one.attempt.id)
    exchanges = of_attempt(detail, guest.app.services.paths.takes)
    return ReplyOfAttempt(exchanges, None, detail.attempt, for_manager=True)


async def test_it_is_fetched_and_played(scene: Scene) -> None:
    scene.post.step()
    exchange(scene)
    async with scene.house.app(MARA.name, "manager", team=TEAMS, keep_days=0) as guest:
        await to_the_reply(guest)
        await guest.press("p")
        await guest.until(lambda: bool(scene.house.speaker.played))
    file = scene.house.paths.takes / scene.take.file
    assert file.read_bytes() == SOUND


async def test_why_it_cannot_be_heard_is_one_line(scene: Scene) -> None:
    async with scene.house.app(MARA.name, "manager", team=TEAMS, keep_days=0) as guest:
        await to_the_reply(guest)
        await guest.press("p")
        await guest.shows("not sent yet: it is on the machine it was made on")
        scene.post.step()
        [there] = [one for one in scene.shared.rglob("*") if one.is_file() and len(one.name) == 64]
        there.write_bytes(there.read_bytes()[:-1] + b"x")
        exchange(scene)
        with scene.house.store as store:
            await guest.until(lambda: store.exchange.recordings.stored(scene.take.id) is not None)
        await guest.press("p")
        await guest.shows("was changed there")
    assert not scene.house.speaker.played


async def test_what_the_rep_deletes_leaves_the_managers_machine(scene: Scene) -> None:
    scene.post.step()
    exchange(scene)
    async with scene.house.app(MARA.name, "manager", team=TEAMS, keep_days=0) as guest:
        await to_the_reply(guest)
        await guest.press("p")
        await guest.until(lambda: bool(scene.house.speaker.played))
        file = scene.house.paths.takes / scene.take.file
        assert file.exists()
        scene.hers.privacy.gone(scene.take.id, "asked")
        scene.post.step()
        exchange(scene)
        await guest.until(lambda: not file.exists())
        await guest.press("p", "p")
        await guest.shows("its rep asked for it")
