"""Recordings on their way: sealed to the place, fetched and checked, deleted there and elsewhere."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import fsspec
import pytest

from tests.store.records import NOON, attempt, reply, result
from tests.team.machines import ANA, MARA, TEAM, machine, receives, sends
from trainer.practice import consent
from trainer.practice.retention import delete_old
from trainer.store import Store
from trainer.store.exchange.record import Member, Record
from trainer.store.exchange.recordings import Stored
from trainer.store.ids import new_id
from trainer.store.records import Kind, Take
from trainer.team.bodies import NotTakenError, parse
from trainer.team.errors import BadAddressError, RecordingError, UnreachableError
from trainer.team.place import SIGN, Place
from trainer.team.recordings import COPY, KEY, Post
from trainer.team.sealing import new_key, seal

BEN = Member("019a7800-0000-7000-8000-00000000000c", "Ben Okoro", "rep", MARA.id)
SOUND = b"fLaC" + bytes(range(256)) * 40


@dataclass
class Desk:
    """One machine with its store, its folder of recordings and its way to the place."""

    me: Member
    store: Store
    takes: Path
    place: Place | None
    keep_days: int = 90
    later: timedelta = timedelta()

    @property
    def post(self) -> Post:
        return Post(
            self.store, self.takes, self.place, keep_days=self.keep_days, now=lambda: NOON + self.later
        )

    def agrees(self, *, agreed: bool = True) -> None:
        person = self.store.person(self.me.name)
        assert person is not None
        consent.answer(self.store, person, self.keep_days, "recordings", agreed=agreed)

    def records(self, sound: bytes = SOUND, *, kind: Kind = "assessed", finish: bool = True) -> Take:
        """A practice with one spoken reply."""
        person = self.store.person(self.me.name)
        assert person is not None
        begun = attempt(person, kind=kind)
        name = new_id()
        digest = hashlib.sha256(sound).hexdigest()
        spoken = Take(name, begun.id, "objection", NOON, f"{begun.id}/objection/{name}.flac", digest, 9.0, 0)
        self.store.add_attempt(begun)
        self.store.add_take(spoken)
        self.store.add_reply(reply(begun, take_id=name))
        if finish:
            self.store.finish(result(begun))
        file = self.takes / spoken.file
        file.parent.mkdir(parents=True)
        file.write_bytes(sound)
        return spoken

    def sends_all(self) -> None:
        while self.post.waiting():
            self.post.step()


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    Place.of(str(folder)).prepare()
    return folder


def desk(tmp_path: Path, me: Member, shared: Path, name: str = "") -> Desk:
    own = tmp_path / (name or me.name)
    own.mkdir()
    store = machine(own, me, team=(*TEAM, BEN))
    return Desk(me, store, own / "takes", Place.of(str(shared)))


@pytest.fixture
def hers(tmp_path: Path, shared: Path) -> Iterator[Desk]:
    made = desk(tmp_path, ANA, shared)
    made.agrees()
    with made.store:
        yield made


@pytest.fixture
def managers(tmp_path: Path, shared: Path) -> Iterator[Desk]:
    made = desk(tmp_path, MARA, shared)
    with made.store:
        yield made


def lying(shared: Path) -> list[Path]:
    return [one for one in shared.rglob("*") if one.is_file() and one.name != SIGN]


def pass_on(giver: Desk, taker: Desk) -> None:
    receives(taker.store, sends(giver.store))


def sent_to(hers: Desk, managers: Desk) -> Take:
    """A recording that lies at the place, and its record at the manager's."""
    spoken = hers.records()
    sends_first = sends(hers.store)
    hers.sends_all()
    receives(managers.store, [*sends_first, *sends(hers.store)])
    return spoken


def test_a_manager_hears_what_a_rep_recorded(hers: Desk, managers: Desk, shared: Path) -> None:
    spoken = sent_to(hers, managers)
    [there] = lying(shared)
    assert there.name == hashlib.sha256(there.read_bytes()).hexdigest()
    assert there.parent.name == there.name[:2]
    assert SOUND[:40] not in there.read_bytes()
    heard: list[float] = []
    file = managers.post.fetch(spoken.id, told=heard.append)
    assert file == managers.takes / spoken.file
    assert file.read_bytes() == SOUND
    assert heard[-1] == 1.0
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    assert not list(hers.takes.rglob("*" + KEY))


