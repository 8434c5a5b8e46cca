"""One connection to the team's PostgreSQL: who I am there, records in, records out.

All that a member can do are five functions of the database (`trainer/team/schema/rules.sql`), which check
everything again: nothing here is trusted. Retries are the caller's; every call may be repeated.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any

from trainer.config import LONGEST_ADDRESS
from trainer.errors import command
from trainer.store.exchange.record import Cursor, Member, Record
from trainer.team import faults
from trainer.team.address import Address
from trainer.team.errors import VersionError

if TYPE_CHECKING:
    from psycopg import Connection

EXCHANGE = 1
"""How records are exchanged; it grows when an older program could not take part any more."""

MOST_RECORDS = 200
MOST_BYTES = 2_000_000
"""Of one call of `push`: small enough for a thin line, large enough that waiting doesn't count."""

_CURSORS = "%s::text[], %s::int[], %s::xid8[], %s::bigint[], %s::text[], %s::text[]"
_PULL = f"SELECT * FROM team.pull({_CURSORS}, %s)"  # noqa: S608 - both parts are this file's own
_PUSH = "SELECT place, outcome, why FROM team.push(%s::jsonb)"
_LOST = f"SELECT team.lost(%s::text[], {_CURSORS})"


@dataclass(frozen=True, slots=True)
class Hello:
    """What the server says of itself and of me. `members` are those I may know of, me among them.

    `recordings` is the URL of the place for the team's recordings, "" where there is none.
    """

    me: Member
    members: tuple[Member, ...]
    era: int
    now: datetime
    recordings: str = ""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What became of records: `there` were there already, the same; the others come with the reason."""

    new: list[Record] = field(default_factory=list)
    there: list[Record] = field(default_factory=list)
    conflicting: list[tuple[Record, str]] = field(default_factory=list)
    refused: list[tuple[Record, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pulled:
    """Records in the order to take them in, when the server got each, and how far each rep is read then.

    `more`: there may be more to read at once.
    """

    records: tuple[Record, ...]
    arrived: tuple[datetime, ...]
    cursors: Mapping[str, Cursor]
    more: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """What the server has no longer: ids of one's own records, reps whose cursor stands on nothing."""

    records: tuple[str, ...]
    reps: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.records or self.reps)


def connect(url: str, password: str | None = None) -> "Server":
    """A connection to the server at `url`, as the login in it.

    The server's name and certificate are checked against the system's authorities unless the address says
    otherwise; then `warnings` of the result says what is not protected. UnreachableError, DeniedError,
    BadAddressError.
    """
    from trainer.team.patience import PatientConnection  # noqa: PLC0415 - only who has a team pays for it

    address = Address.of(url)
    with faults.told(address.place):
        connection = PatientConnection.connect(
            **address.member(password),
            autocommit=True,
            prepare_threshold=None,  # statements that outlive a transaction don't go through poolers
        )
    return Server(connection, address)


