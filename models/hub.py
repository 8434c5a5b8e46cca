"""One model's files on the Hugging Face hub: what there is, and bringing it here bit by bit.

huggingface_hub lists and authenticates; its own downloads start over when the program was ended, so the
bytes are brought here by a loop that goes on where it stopped.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.catalogue import is_wanted, missing
from models.errors import RecogniserError

_TIMEOUT = 20.0  # seconds without a byte
_FRUITLESS = 3  # attempts in a row that brought nothing
_DEFAULT = "https://huggingface.co"


class HubError(RecogniserError):
    """The hub can't be reached or doesn't give what it should; the cause in a few words."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at one revision; `digest` is its SHA-256, or git's SHA-1 of it where it isn't large."""

    name: str
    size: int
    digest: str
    url: str


def address() -> str:
    """The hub's address: HF_ENDPOINT names a mirror."""
    return os.environ.get("HF_ENDPOINT", _DEFAULT).rstrip("/")


def listing(repository: str) -> tuple[str, list[RemoteFile]]:
    """The newest revision of `repository` and the files of the model in it; HubError if it can't be had."""
    try:
        from huggingface_hub import HfApi, hf_hub_url  # noqa: PLC0415  (0.6 s)

        api = HfApi(endpoint=address(), token=False)
        told = api.model_info(repository, files_metadata=True, timeout=_TIMEOUT)
    except Exception as error:
        raise HubError(_cause(error)) from error
    revision = told.sha or "main"
    files = [
        RemoteFile(
            name=one.rfilename,
            size=one.lfs.size if one.lfs else one.size or 0,
            digest=(one.lfs.sha256 if one.lfs else one.blob_id) or "",
            url=hf_hub_url(repository, one.rfilename, revision=revision, endpoint=address()),
        )
        for one in told.siblings or ()
        if is_wanted(one.rfilename)
    ]
    if lacking := missing({file.name for file in files}):
        raise HubError(f"{repository} has no {', '.join(lacking)}")
    return revision, files


def bring(
    file: RemoteFile,
    folder: Path,
    wrote: Callable[[int], None],
    *,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Brings `file` into `folder`, going on from an earlier part of it; `wrote` gets the bytes there are.

    HubError when the connection fails for good (the part is kept) or the file arrives damaged (it is not).
    """
    whole = folder / file.name
    if whole.is_file() and whole.stat().st_size == file.size and _matches(whole, file):
        wrote(file.size)
        return
    part = folder / f"{file.name}.{file.digest[:12]}.part"
    fruitless = 0
    with part.open("ab") as out:
        while (have := out.tell()) < file.size:
            try:
                for chunk in _chunks(file.url, have):
                    out.write(chunk)
                    wrote(out.tell())
            except HubError:
                fruitless = 0 if out.tell() > have else fruitless + 1
                if fruitless >= _FRUITLESS:
                    raise
                wait(float(fruitless))
    if not _matches(part, file):
        part.unlink()
        raise HubError(f"{file.name} arrived damaged")
    part.replace(whole)


def _chunks(url: str, start: int) -> Iterator[bytes]:
    """The bytes behind `url` from `start` on."""
    from huggingface_hub import get_session  # noqa: PLC0415

    headers = {"Accept-Encoding": "identity", "Range": f"bytes={start}-"}
    try:
        with get_session().stream(
            "GET", url, headers=headers, timeout=_TIMEOUT, follow_redirects=True
        ) as response:
            response.raise_for_status()
            skip = start if response.status_code == 200 else 0  # a server that knows no ranges
            for chunk in response.iter_bytes():
                yield chunk[skip:]
                skip = max(0, skip - len(chunk))
    except Exception as error:
        raise HubError(_cause(error)) from error


def _matches(path: Path, file: RemoteFile) -> bool:
    if path.stat().st_size != file.size:
        return False
    if len(file.digest) == 64:
        digest = hashlib.sha256()
    else:
        digest = hashlib.sha1(f"blob {file.size}\0".encode(), usedforsecurity=False)  # as git names a file
    with path.open("rb") as content:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest() == file.digest


def _cause(error: Exception) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__
