"""One machine's recordings on their way: sealed to the team's place, from it to be heard, and out of it."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from trainer.audio import disk
from trainer.audio.takes import KEPT, NEW
from trainer.config import Config
from trainer.errors import command
from trainer.practice import consent
from trainer.store import Store
from trainer.store.exchange.recordings import Sound, Stored
from trainer.team.errors import RecordingError, TeamError, UnreachableError
from trainer.team.place import Place
from trainer.team.sealing import new_key, seal, unseal

KEY, COPY = ".key", ".copy"
"""Beside a recording: the key it is being sent with; the sign that it was fetched and may go at any time."""

LARGEST = 64_000_000
"""Bytes of a sealed recording; five minutes are 9.6 MB before FLAC makes them smaller."""

MOST_COPIES = 1_000_000_000
"""Bytes of fetched recordings on this machine; those not heard for longest go first."""

GONE = {
    "retention": "This recording was deleted for its age; its words and scores stay.",
    "asked": "This recording was deleted because its rep asked for it; its words and scores stay.",
    "missing": "This recording was lost on its rep's machine; its words and scores stay.",
}

HERE = "TRAINER_RECORDINGS"
"""Says where the place is on this machine, if other than the server says: a drive with a letter, say."""

Told = Callable[[float], None]
"""Hears the share that is there by now, 0 to 1."""


def place_of(config: Config) -> Place | None:
    """The place of this machine's team, None where there is none; BadAddressError if it can't be one."""
    if not (config.team and config.recordings):
        return None
    return Place.of(os.environ.get(HERE) or config.recordings)


class Post:
    """What one machine does with recordings that others may hear. Everything may be done again."""

    def __init__(
        self,
        store: Store,
        takes: Path,
        place: Place | None,
        *,
        keep_days: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._rows = store.exchange.recordings
        self._takes = takes
        self._place = place
        self._keep_days = keep_days
        self._now = now
        self._unfit: dict[str, str] = {}

    # Away from here

    @property
    def unfit(self) -> tuple[str, ...]:
        """Why recordings were left out: a sentence each."""
        return tuple(self._unfit.values())

    def waiting(self) -> list[Sound]:
        """What is to be sent: recorded since its rep agreed to just that, and still here."""
        me = self._store.exchange.me()
        if me is None or self._place is None:
            return []
        since = self._store.privacy.agreed_since(me.id, consent.fingerprint(self._keep_days, "recordings"))
        found = self._rows.to_store(me.id, since) if since else []
        return [one for one in found if one.take_id not in self._unfit and self._is_here(one)]

    def step(self) -> int:
        """Deletes at the place what is deleted here, else sends one recording; how many are left to send.

        TeamError where the place is at fault: the same is to be done later.
        """
        if self._place is None:
            return 0
        if me := self._store.exchange.me():
            self._delete(self._place, self._rows.to_delete(me.id))
        if waiting := self.waiting():
            try:
                self._send(self._place, waiting[0])
            except RecordingError as error:  # one bad file must not keep the others
                self._unfit[waiting[0].take_id] = str(error)
        return max(0, len(waiting) - 1)

    def _send(self, place: Place, sound: Sound) -> None:
        file = self._file(sound)
        try:
            recording = file.read_bytes()
        except OSError as error:
            raise RecordingError(f"{file}: can't be read ({disk.reason(error)}).") from error
        if hashlib.sha256(recording).hexdigest() != sound.sha256:
            raise RecordingError(f"{file}: is not what was recorded (its SHA-256 differs); it is not sent.")
        key = _key_beside(file)
        sealed = seal(recording, key, take_id=sound.take_id, sha256=sound.sha256)
        address = place.put(sealed, label=hashlib.sha256(sound.take_id.encode()).hexdigest()[:32])
        self._rows.add(Stored(sound.take_id, address, key, len(sealed)))
        file.with_suffix(KEY).unlink(missing_ok=True)

    def _delete(self, place: Place, stored: list[Stored]) -> None:
        for one in stored:
            place.delete(one.address)
            self._rows.deleted(one.take_id)

    def erase(self, person_id: str) -> int:
        """Deletes all recordings of a person at the place, for good; how many lay there.

        TeamError where that can't be done now. That they are gone is kept before, so that this machine does
        it later by itself, and whoever has copies hears of it.
        """
        mine = self._rows.stored_of(person_id)
        if not mine:
            return 0
        for take_id in mine:
            self._store.privacy.gone(take_id, "asked")
        if self._place is None:
            raise UnreachableError(
                "The team has no place for recordings any more, but some were sent there."
                f" To erase what is here all the same, leave first: `{command('team leave')}`."
            )
        self._delete(self._place, self._rows.to_delete(person_id))
        return len(mine)

    # To here

    def fetch(self, take_id: str, *, told: Told = lambda _: None) -> Path:
        """The file of a recording, fetched and checked if it isn't here. TeamError says why it can't be had.

        It is what was recorded, or nothing: the file has the SHA-256 that the attempt names.
        """
        sound = self._rows.sound(take_id)
        if sound is None:
            raise RecordingError("This recording is of nobody that is known here.")
        file = self._file(sound)
        if file.is_file():
            heard(file)
            return file
        if why := self._store.privacy.why_gone(take_id):
            raise RecordingError(GONE[why])
        stored = self._rows.stored(take_id)
        if self._place is None:
            raise RecordingError("This recording is on the machine it was made on: it was not to be sent.")
        if stored is None:
            raise RecordingError("This recording is not sent yet: it is on the machine it was made on.")
        if stored.bytes > LARGEST:
            raise RecordingError("This recording says it is larger than any can be; it is not fetched.")
        sealed = self._place.get(stored.address, stored.bytes, told=told)
        recording = unseal(sealed, stored.key, take_id=take_id, sha256=sound.sha256)
        if hashlib.sha256(recording).hexdigest() != sound.sha256:
            raise RecordingError("What was sent is not the recording that was scored; it is not played.")
        _keep(file, recording)
        return file

    # Out of here

    def tidy(self) -> None:
        """Takes away what was deleted elsewhere, and copies that are old, of nobody, or too many.

        A file that can't be deleted now is tried again the next time.
        """
        for sound in self._rows.gone():
            with suppress(RecordingError):
                _drop(self._file(sound))
        copies = [mark.with_suffix(KEPT) for mark in self._takes.rglob("*" + COPY)]
        strangers = self._rows.unknown(file.stem for file in copies)
        before = self._now() - timedelta(days=self._keep_days) if self._keep_days else None
        kept = []
        for file in copies:
            sound_of = self._rows.sound(file.stem)
            old = before is not None and sound_of is not None and sound_of.recorded_at < before
            if file.stem in strangers or old:
                _drop(file)
            else:
                kept.append(file)
        _drop_too_many(kept)

    def _is_here(self, sound: Sound) -> bool:
        with suppress(RecordingError):
            return self._file(sound).is_file()
        return False

    def _file(self, sound: Sound) -> Path:
        """Where its file belongs; what it says was written by others and may lead anywhere."""
        path = PurePosixPath(sound.file)
        file = self._takes / sound.file
        inside = file.resolve().is_relative_to(self._takes.resolve())
        if not inside or ".." in path.parts or path.name != sound.take_id + KEPT:
            raise RecordingError("This recording names a file that is not its own.")
        return file


def heard(file: Path) -> None:
    """Notes that a recording is heard now: of copies the least heard go first."""
    with suppress(OSError):  # of the machine's own there is no sign, and none is made
        os.utime(file.with_suffix(COPY))


def _key_beside(file: Path) -> str:
    """The key that a recording is sent with; the same one when it is tried again."""
    kept = file.with_suffix(KEY)
    try:
        with suppress(FileExistsError), disk.created(kept, os.O_EXCL) as made:
            disk.write(made, new_key().encode())
        key = kept.read_text(encoding="ascii")
        if len(key) != len(new_key()):  # this machine stopped as it wrote it: nothing was sealed with it yet
            kept.unlink()
            return _key_beside(file)
    except OSError as error:
        raise TeamError(f"{kept}: the key can't be kept ({disk.reason(error)}).") from error
    return key


def _keep(file: Path, recording: bytes) -> None:
    new = file.with_suffix(NEW)
    try:
        disk.private_folder(file.parent)
        disk.write_whole(file.with_suffix(COPY), b"")
        disk.write_whole(new, recording)
        new.replace(file)
    except OSError as error:
        raise RecordingError(f"{file}: the recording can't be kept ({disk.reason(error)}).") from error


def _drop(file: Path) -> None:
    """A recording with what stands beside it; the sign of a copy goes last."""
    with suppress(OSError):
        for one in (KEPT, KEY, COPY):
            file.with_suffix(one).unlink(missing_ok=True)


def _drop_too_many(copies: list[Path]) -> None:
    left = MOST_COPIES
    with suppress(OSError):
        for file in sorted(copies, key=lambda one: one.with_suffix(COPY).stat().st_mtime, reverse=True):
            left -= file.stat().st_size if file.exists() else 0
            if left < 0:
                _drop(file)