class Server:
    """An open connection. One thread at a time."""

    def __init__(self, connection: "Connection[Any]", address: Address) -> None:
        self._connection = connection
        self._address = address
        self.warnings = address.warnings

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection; once is enough."""
        self._connection.close()

    def hello(self) -> Hello:
        """Who I am to the server and whom I may know of; VersionError, TeamError where I am nobody there."""
        told = self._one("SELECT team.hello(%s)", EXCHANGE)
        if told["exchange"] < EXCHANGE:
            raise VersionError(
                f"The team's server {self._address.place} is older than this program: its administrator runs"
                f" `{command('team admin init')}` of this version once."
            )
        members = tuple(
            Member(one["id"], one["name"], one["role"], one["manager_id"]) for one in told["members"]
        )
        me = next(one for one in members if one.id == told["me"])
        now, recordings = datetime.fromisoformat(told["now"]), str(told.get("recordings") or "")
        # What no settings file may hold would keep the program from starting.
        recordings = recordings if len(recordings) <= LONGEST_ADDRESS else ""
        return Hello(me, members, told["era"], now, recordings)

    def claim(self, person_id: str) -> str:
        """Takes the id that my store has for me, as long as nothing is written under the one I got; my id."""
        return str(self._one("SELECT team.claim(%s)", person_id))

    def push(self, records: Sequence[Record]) -> Pushed:
        """Gives the server records of my own: each is kept once, however often it is sent."""
        pushed = Pushed()
        for batch in _batches(records, pushed.refused):
            sent = f"[{','.join(text for _, text in batch)}]"
            for place, outcome, why in self._all(
                "SELECT place, outcome, why FROM team.push(%s::jsonb)", sent
            ):
                record, _ = batch[place - 1]
                if outcome in ("new", "there"):
                    getattr(pushed, outcome).append(record)
                else:
                    getattr(pushed, outcome).append((record, why))
        return pushed

    def pull(self, cursors: Mapping[str, Cursor | None], limit: int = 200) -> Pulled:
        """The next records about these reps (me, or who reports to me now), each behind its cursor.

        At most `limit` (1 to 1,000); None reads from the start. WentBackError where a cursor stands on a
        record that the server does not have.
        """
        rows = self._all(_PULL, *_split(cursors), limit)
        found: list[Record] = []
        after: dict[str, Cursor] = {}
        for row in rows:
            record = Record(row.id, row.kind, row.author, row.rep, row.body)
            found.append(record)
            after[record.rep] = Cursor(row.era, int(row.txid), row.seq, record.author, record.id)
        return Pulled(tuple(found), tuple(row.received_at for row in rows), after, len(found) >= limit)

    def lost(self, sent: Sequence[str], cursors: Mapping[str, Cursor | None]) -> Lost:
        """What of `sent` (ids of my own records) and of what cursors stand on the server has no longer.

        Nothing, unless it was restored from a backup. Asked at the start of each sync about what was sent
        last; records are lost in no other order than the newest first.
        """
        told = self._one(_LOST, list(sent), *_split(cursors))
        return Lost(tuple(told["records"]), tuple(told["reps"]))

    def _one(self, sql: str, *values: object) -> Any:
        return self._all(sql, *values)[0][0]

    def _all(self, sql: str, *values: object) -> list[Any]:
        from psycopg.rows import namedtuple_row  # noqa: PLC0415

        with faults.told(self._address.place), self._connection.cursor(row_factory=namedtuple_row) as cursor:
            return cursor.execute(sql.encode(), values).fetchall()


def _batches(
    records: Sequence[Record], refused: list[tuple[Record, str]]
) -> Iterator[list[tuple[Record, str]]]:
    """Records with their JSON, in portions; what no database can keep goes to `refused`."""
    batch: list[tuple[Record, str]] = []
    size = 0
    for record in records:
        text = _told(record)
        if text is None:
            refused.append((record, "It holds a character or number that a database can't keep."))
            continue
        if batch and (len(batch) == MOST_RECORDS or size + len(text) > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((record, text))
        size += len(text)
    if batch:
        yield batch


_NUL = re.compile(r"(?<!\\)(\\\\)*\\u0000")
"""In JSON text: the escape itself, not a backslash that somebody wrote before u0000."""


def _told(record: Record) -> str | None:
    envelope = {
        "id": record.id,
        "kind": record.kind,
        "author": record.author,
        "rep": record.rep,
        "body": dict(record.body),
    }
    try:
        text = json.dumps(envelope, ensure_ascii=False, allow_nan=False)
        text.encode()
    except ValueError:  # NaN, an infinity, half a surrogate pair
        return None
    # Looked for as it is first: the pattern takes a millisecond an attempt.
    return None if "\\u0000" in text and _NUL.search(text) else text


def _split(cursors: Mapping[str, Cursor | None]) -> tuple[list[Any], ...]:
    """Reps and their cursors as columns; the start is null."""
    at = list(cursors.values())
    return (
        list(cursors),
        [one and one.era for one in at],
        [one and str(one.txid) for one in at],
        [one and one.seq for one in at],
        [one and one.author for one in at],
        [one and one.id for one in at],
    )
