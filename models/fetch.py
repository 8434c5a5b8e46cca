"""Weights onto this machine: fetched from the hub, or added from a folder; whole, or not taken as a model."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.catalogue import MODELS, is_wanted, missing
from models.errors import ModelInputError, RecogniserError, command
from models.hub import HubError, RemoteFile, address, bring, listing
from models.installed import InstalledModel, find, installed, is_name, remove, write_manifest

__all__ = ["add", "fetch", "installed", "remove"]

_SPARE = 50_000_000  # bytes to leave on the disk


def fetch(
    name: str, models_dir: Path, on_progress: Callable[[int, int], None] = lambda _done, _total: None
) -> InstalledModel:
    """Fetches the weights of `name` into `models_dir`, going on from an earlier attempt.

    `on_progress` gets the bytes done and in all. RecogniserError says what failed and what to do.
    """
    known = MODELS.get(name)
    if known is None:
        raise ModelInputError(f"No model is called {name}. There are {', '.join(MODELS)}.")
    if here := find(name, models_dir):
        on_progress(here.bytes, here.bytes)
        return here
    try:
        revision, files = listing(known.repository)
        with _writing(models_dir / name), _alone(name, models_dir):
            _bring_all(files, models_dir / name, on_progress)
            write_manifest(models_dir / name, {file.name: file.size for file in files}, revision)
    except HubError as error:
        raise RecogniserError(
            f"{name} can't be fetched from {address()} ({error}). Try again, it goes on where it stopped; or "
            f"fetch it on another machine, copy the folder here, then: {command('models add FOLDER')}"
        ) from error
    return _found(name, models_dir)


def add(folder: Path, models_dir: Path) -> InstalledModel:
    """Copies a model's `folder` into `models_dir`, after loading it once to prove that it works."""
    if not folder.is_dir():
        raise ModelInputError(f"{folder}: there is no such folder; name the one that holds model.bin.")
    try:
        files = {file.name for file in folder.iterdir() if file.is_file() and is_wanted(file.name)}
    except OSError as error:
        raise ModelInputError(f"{folder} can't be read ({error.strerror}).") from error
    if lacking := missing(files):
        raise ModelInputError(f"{folder} is no complete model, it lacks {', '.join(lacking)}.")
    name = _name_of(folder)
    if find(name, models_dir):
        raise ModelInputError(f"{name} is here already. To replace it: {command(f'models remove {name}')}")
    _prove(folder)
    new = models_dir / f".adding-{name}-{os.getpid()}"
    try:
        with _writing(new):
            for file in sorted(files):
                shutil.copyfile(folder / file, new / file)
            write_manifest(new, {file: (new / file).stat().st_size for file in files})
            shutil.rmtree(models_dir / name, ignore_errors=True)  # what an aborted fetch may have left
            new.replace(models_dir / name)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return _found(name, models_dir)


def _bring_all(files: list[RemoteFile], folder: Path, on_progress: Callable[[int, int], None]) -> None:
    total = sum(file.size for file in files)
    have = sum(path.stat().st_size for path in folder.iterdir())
    free = shutil.disk_usage(folder).free
    if free < total - have + _SPARE:
        raise OSError(errno.ENOSPC, f"{(total - have) / 1e6:.0f} MB wanted, {free / 1e6:.0f} MB free")
    done = 0

    def wrote(size: int) -> None:
        on_progress(done + size, total)

    for file in sorted(files, key=lambda one: one.size):
        bring(file, folder, wrote)
        done += file.size
    for part in folder.glob("*.part"):  # of an older revision
        part.unlink()


def _name_of(folder: Path) -> str:
    """The model's name: the hub's own folders are called after repository and revision."""
    folder = folder.resolve()
    if folder.parent.name == "snapshots":
        folder = folder.parent.parent
    for known in MODELS.values():
        if folder.name in (known.repository.split("/")[1], f"models--{known.repository.replace('/', '--')}"):
            return known.name
    if not is_name(folder.name):
        raise RecogniserError(f"{folder}: rename it first, to letters, digits, dots and dashes.")
    return folder.name


def _prove(folder: Path) -> None:
    from models.whisper import Whisper  # noqa: PLC0415  (numpy)

    Whisper(folder).warm_up()


def _found(name: str, models_dir: Path) -> InstalledModel:
    if here := find(name, models_dir):
        return here
    raise RecogniserError(f"{models_dir / name} changed while it was written. Try again.")


@contextmanager
def _alone(name: str, models_dir: Path) -> Iterator[None]:
    """Keeps a second fetch of the same model off."""
    from filelock import FileLock, Timeout  # noqa: PLC0415

    try:
        with FileLock(models_dir / f".{name}.lock", timeout=0):
            yield
    except Timeout as error:
        raise RecogniserError(f"{name} is being fetched already; wait for that to end.") from error


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Makes `folder` and turns what its disk says into a sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise RecogniserError(
                f"The disk of {folder.parent} is full ({error.strerror}). Make room, then try again."
            ) from error
        raise RecogniserError(f"{folder} can't be written ({error.strerror or error}).") from error