def test_it_is_fetched_once(hers: Desk, managers: Desk, shared: Path) -> None:
    spoken = sent_to(hers, managers)
    managers.post.fetch(spoken.id)
    lying(shared)[0].unlink()
    assert managers.post.fetch(spoken.id).read_bytes() == SOUND


def test_only_finished_assessed_practices_that_were_sent_wait(hers: Desk) -> None:
    hers.records(kind="warm-up")
    hers.records(finish=False)
    wanted = hers.records()
    assert hers.post.waiting() == []
    sends(hers.store)
    assert [one.take_id for one in hers.post.waiting()] == [wanted.id]


def test_a_take_that_was_said_again_stays_here(hers: Desk) -> None:
    spoken = hers.records()
    first = replace(spoken, id=new_id())
    hers.store.add_take(replace(first, file=f"{spoken.attempt_id}/objection/{first.id}.flac"))
    (hers.takes / spoken.file).with_name(f"{first.id}.flac").write_bytes(SOUND)
    sends(hers.store)
    assert [one.take_id for one in hers.post.waiting()] == [spoken.id]


def test_nothing_goes_without_a_yes_to_just_that(tmp_path: Path, shared: Path) -> None:
    ana = desk(tmp_path, ANA, shared)
    with ana.store as store:
        person = store.person(ANA.name)
        assert person is not None
        consent.answer(store, person, 90, agreed=True)
        ana.records()
        sends(store)
        assert ana.post.waiting() == []
        ana.agrees(agreed=False)
        assert ana.post.waiting() == []
        ana.agrees()
        assert len(ana.post.waiting()) == 1
        ana.agrees(agreed=False)
        assert ana.post.waiting() == []


def test_what_was_recorded_before_the_yes_stays_here(tmp_path: Path, shared: Path) -> None:
    with Store.open(tmp_path / "late.db", now=lambda: NOON + timedelta(hours=1)) as store:
        store.exchange.join(ANA)
        ana = Desk(ANA, store, tmp_path / "takes", Place.of(str(shared)))
        ana.agrees()
        ana.records()
        sends(store)
        assert ana.post.waiting() == []


