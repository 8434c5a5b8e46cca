"""A team's server in memory: what screens need of one, without rules."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import cast

from trainer.store.exchange.record import Cursor, Member, Record
from trainer.team.errors import UnreachableError
from trainer.team.server import Hello, Lost, Pulled, Pushed, Server


class Hall:
    """Keeps records in the order they came; `closed` can't be reached."""

    def __init__(self, *members: Member) -> None:
        self.members = members
        self.records: list[Record] = []
        self.closed = False
        self.recordings = ""
        self.visits = 0

    @contextmanager
    def visit(self, who: Member) -> Iterator[Server]:
        self.visits += 1
        if self.closed:
            raise UnreachableError("The team's server can't be reached.")
        yield cast("Server", _Visit(self, who))


class _Visit:
    def __init__(self, hall: Hall, who: Member) -> None:
        self.hall = hall
        self.who = who
        self.warnings: tuple[str, ...] = ()

    def hello(self) -> Hello:
        return Hello(self.who, self.hall.members, 1, datetime.now(UTC), self.hall.recordings)

    def lost(self, sent: Sequence[str], cursors: Mapping[str, Cursor | None]) -> Lost:
        return Lost((), ())

    def push(self, records: Sequence[Record]) -> Pushed:
        known = {(one.author, one.id) for one in self.hall.records}
        new = [one for one in records if (one.author, one.id) not in known]
        self.hall.records += new
        return Pushed(new=new, there=[one for one in records if one not in new])

    def pull(self, cursors: Mapping[str, Cursor | None], limit: int) -> Pulled:
        found: list[Record] = []
        after: dict[str, Cursor] = {}
        for place, record in enumerate(self.hall.records, 1):
            cursor = cursors.get(record.rep)
            if record.rep in cursors and (cursor is None or place > cursor.seq):
                found.append(record)
                after[record.rep] = Cursor(1, place, place, record.author, record.id)
        return Pulled(tuple(found), tuple(datetime.now(UTC) for _ in found), after, more=False)
