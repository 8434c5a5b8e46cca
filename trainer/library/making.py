"""A folder made into a pack's zip: the same files give the same bytes, whenever and wherever."""

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from trainer.library.errors import PackError
from trainer.library.pack import Pack
from trainer.store.ids import new_id

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first day a zip can name."""


def make(pack: Pack, file: Path) -> bool:
    """Writes the zip; False if the very same one is there. PackError if another one is, or it can't be."""
    raw = zipped(pack)
    part = file.with_name(f".{new_id()}")
    try:
        if file.exists():
            if file.stat().st_size == len(raw) and file.read_bytes() == raw:
                return False
            raise PackError(f"{file}: there is another pack of this name; raise its version or remove that.")
        part.write_bytes(raw)
        part.replace(file)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise PackError(f"{file}: can't be written ({error.strerror}); check the folder.") from error
    return True


def zipped(pack: Pack) -> bytes:
    """The zip's bytes. Nothing is compressed: how small a text gets differs from machine to machine."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, raw in pack.members.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, raw)
    return made.getvalue()


def usual_name(pack: Pack) -> str:
    """What the zip is called: name-version.zip."""
    return f"{pack.manifest.name}-{pack.manifest.version}.zip"
