"""Packs that were made to do harm, or broke on the way: each is refused in a line, and nothing is written."""

import os
import stat
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from scoring.yaml_source import MAX_BYTES
from tests.library.packed import FILES, MANIFEST, SCENARIO, folder_of, zip_of
from trainer.library.errors import PackError
from trainer.library.members import MOST_FILES, read_members
from trainer.library.pack import read_pack


def refused(path: Path, said: str) -> None:
    with pytest.raises(PackError) as caught:
        read_pack(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../evil.yaml", "leads out of the pack"),
        ("scenarios/../../evil.yaml", "leads out of the pack"),
        ("/etc/cron.d/evil.txt", "leads out of the pack"),
        ("C:/evil.yaml", "only letters from A to Z"),
        ("C:evil.yaml", "only letters from A to Z"),
        ("scenarios\\..\\..\\evil.yaml", "can't be in a pack"),
        ("\\\\server\\share\\evil.yaml", "can't be in a pack"),
        ("scenarios//evil.yaml", "leads out of the pack"),
        ("scenarios/./evil.yaml", "leads out of the pack"),
        ("aux.yaml", "is the name of a device"),
        ("scenarios/COM1.txt", "is the name of a device"),
        ("nul .txt", "is the name of a device"),
        ("evil.yaml.", "only letters from A to Z"),
        ("evil.yaml ", "only letters from A to Z"),
        ("evil.yaml:stream", "only letters from A to Z"),
        ("~root.yaml", "only letters from A to Z"),
        ("-rf.yaml", "only letters from A to Z"),
        ("evil\n.yaml", "only letters from A to Z"),
        ("evil\u202elmay.yaml", "only letters from A to Z"),
        ("ｅvil.yaml", "only letters from A to Z"),
        ("a/b/c/d/e.yaml", "levels deep"),
        ("x" * 200 + ".yaml", "longer than 160 letters"),
        ("run.py", "is no text"),
        ("scenarios/evil.exe", "is no text"),
        ("evil", "is no text"),
    ],
)
def test_a_file_that_could_land_elsewhere_is_refused(tmp_path: Path, name: str, said: str) -> None:
    refused(zip_of(tmp_path / "p.zip", {**FILES, name: "x: 1\n"}), said)


@pytest.mark.parametrize(
    "names", [("README.md", "readme.md"), ("a.md", "A.md/b.md"), ("One/a.md", "one/b.md")]
)
def test_two_names_that_some_system_takes_for_one_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    files = {key: text for key, text in FILES.items() if key != "README.md"}
    refused(
        zip_of(tmp_path / "p.zip", {**files, **dict.fromkeys(names, "x")}), "are one file on some systems"
    )


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    file = zip_of(tmp_path / "p.zip", FILES)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("README.md", "other")
    refused(file, "is there twice")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR])
def test_a_link_or_a_device_in_a_zip_is_refused(tmp_path: Path, kind: int) -> None:
    file = zip_of(tmp_path / "p.zip", FILES)
    entry = zipfile.ZipInfo("scenarios/link.md")
    entry.create_system, entry.external_attr = 3, (kind | 0o777) << 16
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    refused(file, "is a link or a device and no file")


@pytest.mark.skipif(os.name != "posix", reason="links and pipes as Unix has them")
def test_links_and_pipes_in_a_folder_are_refused(tmp_path: Path) -> None:
    for number, kind in enumerate(("file", "folder", "dangling", "pipe")):
        pack = folder_of(tmp_path / str(number), FILES)
        odd = pack / "scenarios" / "odd.md"
        if kind == "pipe":
            os.mkfifo(odd)
        else:
            target = {"file": "/etc/passwd", "folder": "/etc", "dangling": "/nowhere"}[kind]
            odd.symlink_to(target)
        refused(pack, "a link or a device and no file")


def test_a_bomb_is_let_go_of_at_the_limit(tmp_path: Path) -> None:
    refused(zip_of(tmp_path / "p.zip", {**FILES, "bomb.txt": b"\0" * 50_000_000}), "larger than 256 kB")
    many = {f"t{number}.txt": b"\0" * MAX_BYTES for number in range(40)}
    refused(zip_of(tmp_path / "many.zip", {**FILES, **many}), "more than 8 MB; split it")


def test_no_more_of_a_bomb_is_unpacked_than_the_limit(tmp_path: Path) -> None:
    bomb = zip_of(tmp_path / "p.zip", {"bomb.txt": b"\0" * 50_000_000})
    tracemalloc.start()
    try:
        with pytest.raises(PackError):
            read_members(bomb)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


