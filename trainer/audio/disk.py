"""Writing so that nothing is lost and nobody else can read it."""

import contextlib
import errno
import io
import os
from pathlib import Path

MEND = {
    errno.ENOSPC: "the disk is full; make room",
    errno.EDQUOT: "your share of the disk is full; make room",
    errno.EFBIG: "the disk takes no larger file; make room",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission denied; check who owns the folder",
    errno.EEXIST: "there is one of that name",
}


def private_folder(folder: Path) -> None:
    """Makes the folder and those above it that are missing, for their owner alone where the system can."""
    for part in reversed([folder, *folder.parents]):
        if not part.exists():
            part.mkdir(mode=0o700, exist_ok=True)


def created(path: Path, flags: int) -> io.FileIO:
    """A new file for its owner alone, written to without a buffer. `flags`: how `os.open` is to create it."""
    binary = getattr(os, "O_BINARY", 0)
    return io.FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | flags | binary, 0o600), "w")


def write(file: io.RawIOBase, data: bytes) -> None:
    """Writes all of `data`; a disk that fills up takes a part of it and refuses the rest with OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def write_whole(path: Path, data: bytes) -> None:
    """A file of `data`, on the disk and read back before anything else is done; no file after OSError."""
    try:
        with created(path, os.O_TRUNC) as file:
            write(file, data)
            os.fsync(file.fileno())
        whole = path.read_bytes() == data
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    if not whole:
        raise OSError(errno.EIO, "it reads back other than it was written; the disk may be failing")


def force_names(folder: Path) -> None:
    """Has the disk hold the names in a folder before anything else is done (Windows does that by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason(error: OSError) -> str:
    """What went wrong and, where there is one, the mend."""
    return MEND.get(error.errno or 0, error.strerror or str(error))