def test_an_upload_that_breaks_off_leaves_nothing_that_counts_and_is_done_again(
    hers: Desk, managers: Desk, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = hers.records()
    first = sends(hers.store)
    local: Any = fsspec.filesystem("file")

    def breaks(_path: str, data: bytes) -> None:
        local.__class__.pipe_file(local, _path, data[: len(data) // 2])
        raise OSError("the line broke")

    with monkeypatch.context() as broken:
        broken.setattr(local, "pipe_file", breaks)
        with pytest.raises(UnreachableError, match="the line broke"):
            hers.post.step()
    assert [one.parent.name for one in lying(shared)] == ["incoming"]
    assert sends(hers.store) == []
    hers.sends_all()
    assert len(lying(shared)) == 1
    receives(managers.store, [*first, *sends(hers.store)])
    assert managers.post.fetch(spoken.id).read_bytes() == SOUND


def test_stopped_after_the_upload_and_before_the_note_it_lies_there_once(
    hers: Desk, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers.records()
    sends(hers.store)
    with monkeypatch.context() as stopped:

        def stop(_stored: Stored) -> None:
            raise KeyboardInterrupt

        stopped.setattr(hers.store.exchange.recordings, "add", stop)
        with pytest.raises(KeyboardInterrupt):
            hers.post.step()
    before = lying(shared)
    hers.sends_all()
    assert lying(shared) == before
    assert len(before) == 1


def test_what_arrives_other_than_it_was_sent_is_not_kept(
    hers: Desk, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers.records()
    sends(hers.store)
    local: Any = fsspec.filesystem("file")
    with monkeypatch.context() as bad:
        bad.setattr(
            local, "pipe_file", lambda path, data: Path(path).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        )
        with pytest.raises(UnreachableError, match="reads back other"):
            hers.post.step()
    assert lying(shared) == []
    assert len(hers.post.waiting()) == 1


def test_a_drive_that_is_not_connected_takes_and_misses_nothing(
    hers: Desk, managers: Desk, shared: Path
) -> None:
    spoken = sent_to(hers, managers)
    (shared / SIGN).unlink()
    hers.records()
    sends(hers.store)
    hers.store.privacy.gone(spoken.id, "asked")
    with pytest.raises(UnreachableError, match="connect the folder"):
        hers.post.step()
    with pytest.raises(UnreachableError, match="connect the folder"):
        managers.post.fetch(spoken.id)
    assert len(hers.store.exchange.recordings.to_delete(ANA.id)) == 1
    Place.of(str(shared)).prepare()
    hers.sends_all()
    assert hers.store.exchange.recordings.to_delete(ANA.id) == []
    assert len(lying(shared)) == 1


def test_a_recording_that_was_changed_here_is_not_sent_and_holds_up_no_other(hers: Desk) -> None:
    bad, good = hers.records(), hers.records()
    (hers.takes / bad.file).write_bytes(b"fLaC other")
    sends(hers.store)
    post = hers.post
    while post.waiting():
        post.step()
    [why] = post.unfit
    assert "is not what was recorded" in why
    assert hers.store.exchange.recordings.stored(bad.id) is None
    assert hers.store.exchange.recordings.stored(good.id) is not None


# Away again


def test_what_its_rep_deletes_goes_there_and_with_the_manager(
    hers: Desk, managers: Desk, shared: Path
) -> None:
    spoken = sent_to(hers, managers)
    file = managers.post.fetch(spoken.id)
    hers.store.privacy.gone(spoken.id, "asked")
    hers.post.step()
    assert lying(shared) == []
    assert hers.store.exchange.recordings.stored(spoken.id) is None
    pass_on(hers, managers)
    managers.post.tidy()
    assert not file.exists()
    assert not file.with_suffix(COPY).exists()
    with pytest.raises(RecordingError, match="because its rep asked"):
        managers.post.fetch(spoken.id)


def test_retention_deletes_there_too(hers: Desk, managers: Desk, shared: Path) -> None:
    spoken = sent_to(hers, managers)
    managers.post.fetch(spoken.id)
    day = NOON + timedelta(days=92)
    delete_old(hers.store, hers.takes, keep_days=90, now=day - timedelta(days=1))
    assert delete_old(hers.store, hers.takes, keep_days=90, now=day) == 1
    hers.post.step()
    assert lying(shared) == []


def test_a_managers_machine_never_says_that_a_reps_recording_is_gone(hers: Desk, managers: Desk) -> None:
    spoken = sent_to(hers, managers)
    for days in (900, 901):
        delete_old(managers.store, managers.takes, keep_days=90, now=NOON + timedelta(days=days))
    assert managers.store.privacy.why_gone(spoken.id) is None
    hers.store.privacy.gone(spoken.id, "retention")
    pass_on(hers, managers)
    assert managers.store.privacy.why_gone(spoken.id) == "retention"
    assert managers.store.exchange.refused() == []


def test_a_manager_keeps_copies_no_longer_than_their_own_settings_say(hers: Desk, managers: Desk) -> None:
    file = managers.post.fetch(sent_to(hers, managers).id)
    managers.later = timedelta(days=89)
    managers.post.tidy()
    assert file.exists()
    managers.later = timedelta(days=91)
    managers.post.tidy()
    assert not file.exists()


def test_a_new_machine_of_the_rep_deletes_what_a_lost_one_stored(
    hers: Desk, tmp_path: Path, shared: Path
) -> None:
    new = desk(tmp_path, ANA, shared, "a new machine")
    with new.store:
        spoken = hers.records()
        records = sends(hers.store)
        hers.sends_all()
        receives(new.store, [*records, *sends(hers.store)])
        for days in (91, 92):
            delete_old(new.store, new.takes, keep_days=90, now=NOON + timedelta(days=days))
        assert new.store.privacy.why_gone(spoken.id) is None, "the other machine comes first"
        for days in (98, 99):
            delete_old(new.store, new.takes, keep_days=90, now=NOON + timedelta(days=days))
        assert new.store.privacy.why_gone(spoken.id) == "retention"
        new.post.step()
        assert lying(shared) == []


def test_the_copies_of_a_rep_who_is_forgotten_go(hers: Desk, managers: Desk) -> None:
    file = managers.post.fetch(sent_to(hers, managers).id)
    managers.store.exchange.meet([MARA, BEN])
    managers.post.tidy()
    assert not file.exists()


def test_there_are_not_too_many_copies_and_the_least_heard_go_first(
    hers: Desk, managers: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sent_to(hers, managers), sent_to(hers, managers)
    files = [managers.post.fetch(one.id) for one in (first, second)]
    for age, file in enumerate(files):
        os.utime(file.with_suffix(COPY), (1000 + age, 1000 + age))
    managers.post.fetch(first.id)
    monkeypatch.setattr("trainer.team.recordings.MOST_COPIES", len(SOUND))
    managers.post.tidy()
    assert [file.exists() for file in files] == [True, False]


def test_own_recordings_are_no_copies(hers: Desk) -> None:
    spoken = hers.records()
    hers.later = timedelta(days=900)
    hers.post.tidy()
    assert (hers.takes / spoken.file).exists()


def test_erasing_a_rep_deletes_there_first_and_is_remembered_where_that_fails(
    hers: Desk, managers: Desk, shared: Path
) -> None:
    spoken = sent_to(hers, managers)
    (shared / SIGN).rename(shared / "away")
    with pytest.raises(UnreachableError):
        hers.post.erase(ANA.id)
    assert hers.store.privacy.why_gone(spoken.id) == "asked"
    (shared / "away").rename(shared / SIGN)
    assert hers.post.erase(ANA.id) == 1
    assert lying(shared) == []
    assert hers.post.erase(ANA.id) == 0


# Attacks


def flipped(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("at", [0, 100, -1])
def test_one_flipped_bit_is_named_and_not_played(hers: Desk, managers: Desk, shared: Path, at: int) -> None:
    spoken = sent_to(hers, managers)
    flipped(lying(shared)[0], at)
    with pytest.raises(RecordingError, match="was changed there"):
        managers.post.fetch(spoken.id)
    assert not (managers.takes / spoken.file).exists()


@pytest.mark.parametrize("data", [b"", b"short", SOUND * 100])
def test_another_file_in_its_place_is_not_even_read_to_its_end(
    hers: Desk, managers: Desk, shared: Path, data: bytes
) -> None:
    spoken = sent_to(hers, managers)
    lying(shared)[0].write_bytes(data)
    with pytest.raises(RecordingError, match="was changed there"):
        managers.post.fetch(spoken.id)


def test_who_guesses_an_address_has_what_cannot_be_opened(hers: Desk, managers: Desk, shared: Path) -> None:
    """Ben's record names the address of Ana's recording; he listed the folder."""
    sent_to(hers, managers)
    [there] = lying(shared)
    person = managers.store.person("Ben Okoro")
    assert person is not None
    begun = attempt(person)
    name = new_id()
    managers.store.add_attempt(begun)
    sha = hashlib.sha256(SOUND).hexdigest()
    managers.store.add_take(Take(name, begun.id, "objection", NOON, f"{begun.id}/{name}.flac", sha, 9.0, 0))
    size = there.stat().st_size
    managers.store.exchange.recordings.add(Stored(name, there.name, new_key(), size))
    with pytest.raises(RecordingError, match="does not open with the key"):
        managers.post.fetch(name)


def test_even_with_the_key_it_is_no_other_takes_recording(hers: Desk, managers: Desk, shared: Path) -> None:
    first = sent_to(hers, managers)
    other = hers.records()
    known = hers.store.exchange.recordings.stored(first.id)
    assert known is not None
    records = sends(hers.store)
    hers.store.exchange.recordings.add(replace(known, take_id=other.id))
    receives(managers.store, [*records, *sends(hers.store)])
    with pytest.raises(RecordingError, match="another take's"):
        managers.post.fetch(other.id)


def test_another_recording_than_the_scored_one_is_not_played(hers: Desk, managers: Desk) -> None:
    """A changed client seals something else, and names its true address and key."""
    spoken = hers.records()
    records = sends(hers.store)
    key = new_key()
    sealed = seal(b"fLaC polished", key, take_id=spoken.id, sha256=spoken.sha256)
    assert hers.place is not None
    address = hers.place.put(sealed, label="x")
    hers.store.exchange.recordings.add(Stored(spoken.id, address, key, len(sealed)))
    receives(managers.store, [*records, *sends(hers.store)])
    with pytest.raises(RecordingError, match="not the recording that was scored"):
        managers.post.fetch(spoken.id)


def attempt_with(hers: Desk, file: str) -> Record:
    hers.records()
    [record] = [one for one in sends(hers.store) if one.kind == "attempt"]
    take = {**record.body["takes"][0], "file": file.replace("TAKE", record.body["takes"][0]["id"])}
    return replace(record, body={**record.body, "takes": [take]})


@pytest.mark.parametrize(
    "file",
    [
        "../TAKE.flac",
        "/etc/TAKE.flac",
        "C:/TAKE.flac",
        "a\\TAKE.flac",
        "x/../../TAKE.flac",
        "019a7800-0000-7000-8000-0000000000ff/objection/TAKE.flac",
        "019a7800-0000-7000-8000-0000000000ff/other.flac",
        "TAKE.exe",
        "TAKE.flac\0",
        "",
    ],
)
def test_a_take_whose_file_is_not_its_own_is_not_taken_in(hers: Desk, file: str) -> None:
    with pytest.raises(NotTakenError):
        parse(attempt_with(hers, file))


def test_a_take_in_its_own_place_is_taken_in(hers: Desk) -> None:
    parse(attempt_with(hers, "TAKE.flac"))


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_folder_is_not_followed(hers: Desk, managers: Desk, tmp_path: Path) -> None:
    spoken = sent_to(hers, managers)
    outside = tmp_path / "outside"
    outside.mkdir()
    managers.takes.mkdir()
    (managers.takes / spoken.attempt_id).symlink_to(outside, target_is_directory=True)
    with pytest.raises(RecordingError, match="not its own"):
        managers.post.fetch(spoken.id)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    "url",
    [
        "shared",
        "../shared",
        "/a/../b",
        "https://example.com/x",
        "simplecache::s3://bucket/x",
        "s3://",
        "s3://bucket?profile=x",
        "github://a:b@/x",
        "file://shared",
        "",
        "/",
    ],
)
def test_a_place_that_could_lead_anywhere_is_none(url: str) -> None:
    with pytest.raises(BadAddressError):
        Place.of(url)


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("/mnt/team", "/mnt/team"),
        ("file:///mnt/team/", "/mnt/team"),
        ("file:///C:/team", "C:/team"),
        ("Z:\\team\\", "Z:/team"),
        ("s3://bucket/team", "bucket/team"),
        ("s3://bucket?endpoint=https://s3.example.com", "bucket"),
    ],
)
def test_places(url: str, folder: str) -> None:
    assert Place.of(url).folder == folder


def test_why_a_recording_cannot_be_heard(hers: Desk, managers: Desk) -> None:
    spoken = hers.records()
    pass_on(hers, managers)
    with pytest.raises(RecordingError, match="not sent yet"):
        managers.post.fetch(spoken.id)
    with pytest.raises(RecordingError, match="nobody that is known"):
        managers.post.fetch(new_id())
    managers.place = None
    with pytest.raises(RecordingError, match="on the machine it was made on"):
        managers.post.fetch(spoken.id)


def test_storage_without_folders_does_as_well(tmp_path: Path, shared: Path) -> None:
    place = Place.of("memory://team")
    place.prepare()
    sealed = SOUND * 20
    address = place.put(sealed, label="one")
    assert place.put(sealed, label="two") == address
    assert place.get(address, len(sealed)) == sealed
    place.delete(address)
    place.delete(address)
    with pytest.raises(RecordingError, match="not at memory://team any more"):
        place.get(address, len(sealed))
