import errno
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.errors import RecogniserError
from models.fetch import add, fetch, installed, remove
from models.installed import find
from models.whisper import Whisper
from tests.models.conftest import MICRO, clip
from tests.models.hub import LARGE, REVISION, Hub, serving

EXTRAS = {"README.md": b"about", ".gitattributes": b"*", "picture.png": b"p"}
MODEL = {path.name: path.read_bytes() for path in MICRO.iterdir()}
TOTAL = sum(map(len, MODEL.values()))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving({**MODEL, **EXTRAS}) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


def test_a_fetched_model_is_whole_listed_and_works(hub: Hub, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    fetch("base.en", tmp_path, lambda done, total: told.append((done, total)))
    (here,) = installed(tmp_path)
    assert (here.name, here.path, here.bytes) == ("base.en", tmp_path / "base.en", TOTAL)
    assert {path.name for path in here.path.iterdir()} == {*MODEL, "manifest.json"}
    assert told == sorted(told)
    assert told[-1] == (TOTAL, TOTAL)
    assert all(path.endswith(f"/resolve/{REVISION}/{name}") for path, name in resolved(hub))
    assert [word.text for word in Whisper(here.path).words(clip("saved").samples)] == clip(
        "saved"
    ).text.split()


def resolved(hub: Hub) -> list[tuple[str, str]]:
    return [(path, path.rsplit("/", 1)[1]) for path, _ in hub.asked if "/resolve/" in path]


def test_a_connection_cut_on_the_way_goes_on_where_it_stopped(hub: Hub, tmp_path: Path) -> None:
    hub.cut_after = [500_000, 300_000]
    fetch("tiny.en", tmp_path)
    assert hub.ranges_of(LARGE) == ["bytes=0-", "bytes=500000-", "bytes=800000-"]
    assert (tmp_path / "tiny.en" / LARGE).read_bytes() == MODEL[LARGE]


def test_a_fetch_that_failed_is_no_model_and_goes_on_another_day(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.hub._FRUITLESS", 1)
    hub.cut_after = [1_000_000, 0]
    with pytest.raises(RecogniserError, match=r"goes on where it stopped.*trainer models add FOLDER"):
        fetch("base.en", tmp_path)
    assert installed(tmp_path) == []
    hub.asked.clear()
    told: list[int] = []
    fetch("base.en", tmp_path, lambda done, _total: told.append(done))
    assert hub.ranges_of(LARGE) == ["bytes=1000000-"]
    assert hub.ranges_of("tokenizer.json") == []
    assert min(told[len(MODEL) - 1 :]) > 1_000_000
    assert [model.name for model in installed(tmp_path)] == ["base.en"]
    assert not list((tmp_path / "base.en").glob("*.part"))


def test_a_server_that_knows_no_ranges_costs_time_but_no_bytes(hub: Hub, tmp_path: Path) -> None:
    hub.knows_ranges = False
    hub.cut_after = [700_000]
    fetch("base.en", tmp_path)
    assert (tmp_path / "base.en" / LARGE).read_bytes() == MODEL[LARGE]


def test_damaged_bytes_are_thrown_away(hub: Hub, tmp_path: Path) -> None:
    listing = hub.listing()
    hub.listing = lambda: listing  # type: ignore[method-assign]
    hub.files[LARGE] = bytes(len(MODEL[LARGE]))
    with pytest.raises(RecogniserError, match=r"model\.bin arrived damaged"):
        fetch("base.en", tmp_path)
    assert installed(tmp_path) == []
    hub.files[LARGE] = MODEL[LARGE]
    fetch("base.en", tmp_path)
    assert [model.name for model in installed(tmp_path)] == ["base.en"]


def test_a_broken_off_fetch_keeps_what_came(hub: Hub, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done > 1_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch("base.en", tmp_path, stop)
    assert installed(tmp_path) == []
    (part,) = (tmp_path / "base.en").glob("*.part")
    assert part.stat().st_size > 500_000


def test_a_model_that_is_here_is_not_fetched_again(hub: Hub, tmp_path: Path) -> None:
    fetch("base.en", tmp_path)
    hub.asked.clear()
    told: list[tuple[int, int]] = []
    assert fetch("base.en", tmp_path, lambda *both: told.append(both)).name == "base.en"
    assert hub.asked == []
    assert told == [(TOTAL, TOTAL)]


def test_a_model_that_lost_bytes_is_fetched_where_it_lacks(hub: Hub, tmp_path: Path) -> None:
    fetch("base.en", tmp_path)
    (tmp_path / "base.en" / LARGE).write_bytes(MODEL[LARGE][:-1])
    assert find("base.en", tmp_path) is None
    fetch("base.en", tmp_path)
    assert (tmp_path / "base.en" / LARGE).read_bytes() == MODEL[LARGE]


@pytest.mark.parametrize("status", [401, 404, 503])
def test_a_hub_that_refuses_gets_one_line(hub: Hub, tmp_path: Path, status: int) -> None:
    hub.status = status
    with pytest.raises(RecogniserError, match=r"^base\.en can't be fetched from http://127.*add FOLDER$"):
        fetch("base.en", tmp_path)


def test_no_network_gets_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{free.getsockname()[1]}")
    with pytest.raises(RecogniserError, match="on another machine"):
        fetch("base.en", tmp_path)
    assert installed(tmp_path) == []


def test_a_repository_that_lost_its_tokenizer_is_refused(hub: Hub, tmp_path: Path) -> None:
    del hub.files["tokenizer.json"]
    with pytest.raises(RecogniserError, match=r"has no tokenizer\.json"):
        fetch("base.en", tmp_path)


def test_an_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(RecogniserError, match=r"No model is called huge.*base\.en"):
        fetch("huge", tmp_path)


def test_too_little_room_is_said_before_anything_is_fetched(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.fetch._SPARE", 10**15)
    with pytest.raises(RecogniserError, match=r"disk of .* is full .*3 MB wanted"):
        fetch("base.en", tmp_path)
    assert hub.ranges_of(LARGE) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_disk_that_fills_on_the_way_gets_one_line(hub: Hub, tmp_path: Path) -> None:
    folder = tmp_path / "base.en"
    folder.mkdir()
    for name in MODEL:
        sibling = next(one for one in siblings(hub) if one["rfilename"] == name)
        lfs = sibling.get("lfs")
        key = lfs["sha256"] if isinstance(lfs, dict) else sibling["blobId"]
        (folder / f"{name}.{str(key)[:12]}.part").symlink_to("/dev/full")
    with pytest.raises(RecogniserError, match="is full"):
        fetch("base.en", tmp_path)


def siblings(hub: Hub) -> list[dict[str, object]]:
    found = hub.listing()["siblings"]
    assert isinstance(found, list)
    return found


def test_a_second_fetch_at_the_same_time_is_turned_away(hub: Hub, tmp_path: Path) -> None:
    refused: list[str] = []

    def again(_done: int, _total: int) -> None:
        with pytest.raises(RecogniserError) as raised:
            fetch("base.en", tmp_path)
        refused.append(str(raised.value))

    fetch("base.en", tmp_path, again)
    assert "is being fetched already" in refused[0]
    assert [model.name for model in installed(tmp_path)] == ["base.en"]


def test_an_added_folder_is_copied_and_works(tmp_path: Path) -> None:
    here = add(MICRO, tmp_path / "models")
    assert here.name == "whisper-micro.en"
    assert installed(tmp_path / "models") == [here]
    assert [word.text for word in Whisper(here.path).words(clip("saved").samples)] == clip(
        "saved"
    ).text.split()
    assert {path.name for path in (tmp_path / "models").iterdir()} == {here.name}


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("faster-whisper-base.en", "base.en"),
        (f"models--Systran--faster-whisper-small.en/snapshots/{REVISION}", "small.en"),
        ("mine", "mine"),
    ],
)
def test_an_added_folder_of_the_hub_gets_the_model_s_name(tmp_path: Path, folder: str, name: str) -> None:
    shutil.copytree(MICRO, tmp_path / folder)
    assert add(tmp_path / folder, tmp_path / "models").name == name


def test_what_comes_along_in_the_folder_is_left_behind(tmp_path: Path) -> None:
    folder = shutil.copytree(MICRO, tmp_path / "mine")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    here = add(folder, tmp_path / "models")
    assert {path.name for path in here.path.iterdir()} == {*MODEL, "manifest.json"}
    assert here.bytes == TOTAL


@pytest.mark.parametrize("lacking", sorted(set(MODEL) - {"preprocessor_config.json"}))
def test_an_incomplete_folder_is_refused_by_what_it_lacks(tmp_path: Path, lacking: str) -> None:
    folder = shutil.copytree(MICRO, tmp_path / "mine")
    (folder / lacking).unlink()
    with pytest.raises(RecogniserError, match=f"lacks {lacking}"):
        add(folder, tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_weights_that_can_not_be_loaded_are_not_taken(tmp_path: Path) -> None:
    folder = shutil.copytree(MICRO, tmp_path / "mine")
    (folder / LARGE).write_bytes(MODEL[LARGE][:1_000_000])
    with pytest.raises(RecogniserError, match="can't be loaded"):
        add(folder, tmp_path / "models")
    assert installed(tmp_path / "models") == []


def test_a_model_is_not_replaced_without_being_asked(tmp_path: Path) -> None:
    add(MICRO, tmp_path)
    with pytest.raises(RecogniserError, match=r"trainer models remove whisper-micro\.en"):
        add(MICRO, tmp_path)


def test_a_half_fetched_folder_gives_way_to_an_added_one(tmp_path: Path) -> None:
    (tmp_path / "whisper-micro.en").mkdir()
    (tmp_path / "whisper-micro.en" / "model.bin.abc.part").write_bytes(b"half")
    assert add(MICRO, tmp_path).bytes == TOTAL
    assert not (tmp_path / "whisper-micro.en" / "model.bin.abc.part").exists()


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_paths: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(RecogniserError, match="is full"):
        add(MICRO, tmp_path / "models")
    assert list((tmp_path / "models").iterdir()) == []


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(RecogniserError, match="no such folder"):
        add(tmp_path / "nowhere", tmp_path)


def test_a_removed_model_is_gone(tmp_path: Path) -> None:
    add(MICRO, tmp_path)
    remove("whisper-micro.en", tmp_path)
    assert installed(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["base.en", "../elsewhere", ".", ""])
def test_removing_what_is_not_there_touches_nothing(tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(RecogniserError, match="trainer models list"):
        remove(name, tmp_path / "models")
    assert elsewhere.is_dir()


@pytest.mark.parametrize(
    "manifest", ["", "{", "[]", '{"files": 3}', '{"files": {"model.bin": 1}}', '{"files": null}']
)
def test_a_manifest_that_says_nothing_makes_no_model(tmp_path: Path, manifest: str) -> None:
    folder = add(MICRO, tmp_path).path
    (folder / "manifest.json").write_text(manifest, encoding="utf-8")
    assert installed(tmp_path) == []
