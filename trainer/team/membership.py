"""Which team this machine belongs to: joining it, leaving it, coming by its server.

The address lies in the settings, the password where the system keeps passwords.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from trainer import config as settings
from trainer.config import Config
from trainer.errors import BadInputError, command
from trainer.store import Store
from trainer.store.exchange.record import Member
from trainer.team.address import Address
from trainer.team.errors import DeniedError, TeamError, UnreachableError
from trainer.team.server import Server, connect

SERVICE = "rep-trainer"
"""What our passwords lie under in the system's keyring."""

PASSWORD = "TRAINER_TEAM_PASSWORD"  # noqa: S105 - the name of the variable
"""Gives the password where a machine has no keyring: it is read and kept nowhere."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Who one is in the team, and what the way there leaves unprotected.

    `renamed`: somebody here had the member's name with records of their own, and has another one now.
    """

    me: Member
    warnings: tuple[str, ...]
    renamed: str | None = None


def join(url: str, password: str | None, store: Store, config: Config, file: Path) -> Joined:
    """Joins the team at `url` and keeps that in the settings `file`.

    What the person of these settings practised so far becomes the member's, if it is the first machine on
    which they join. TeamError and BadInputError change nothing.
    """
    address = Address.of(url)
    if config.team and config.team != address.url:
        raise BadInputError(
            f"This machine belongs to a team already ({Address.of(config.team).place});"
            f" `{command('team leave')}` ends that."
        )
    given = password or address.password or password_of(address)
    with connect(address.url, given) as server:
        hello = server.hello()
        me = hello.me
        before = store.person(config.name) if config.name else store.person(me.name)
        mine = before if before and before.role == me.role else None
        if mine and mine.id != me.id:
            me = _claimed(server, me, mine.id)
        keep_password(address, given)
        joined = replace(config, name=me.name, role=_role(me), team=address.url)
        settings.save(replace(joined, recordings=hello.recordings), file)
        taken = store.person(me.name)
        store.exchange.join(me)
        return Joined(me, server.warnings, taken.name if taken and taken.id != me.id else None)


def _claimed(server: Server, me: Member, person_id: str) -> Member:
    """The member under the id that this store has for them; as they are, if another machine came first."""
    try:
        return replace(me, id=server.claim(person_id))
    except (UnreachableError, DeniedError):
        raise
    except TeamError:
        return me


def leave(store: Store, config: Config, file: Path) -> None:
    """Ends it: nothing is sent or read any more, what is here stays, the password goes."""
    if not config.team:
        raise BadInputError("This machine belongs to no team.")
    forget_password(Address.of(config.team))
    store.exchange.leave()
    settings.save(replace(config, team="", recordings=""), file)


@contextmanager
def server_of(config: Config) -> Iterator[Server]:
    """The server of this machine's team; BadInputError without one, TeamError if it can't be reached."""
    if not config.team:
        raise BadInputError(f"This machine belongs to no team; `{command('team join URL')}` joins one.")
    address = Address.of(config.team)
    with connect(address.url, password_of(address)) as server:
        yield server


def password_of(address: Address) -> str:
    """The password that was kept; DeniedError if there is none."""
    if given := os.environ.get(PASSWORD):
        return given
    import keyring  # noqa: PLC0415 - slow to load, and only who has a team needs it
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        kept = keyring.get_password(SERVICE, address.url)
    except KeyringError as error:
        raise DeniedError(
            f"The system's keyring can't be read ({_why(error)}). Unlock it, or give the password in"
            f" {PASSWORD}."
        ) from error
    if kept is None:
        raise DeniedError(
            f"There is no password for {address.place} here; `{command('team join URL')}` asks."
        )
    return kept


def keep_password(address: Address, password: str) -> None:
    """Keeps it in the system's keyring; TeamError if there is none to keep it in."""
    if os.environ.get(PASSWORD):
        return
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        keyring.set_password(SERVICE, address.url, password)
    except KeyringError as error:
        raise TeamError(
            f"The system's keyring can't keep the password ({_why(error)}). Unlock or install one (on Linux"
            f" gnome-keyring or KWallet), or give the password in {PASSWORD} at each start."
        ) from error


def _why(error: Exception) -> str:
    from keyring.errors import NoKeyringError  # noqa: PLC0415

    return "there is none" if isinstance(error, NoKeyringError) else str(error)


def forget_password(address: Address) -> None:
    """Takes it out of the keyring, if it is in there."""
    import keyring  # noqa: PLC0415
    from keyring.errors import KeyringError  # noqa: PLC0415

    with suppress(KeyringError):
        keyring.delete_password(SERVICE, address.url)


def _role(me: Member) -> settings.Role:
    return "manager" if me.role == "manager" else "rep"
