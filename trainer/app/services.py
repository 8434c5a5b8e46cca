"""The parts the screens work with, handed in at the start; tests hand in others."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from trainer.config import Config
from trainer.paths import Paths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.choose import Choice
    from models.recogniser import Recogniser
    from models.voice import Gender
    from trainer.audio.takes import KeptTake
    from trainer.store import Store
    from trainer.team.recordings import Post
    from trainer.team.server import Server


class Microphone(Protocol):
    """One take while it is recorded: `trainer.audio.recorder.Recorder`, or a recording in a test."""

    @property
    def level(self) -> float:
        """dBFS of the last block; -inf for silence."""
        ...

    @property
    def seconds(self) -> float:
        """The take's length so far."""
        ...

    @property
    def overflows(self) -> int:
        """How often samples were lost."""
        ...

    @property
    def ended_by(self) -> str | None:
        """Why the take ended by itself, None while it goes on."""
        ...

    @property
    def nothing_arrives(self) -> bool:
        """Whether nothing but zeros came: muted, or forbidden to us."""
        ...

    def listen(self) -> None:
        """Opens the device ahead of a take, holding 0.3 s; AudioDeviceError if it can't."""
        ...

    def let_go(self) -> None:
        """Closes a device that only listened."""
        ...

    def start(self, *, on_block: "Callable[[NDArray[np.int16]], None]", preroll: bool) -> None:
        """Begins the take; AudioDeviceError or TakeError if it can't. `on_block` gets what is on disk."""
        ...

    def stop(self) -> "KeptTake":
        """Closes it and keeps what was recorded."""
        ...


class Speaker(Protocol):
    """Plays one sound at a time: `trainer.audio.player.Player`."""

    @property
    def playing(self) -> bool:
        """Whether it sounds now."""
        ...

    def play(self, sound: Path, start: float = 0.0) -> None:
        """From `start` seconds on, returning at once; AudioDeviceError without a device."""
        ...

    def stop(self) -> None:
        """Silence."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """Where things lie, what the user chose, and how to come by everything that is slow to have."""

    paths: Paths
    config: Config
    store: Callable[[], "Store"]
    choice: Callable[[Config], "Choice"]
    recogniser: Callable[[Config], "Recogniser"]
    microphone: Callable[[Config, Path, str], Microphone]
    microphones: Callable[[], tuple[str, ...]]
    speaker: Callable[[], Speaker]
    voice: "Callable[[str, Gender], Path | None]"
    warm_up: Callable[[], None]
    team: "Callable[[Config], AbstractContextManager[Server]]"
    post: "Callable[[Config, Store], Post]"
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


def real(paths: Paths, config: Config) -> Services:
    """The parts of this machine. Nothing is imported or opened before it is asked for."""
    return Services(
        paths=paths,
        config=config,
        store=lambda: _store(paths),
        choice=lambda chosen: _choice(paths, chosen),
        recogniser=lambda chosen: _recogniser(paths, chosen),
        microphone=_microphone,
        microphones=_microphones,
        speaker=_speaker,
        voice=lambda text, gender: _voice(paths, text, gender),
        warm_up=lambda: _warm_up(config),
        team=_team,
        post=lambda chosen, store: _post(paths, chosen, store),
    )


def _store(paths: Paths) -> "Store":
    from trainer.store import Store  # noqa: PLC0415 - imported when the first screen is there, as all below

    return Store.open(paths.database)


def _team(config: Config) -> "AbstractContextManager[Server]":
    from trainer.team.membership import server_of  # noqa: PLC0415

    return server_of(config)


def _post(paths: Paths, config: Config, store: "Store") -> "Post":
    from trainer.team.recordings import Post, place_of  # noqa: PLC0415

    return Post(store, paths.takes, place_of(config), keep_days=config.keep_days)


def _choice(paths: Paths, config: Config) -> "Choice":
    from models.choose import describe  # noqa: PLC0415

    return describe(config.engine, config.model, paths.models)


def _recogniser(paths: Paths, config: Config) -> "Recogniser":
    from models.choose import recogniser  # noqa: PLC0415
    from models.named import Named  # noqa: PLC0415
    from trainer.team_names import team_names  # noqa: PLC0415

    heard = recogniser(config.engine, config.model, paths.models, window=config.window)
    names = team_names(paths.names)
    return Named(heard, names) if names else heard


def _microphone(config: Config, folder: Path, take_id: str) -> Microphone:
    from trainer.audio.recorder import Recorder  # noqa: PLC0415

    return Recorder(config.microphone, folder, take_id)


def _microphones() -> tuple[str, ...]:
    from trainer.audio.devices import microphones  # noqa: PLC0415

    return tuple(device.name for device in microphones())


def _speaker() -> Speaker:
    from trainer.audio.player import Player  # noqa: PLC0415

    return Player()


def _voice(paths: Paths, text: str, gender: "Gender") -> Path | None:
    from models.voice import spoken  # noqa: PLC0415

    return spoken(text, gender, paths.voice)


def _warm_up(config: Config) -> None:
    from scoring.score import warm_up  # noqa: PLC0415
    from trainer.practice.meaning import embedder  # noqa: PLC0415

    warm_up(embedder())
    if config.role == "rep":
        from trainer.hearing import reply  # noqa: PLC0415

        reply.warm_up()