def test_a_list_of_files_that_is_too_long_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = zip_of(tmp_path / "q.zip", {f"t{number}.txt": "" for number in range(9000)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    refused(file, "more than 400 files")


def test_a_size_that_lies_is_not_trusted(tmp_path: Path) -> None:
    file = zip_of(tmp_path / "p.zip", {**FILES, "bomb.txt": b"\0" * 5_000_000})
    raw = bytearray(file.read_bytes())
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = raw.rindex(signature, 0, raw.rindex(b"bomb.txt") if at == 24 else raw.index(b"bomb.txt"))
        struct.pack_into("<L", raw, start + at, 10)
    file.write_bytes(raw)
    with pytest.raises(PackError):
        read_pack(file)


def test_more_files_than_anybody_writes_are_refused(tmp_path: Path) -> None:
    many = {f"t{number}.txt": "x" for number in range(MOST_FILES)}
    refused(zip_of(tmp_path / "p.zip", {**FILES, **many}), "more than 400 files")
    refused(folder_of(tmp_path / "p", {**FILES, **many}), "more than 400 files")
    refused(
        zip_of(tmp_path / "q.zip", {f"t{number}.txt": "" for number in range(9000)}), "more than 400 files"
    )


def test_zips_of_an_unusual_kind_are_refused(tmp_path: Path) -> None:
    lzma = tmp_path / "lzma.zip"
    with zipfile.ZipFile(lzma, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("pack.yaml", MANIFEST)
    refused(lzma, "packed in an unusual way")
    comment = zip_of(tmp_path / "comment.zip", FILES)
    with zipfile.ZipFile(comment, "a") as archive:
        archive.comment = b"hello"
    refused(comment, "or one with a comment")
    large = zip_of(tmp_path / "large.zip", FILES)
    raw = large.read_bytes()
    large.write_bytes(raw[:-22] + b"PK\x06\x07" + b"\0" * 16 + raw[-22:])
    refused(large, "a zip for very large files")
    locked = zip_of(tmp_path / "locked.zip", {"pack.yaml": MANIFEST})
    raw = locked.read_bytes()
    at = raw.index(b"PK\x01\x02") + 8
    locked.write_bytes(raw[:at] + b"\x01" + raw[at + 1 :])
    refused(locked, "is encrypted")


@pytest.mark.parametrize("keep", [0, 1, 21, 22, 100, -23, -1])
def test_half_a_zip_is_refused(tmp_path: Path, keep: int) -> None:
    file = zip_of(tmp_path / "p.zip", FILES)
    file.write_bytes(file.read_bytes()[:keep])
    refused(file, "not a whole zip file")


def test_other_things_than_packs_are_refused(tmp_path: Path) -> None:
    refused(tmp_path / "none.zip", "there is no such pack")
    (tmp_path / "text.zip").write_text("hello" * 100, encoding="utf-8")
    refused(tmp_path / "text.zip", "not a whole zip file")
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "no pack.yaml in it")
    refused(folder_of(tmp_path / "bare", {"pack.yaml": MANIFEST}), "no scenario in it")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("name: acme", "name: Acme Sales", "pack.yaml:1: name is not right; use small letters"),
        ("name: acme", "name: con", "pack.yaml:1: a pack can't be called so: 'con' is the name of a device"),
        ("name: acme\n", "", "pack.yaml:1: 'name' is missing; add a line 'name: …'"),
        ('version: "1.0"', "version: 1.0", "pack.yaml:2: version is not right; write numbers with dots"),
        ("language: en", "langauge: en", "pack.yaml:3: unknown key 'langauge'; did you mean 'language'"),
        ("author: Acme\n", 'author: Acme\nneeds: {trainer: "99"}\n', "pack.yaml:6: it needs rep-trainer 99"),
        ("author: Acme\n", "author: [\n", "pack.yaml:6: "),
        (MANIFEST, "- 1\n", "pack.yaml:1: not a manifest"),
        ("author: Acme", 'author: "Acme\\e[2J"', "pack.yaml:5: holds U+001B, which can't be seen"),
    ],
)
def test_a_manifest_that_is_wrong_is_named_with_line_and_mend(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert before in MANIFEST
    refused(folder_of(tmp_path, {**FILES, "pack.yaml": MANIFEST.replace(before, after)}), said)


@pytest.mark.parametrize(
    "rubric", ["../../own.yaml", "../../../../etc/own.yaml", "missing.yaml", "../README.md.yaml"]
)
def test_a_scenario_names_no_file_outside_its_pack(tmp_path: Path, rubric: str) -> None:
    (tmp_path / "own.yaml").write_text(FILES["rubrics/acme-price.yaml"], encoding="utf-8")
    text = SCENARIO.replace("../rubrics/acme-price.yaml", rubric)
    refused(
        folder_of(tmp_path / "p", {**FILES, "scenarios/acme-small.yaml": text}),
        "acme-small.yaml:4: no rubric",
    )


@pytest.mark.parametrize("escape", ["\\e[2J", "\\u202e", "\\u200b", "\\x00", "\\u2028"])
def test_what_moves_a_cursor_or_hides_in_a_text_is_refused(tmp_path: Path, escape: str) -> None:
    text = SCENARIO.replace("says: And now?", f'says: "And {escape}now?"')
    refused(
        folder_of(tmp_path, {**FILES, "scenarios/acme-small.yaml": text}), "which can't be seen; delete it"
    )


def test_a_yaml_file_that_is_neither_is_named(tmp_path: Path) -> None:
    refused(
        folder_of(tmp_path, {**FILES, "scenarios/notes.yaml": "a: 1\n"}), "notes.yaml:1: neither a scenario"
    )


def test_an_honest_pack_is_read_in_order(tmp_path: Path) -> None:
    assert list(read_members(folder_of(tmp_path, FILES))) == sorted(FILES)
