"""The files of a pack read from a folder or a zip, into memory and within limits, trusting no header."""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from scoring.yaml_source import MAX_BYTES
from trainer.errors import command
from trainer.library.errors import PackError
from trainer.library.names import clash_in, fault_in

MOST_FILES = 400
MOST_BYTES = 8_000_000
"""Of all files together; a scenario is some 20 kB."""

LARGEST_ZIP = 8_000_000
MOST_DIRECTORY = 200_000
"""Bytes of a zip's own list of files; 400 of them take some 40 kB."""

ENDINGS = (".yaml", ".yml", ".md", ".txt", "licence", "license", "readme")
"""Texts: what else might lie in a pack is nothing that this program reads."""

_END = b"PK\x05\x06"
_END_SIZE = 22
_LEFT_OUT = ("__macosx", "thumbs.db", "desktop.ini")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    IndexError,
)
"""What Python's reader of zips raises on one that is damaged or made up."""

Members = dict[str, bytes]


def read_members(path: Path) -> Members:
    """The pack's files by their path in it, in order; PackError for anything that does not belong in one."""
    if not path.exists():
        raise PackError(f"{path}: there is no such pack; check the path.")
    members: Members = {}
    total = 0
    for name, raw in _of_folder(path) if path.is_dir() else _of_zip(path):
        total += len(raw)
        if total > MOST_BYTES:
            raise PackError(f"{path}: more than {MOST_BYTES // 1_000_000} MB; split it into several packs.")
        members[name] = raw
    if clash := clash_in(members):
        raise PackError(f"{path}: {clash[0]!r} and {clash[1]!r} are one file on some systems; rename one.")
    return dict(sorted(members.items()))


def _checked(path: Path, name: str) -> str:
    """The name, if a pack may have such a file."""
    shown = repr(name if len(name) <= 80 else name[:77] + "...")
    if wrong := fault_in(name):
        raise PackError(f"{path}: the file {shown} can't be in a pack: {wrong}; rename it.")
    if not name.lower().endswith(ENDINGS):
        raise PackError(f"{path}: the file {shown} is no text; keep YAML, .md and .txt files in a pack.")
    return name


def _left_out(name: str) -> bool:
    """What systems and editors leave beside one's files."""
    parts = name.split("/")
    return any(
        (part.startswith(".") and part not in (".", "..")) or part.lower() in _LEFT_OUT for part in parts
    )


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    count = 0
    for at, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = sorted(one for one in folders if not _left_out(one))
        for name in sorted([*files, *(one for one in folders if (Path(at) / one).is_symlink())]):
            file = Path(at) / name
            inside = file.relative_to(folder).as_posix()
            if _left_out(inside):
                continue
            count += 1
            if count > MOST_FILES:
                raise PackError(f"{folder}: more than {MOST_FILES} files; split it into several packs.")
            yield _checked(folder, inside), _bytes_of(file)


def _raise(error: OSError) -> None:
    raise PackError(f"{error.filename}: can't be read ({error.strerror}); check its rights.") from error


def _bytes_of(file: Path) -> bytes:
    """A plain file's bytes; a link leads out of the pack, and a pipe never ends."""
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            raise PackError(f"{file}: a link or a device and no file; put the file itself there.")
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(file, flags), "rb") as opened:  # noqa: PTH123 -- not to follow a link
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise PackError(f"{file}: can't be read ({error.strerror}); check its rights.") from error
    return _small(raw, str(file))


def _of_zip(path: Path) -> Iterator[tuple[str, bytes]]:
    _refuse_unusual(path)
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _of_archive(path, archive)
    except _BROKEN as error:
        if isinstance(error, PackError):
            raise
        what = " ".join(str(error).split())[:120] or type(error).__name__
        raise PackError(f"{path}: not a whole zip file ({what}); pack or fetch it anew.") from error


def _of_archive(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = [one for one in archive.infolist() if not _left_out(one.orig_filename)]
    if len(entries) > MOST_FILES:
        raise PackError(f"{path}: more than {MOST_FILES} files; split it into several packs.")
    top = _one_folder([one.orig_filename for one in entries])
    seen = set[str]()
    for entry in entries:
        if entry.orig_filename.endswith("/") and not entry.file_size:
            continue
        name = _checked(path, entry.orig_filename.removeprefix(top))
        if name in seen:
            raise PackError(f"{path}: the file {name!r} is there twice; pack it anew.")
        seen.add(name)
        yield name, _unpacked(path, archive, entry, name)


def _refuse_unusual(path: Path) -> None:
    """Refuses before anything is taken apart what no usual program writes of some texts.

    The zip's list of files is as long as its end says; Python would read all of it, whatever its size.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise PackError(f"{path}: neither a folder nor a zip file; check the path.")
        size = path.stat().st_size
        if size > LARGEST_ZIP:
            raise PackError(
                f"{path}: larger than {LARGEST_ZIP // 1_000_000} MB; split it into several packs."
            )
        with path.open("rb") as opened:
            opened.seek(max(0, size - _END_SIZE - 20))
            tail = opened.read()
    except OSError as error:
        raise PackError(f"{path}: can't be read ({error.strerror}); check its rights.") from error
    end = tail[-_END_SIZE:]
    if len(end) < _END_SIZE or not end.startswith(_END) or end[-2:] != b"\0\0":
        raise PackError(f"{path}: not a whole zip file, or one with a comment; pack or fetch it anew.")
    if tail[:4] == b"PK\x06\x07" and len(tail) == _END_SIZE + 20:
        raise PackError(f"{path}: a zip for very large files; pack it with `{command('packs make')}`.")
    (directory,) = struct.unpack("<L", end[12:16])
    if directory > MOST_DIRECTORY:
        raise PackError(f"{path}: more than {MOST_FILES} files; split it into several packs.")


def _one_folder(names: list[str]) -> str:
    """The folder that everything lies in, "" where there is none: many programs pack the folder itself."""
    tops = {name.partition("/")[0] for name in names}
    (top,) = tops if len(tops) == 1 else ("",)
    return f"{top}/" if top and all("/" in name for name in names) else ""


def _unpacked(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise PackError(f"{path}: {name!r} is a link or a device and no file; put the file itself there.")
    if entry.flag_bits & 0x41:
        raise PackError(f"{path}: {name!r} is encrypted; pack it without a password.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackError(
            f"{path}: {name!r} is packed in an unusual way; pack it with `{command('packs make')}`."
        )
    with archive.open(entry) as opened:
        return _small(opened.read(MAX_BYTES + 1), f"{path}: {name}")


def _small(raw: bytes, place: str) -> bytes:
    if len(raw) > MAX_BYTES:
        raise PackError(f"{place}: larger than {MAX_BYTES // 1000} kB; split it into several files.")
    return raw
