"""The place where a team's recordings lie, named by a URL: a shared folder, or storage that speaks S3.

Everything lies there under the SHA-256 of itself, in a folder named by its first two digits. What is on its
way lies in `incoming` and counts for nothing.
"""

import hashlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from trainer.team.errors import BadAddressError, DeniedError, RecordingError, TeamError, UnreachableError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

SIGN = "rep-trainer.txt"
"""Stands in every place: a folder without it is none, or one whose drive is not connected."""

ABOUT = (
    "Recordings of assessed practices, which rep-trainer put here and deletes here.\n"
    "Each is encrypted; its key is in the team's database. Its name is the SHA-256 of the file.\n"
)

AT_ONCE = 1 << 17
"""Bytes that are read between two notes of how far it got."""

_KINDS = ("file", "s3", "memory")
_S3: dict[str, Any] = {
    "use_listings_cache": False,
    "config_kwargs": {"connect_timeout": 10, "read_timeout": 30, "retries": {"max_attempts": 2}},
}
_ADDRESS = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of some file system. Nothing is connected before it is used."""

    name: str
    kind: str
    folder: str
    options: dict[str, Any]

    @classmethod
    def of(cls, url: str) -> "Place":
        """Of `file:///…`, a whole path, or `s3://BUCKET[/FOLDER][?endpoint=https://…]`.

        BadAddressError names what is wrong. Other kinds of URL, and chains of them, are refused: the address
        comes from a server and must not lead a machine anywhere.
        """
        plain, _, query = url.partition("?") if url.startswith("s3:") else (url, "", "")
        kind, there, rest = plain.partition("://")
        if not there:
            kind, rest = "file", plain
        if kind not in _KINDS or "::" in url:
            raise BadAddressError(
                f"{url}: recordings go to a shared folder (file:///… or a whole path) or to s3://BUCKET/FOLDER."
            )
        if kind == "file":
            rest = _local(url, rest)
        wanted = {name: values[-1] for name, values in parse_qs(query).items()}
        endpoint = wanted.pop("endpoint", None)
        if wanted or not rest.strip("/"):
            raise BadAddressError(
                f"{url}: write s3://BUCKET/FOLDER, with ?endpoint=https://… for storage that isn't Amazon's."
            )
        options: dict[str, Any] = dict(_S3) if kind == "s3" else {}
        if endpoint:
            options["endpoint_url"] = endpoint
        return cls(plain, kind, rest.rstrip("/") or rest, options)

    def prepare(self) -> None:
        """Makes the place, or finds it made; TeamError if that can't be."""
        with self._told("make it") as files:
            self._room(files, self.folder)
            if not files.exists(self._path(SIGN)):
                files.pipe_file(self._path(SIGN), ABOUT.encode())

    def put(self, data: bytes, *, label: str) -> str:
        """Puts it there, reads it back, and only then gives it its name; that name.

        Whatever breaks off leaves at most `label` in `incoming`, which the next try writes over.
        """
        address = hashlib.sha256(data).hexdigest()
        part, final = self._path(f"incoming/{label}.part"), self._final(address)
        with self._told("write there") as files:
            self._is_there(files)
            if self._holds(files, final, address, len(data)):
                return address
            self._room(files, self._path("incoming"))
            self._room(files, final.rpartition("/")[0])
            files.pipe_file(part, data)
            if not self._holds(files, part, address, len(data)):
                with suppress(OSError):
                    files.rm_file(part)
                raise UnreachableError(f"{self.name}: what was written reads back other; it is tried again.")
            with suppress(FileExistsError):  # another machine was quicker with the same, on Windows
                files.mv(part, final)
            if not files.exists(final):
                raise UnreachableError(f"{self.name}: what was written is not there; it is tried again.")
        return address

    def get(self, address: str, size: int, *, told: Callable[[float], None] = lambda _: None) -> bytes:
        """What lies at an address, `size` bytes, whole and unchanged; RecordingError if it is not that.

        `told` hears the share that is there by now.
        """
        parts: list[bytes] = []
        left = size
        with self._told("read there") as files:
            self._is_there(files)
            final = self._final(address)
            if not files.exists(final):
                raise RecordingError(f"The recording is not at {self.name} any more.")
            if files.size(final) == size:
                with files.open(final, "rb") as opened:
                    while left and (part := opened.read(min(AT_ONCE, left))):
                        parts.append(part)
                        left -= len(part)
                        told((size - left) / size)
        data = b"".join(parts)
        if hashlib.sha256(data).hexdigest() != address:
            raise RecordingError(
                f"The recording at {self.name} was changed there (its SHA-256 is not"
                f" {address[:12]}…), so it is not played."
            )
        return data

    def delete(self, address: str) -> None:
        """Deletes what lies at an address; nothing to do where nothing lies."""
        with self._told("delete there") as files:
            self._is_there(files)
            with suppress(FileNotFoundError):
                files.rm_file(self._final(address))

    def _final(self, address: str) -> str:
        if not _ADDRESS.fullmatch(address):
            raise RecordingError("That is no address of a recording.")
        return self._path(f"{address[:2]}/{address}")

    def _path(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def _room(self, files: "AbstractFileSystem", folder: str) -> None:
        if self.kind == "file":  # others have no folders
            files.makedirs(folder, exist_ok=True)

    def _is_there(self, files: "AbstractFileSystem") -> None:
        """An unconnected drive leaves an empty folder behind: nothing may be kept or missed there."""
        if not files.exists(self._path(SIGN)):
            raise UnreachableError(
                f"{self.name} is not there now (no {SIGN} in it): connect the folder, or ask the team's"
                " administrator."
            )

    def _holds(self, files: "AbstractFileSystem", path: str, address: str, size: int) -> bool:
        if not files.exists(path) or files.size(path) != size:
            return False
        return hashlib.sha256(files.cat_file(path)).hexdigest() == address

    @contextmanager
    def _told(self, what: str) -> Iterator["AbstractFileSystem"]:
        """The file system; whatever fails there becomes a line that names the mend."""
        import fsspec  # noqa: PLC0415 - only who has a team pays for it

        try:
            yield fsspec.filesystem(self.kind, **self.options)
        except ImportError as error:
            raise TeamError(
                f"{self.name} needs s3fs: install the program with its extra `s3` (rep-trainer[s3])."
            ) from error
        except PermissionError as error:
            raise DeniedError(
                f"{self.name}: this machine may not {what} ({_line(error)});"
                " whoever runs that place gives the right."
            ) from error
        except OSError as error:
            raise UnreachableError(
                f"{self.name} can't be reached now ({_line(error)}). Later it may."
            ) from error
        except _of_s3() as error:
            if "credentials" in str(error).lower():
                raise DeniedError(
                    f"{self.name}: this machine has no S3 credentials ({_line(error)}). Set AWS_ACCESS_KEY_ID"
                    " and AWS_SECRET_ACCESS_KEY, or write ~/.aws/credentials."
                ) from error
            raise UnreachableError(
                f"{self.name} can't be reached now ({_line(error)}). Later it may."
            ) from error


def _local(url: str, rest: str) -> str:
    """The path, with slashes; only a whole one means the same folder from everywhere."""
    if re.match(r"/[A-Za-z]:", rest):  # file:///C:/…
        rest = rest[1:]
    whole = PurePosixPath(rest).is_absolute() or PureWindowsPath(rest).is_absolute()
    if not whole or ".." in PurePosixPath(rest.replace("\\", "/")).parts:
        raise BadAddressError(f"{url}: give the whole path of the shared folder, from its root.")
    return rest.replace("\\", "/") if PureWindowsPath(rest).drive else rest


def _of_s3() -> tuple[type[Exception], ...]:
    """What the S3 library raises besides OSError; nothing where it was never loaded."""
    errors = sys.modules.get("botocore.exceptions")
    return (errors.BotoCoreError, errors.ClientError) if errors else ()


def _line(error: BaseException) -> str:
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(said).splitlines()[0].rstrip(".")
