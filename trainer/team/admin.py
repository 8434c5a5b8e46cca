"""What the team's administrator does: sets the database up, and says who is in the team."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from trainer.errors import command
from trainer.store.ids import new_id
from trainer.team import database, faults
from trainer.team.address import Address
from trainer.team.errors import TeamError, VersionError

if TYPE_CHECKING:
    from psycopg import Connection

Role = Literal["rep", "manager"]

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike: passwords are read out over the telephone."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team. `joined_at` is None until their program has connected once."""

    id: str
    name: str
    role: Role
    manager: str | None
    login: str | None
    joined_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a person needs to join. `password` is shown this once; None where they are there already."""

    person: Person
    url: str
    password: str | None


@dataclass(frozen=True, slots=True)
class Removed:
    """Who can't connect any more, and how many records were taken off the server."""

    person: Person
    erased: int | None


def connect(url: str, password: str | None = None) -> "Admin":
    """The administrator's connection; as careful as a member's unless the address says otherwise."""
    import psycopg  # noqa: PLC0415 - only who has a team pays for it

    address = Address.of(url)
    with faults.told(address.place):
        return Admin(psycopg.connect(**address.connecting(password), autocommit=True), address)


class Admin:
    """The team as its administrator sees it. Everything may be done again and is done once."""

    def __init__(self, connection: "Connection[Any]", address: Address) -> None:
        self._db = connection
        self._address = address
        self.warnings = address.warnings

    def __enter__(self) -> "Admin":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def init(
        self, *, public: str | None = None, recordings: str | None = None, restored: bool = False
    ) -> database.Prepared:
        """Sets the database up, or brings it up to date; nothing where it is.

        `public` is HOST[:PORT] under which members reach the server, where the administrator's differs.
        `recordings` is the URL of the place for recordings, "" for none; None leaves both as they are.
        """
        with faults.told(self._address.place):
            done = database.prepare(self._db, restored=restored)
            for name, value in (("public", public), ("recordings", recordings)):
                if value is not None:
                    self._db.execute(
                        "INSERT INTO team.setting VALUES (%s, %s)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        (name, value),
                    )
            return done

    def add(self, name: str, role: Role, manager: str | None = None) -> Invitation:
        """Takes somebody in, or back; who is in the team already is left as they are."""
        name = " ".join(name.split())
        if not 0 < len(name) <= 80:
            raise TeamError("A person's name has 1 to 80 characters.")
        if role == "manager" and manager:
            raise TeamError(f"{name}: only a rep has a manager here; leave --manager out.")
        with self._changing():
            boss = self._manager(manager) if manager else None
            found = self._find(name)
            if found and found.left_at is None:
                return self._as_they_are(found, role, boss)
            login = f"rt_{_random(10)}"
            database.make_login(self._db, login)
            if found:
                self._db.execute(
                    "UPDATE team.member SET login = %s, role = %s, left_at = NULL,"
                    " manager_id = CASE %s WHEN 'rep' THEN manager_id END WHERE id = %s",
                    (login, role, role, found.id),
                )
            else:
                self._db.execute(
                    "INSERT INTO team.member (id, login, name, role) VALUES (%s, %s, %s, %s)",
                    (new_id(), login, name, role),
                )
            self._report(self._there(name), boss)
            password = self._new_password(login)
            return Invitation(self._there(name), self._url(login), password)

    def move(self, name: str, to: str) -> Person:
        """Lets a rep report to another manager, who sees their assessed work from now on."""
        with self._changing():
            person = self._present(name)
            if person.role != "rep":
                raise TeamError(f"{person.name} is a manager; only a rep reports to somebody.")
            self._report(person, self._manager(to))
            return self._there(name)

    def remove(self, name: str, *, erase: bool = False) -> Removed:
        """Ends somebody's login, and with `erase` takes every record about them off the server."""
        with self._changing():
            person = self._there(name)
            reports = self._db.execute(
                "SELECT name FROM team.member WHERE manager_id = %s AND left_at IS NULL ORDER BY name",
                (person.id,),
            ).fetchall()
            if reports:
                names = ", ".join(one for (one,) in reports)
                raise TeamError(f"{names} report to {person.name}: move them to somebody else first.")
            if person.left_at is None:
                self._db.execute(
                    "UPDATE team.member SET login = NULL, left_at = now() WHERE id = %s", (person.id,)
                )
                if person.login:
                    self._end_login(person.login)
            return Removed(person, self._erase(person) if erase else None)

    def password(self, name: str) -> Invitation:
        """A new password for somebody whose old one is lost or known to others."""
        with self._changing():
            person = self._present(name)
            login = person.login or ""
            return Invitation(person, self._url(login), self._new_password(login))

    def people(self) -> list[Person]:
        """Everybody, by role and name; who was erased is not among them."""
        with faults.told(self._address.place):
            self._is_set_up()
            found = self._db.execute(f"{_PERSON} ORDER BY one.left_at IS NOT NULL, one.role, lower(one.name)")
            return [Person(*row) for row in found.fetchall()]

    def held_up_since(self) -> datetime | None:
        """Since when records wait here for a transaction that somebody has left open; None for not at all."""
        with faults.told(self._address.place):
            row = self._db.execute(
                "SELECT min(received_at) FROM team.record WHERE era = (SELECT max(number) FROM team.era)"
                " AND txid >= pg_snapshot_xmin(pg_current_snapshot())"
            ).fetchone()
            return row[0] if row else None

    @contextmanager
    def _changing(self) -> Iterator[None]:
        with faults.told(self._address.place):
            self._is_set_up()
            with self._db.transaction():
                self._db.execute("SET LOCAL lock_timeout = '20s'")
                self._db.execute("LOCK TABLE team.member IN SHARE ROW EXCLUSIVE MODE")
                yield

    def _is_set_up(self) -> None:
        there, newest = database.version(self._db), max(database.schema())
        if there == 0:
            raise TeamError(
                f"{self._address.place} holds no team yet: run `{command('team admin init URL')}` first."
            )
        if there < newest:
            raise TeamError(
                f"{self._address.place} is of an older version: run `{command('team admin init')}` once."
            )
        if there > newest:
            raise VersionError(
                f"{self._address.place} is of a newer version than this program: update rep-trainer."
            )

    def _find(self, name: str) -> Person | None:
        row = self._db.execute(
            f"{_PERSON} AND lower(one.name) = lower(%s)", (" ".join(name.split()),)
        ).fetchone()
        return Person(*row) if row else None

    def _there(self, name: str) -> Person:
        if (found := self._find(name)) is None:
            raise TeamError(
                f"{name}: nobody of that name is in the team; see `{command('team admin list')}`."
            )
        return found

    def _present(self, name: str) -> Person:
        if (found := self._there(name)).left_at is not None:
            raise TeamError(f"{found.name} has left the team; `{command('team admin add')}` takes them back.")
        return found

    def _manager(self, name: str) -> Person:
        if (found := self._present(name)).role != "manager":
            raise TeamError(f"{found.name} is a rep; name a manager.")
        return found

    def _as_they_are(self, found: Person, role: Role, boss: Person | None) -> Invitation:
        if found.role != role:
            raise TeamError(
                f"{found.name} is in the team as a {found.role}; remove them first to change that."
            )
        if boss and boss.name != found.manager:
            now = f"reports to {found.manager}" if found.manager else "reports to nobody"
            raise TeamError(f"{found.name} {now}; use `{command('team admin move')}`.")
        return Invitation(found, self._url(found.login or ""), None)

    def _report(self, person: Person, boss: Person | None) -> None:
        if person.role == "manager" or boss is None or boss.name == person.manager:
            return
        self._db.execute("UPDATE team.member SET manager_id = %s WHERE id = %s", (boss.id, person.id))
        self._db.execute(
            "UPDATE team.line SET until = now() WHERE rep_id = %s AND until IS NULL", (person.id,)
        )
        self._db.execute("INSERT INTO team.line (rep_id, manager_id) VALUES (%s, %s)", (person.id, boss.id))

    def _new_password(self, login: str) -> str:
        from psycopg.sql import SQL, Identifier, Literal  # noqa: PLC0415

        password = "-".join(_random(5) for _ in range(5))
        # Encrypted here: the server's log and its administrator never see the password itself.
        kept = self._db.pgconn.encrypt_password(password.encode(), login.encode(), b"scram-sha-256")
        self._db.execute(
            SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(Identifier(login), Literal(kept.decode()))
        )
        return password

    def _url(self, login: str) -> str:
        row = self._db.execute("SELECT value FROM team.setting WHERE name = 'public'").fetchone()
        return self._address.of_login(login, row[0] if row else None)

    def _end_login(self, login: str) -> None:
        """Takes a role away with its sessions; one that owns something elsewhere stays, and can't log in."""
        from psycopg.errors import DependentObjectsStillExist  # noqa: PLC0415
        from psycopg.sql import SQL, Identifier  # noqa: PLC0415

        role = Identifier(login)
        self._db.execute(SQL("ALTER ROLE {} NOLOGIN PASSWORD NULL").format(role))
        self._db.execute(SQL("REVOKE trainer_member FROM {}").format(role))
        if self._db.execute("SELECT pg_has_role(current_user, %s, 'USAGE')", (login,)).fetchone() != (True,):
            self._db.execute(SQL("GRANT {} TO CURRENT_USER").format(role))
        self._db.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (login,)
        )
        with suppress(DependentObjectsStillExist), self._db.transaction():
            self._db.execute(SQL("DROP OWNED BY {}").format(role))
            self._db.execute(SQL("DROP ROLE {}").format(role))

    def _erase(self, person: Person) -> int:
        """Takes off the records about somebody, and their name.

        What an erased manager wrote about others stays: it is those others' evidence.
        """
        self._db.execute("SELECT set_config('team.erasing', %s, true)", (person.id,))
        gone = self._db.execute("DELETE FROM team.record WHERE rep = %s", (person.id,)).rowcount
        self._db.execute(
            "UPDATE team.line SET until = now() WHERE rep_id = %s AND until IS NULL", (person.id,)
        )
        name = f"Former {person.role} {person.id[-4:]}"
        self._db.execute(
            "UPDATE team.member SET name = %s, manager_id = NULL, erased_at = now() WHERE id = %s",
            (name, person.id),
        )
        return gone


_PERSON = """
    SELECT one.id, one.name, one.role, manager.name, one.login, one.joined_at, one.left_at
    FROM team.member AS one LEFT JOIN team.member AS manager ON manager.id = one.manager_id
    WHERE one.erased_at IS NULL
"""


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
