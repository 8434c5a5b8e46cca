"""A team on a server, and records as its members write them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from uuid6 import uuid7

from tests.team.cluster import Cluster
from trainer.store.exchange.record import Cursor, Record
from trainer.team import server
from trainer.team.admin import Invitation
from trainer.team.server import Server

AT = "2026-11-20T09:00:00.000000Z"


@dataclass(frozen=True)
class Served:
    """`people` by first name, in small letters."""

    cluster: Cluster
    url: str
    people: dict[str, Invitation]

    def id(self, name: str) -> str:
        return self.people[name].person.id

    def login(self, name: str) -> str:
        login = self.people[name].person.login
        assert login
        return login

    def connect(self, name: str) -> Server:
        one = self.people[name]
        return server.connect(one.url, one.password)

    @contextmanager
    def sql(self, name: str) -> Iterator["psycopg.Connection[Any]"]:
        """Plain SQL under a member's own login."""
        one = self.people[name]
        with psycopg.connect(one.url, password=one.password, autocommit=True) as db:
            yield db

    @contextmanager
    def boss(self) -> Iterator["psycopg.Connection[Any]"]:
        """Plain SQL as the superuser."""
        with psycopg.connect(self.url, autocommit=True) as db:
            yield db

    def attempt(self, name: str, **changes: Any) -> Record:
        """An assessed attempt of a rep's, as small as they come."""
        one = str(uuid7())
        body: dict[str, Any] = {
            "attempt": {"id": one, "rep_id": self.id(name), "kind": "assessed", "started_at": AT, **changes},
            "takes": [{"id": str(uuid7()), "attempt_id": one, "recorded_at": AT}],
            "replies": [{"id": str(uuid7()), "attempt_id": one, "said_at": AT, "text": "What is it worth?"}],
            "self_marks": [],
            "result": {"id": str(uuid7()), "attempt_id": one, "finished_at": AT},
        }
        return Record(one, "attempt", self.id(name), self.id(name), body)

    def written(self, what: str, author: str, rep: str, /, **body: Any) -> Record:
        """Any other record by one about another."""
        one = str(uuid7())
        whose = {"author_id": self.id(author)} if "author_id" in _HAS.get(what, ()) else {}
        about = {"rep_id": self.id(rep)} if "rep_id" in _HAS.get(what, ()) else {}
        return Record(one, what, self.id(author), self.id(rep), {"id": one, **whose, **about, **body})

    def comment(self, author: str, rep: str, text: str = "Good question.", **body: Any) -> Record:
        return self.written("comment", author, rep, kind="comment", text=text, written_at=AT, **body)

    def decision(self, author: str, rep: str, kind: str = "signed off", **body: Any) -> Record:
        return self.written("decision", author, rep, kind=kind, written_at=AT, **body)


_HAS: Mapping[str, tuple[str, ...]] = {
    "comment": ("author_id",),
    "decision": ("author_id", "rep_id"),
    "entry": ("author_id", "rep_id"),
    "plan": ("author_id", "rep_id"),
    "withdrawal": ("author_id", "rep_id"),
    "reflection": ("author_id",),
}


def envelopes(*records: Record) -> str:
    """Records as the server's `push` takes them."""
    return json.dumps(
        [
            {"id": one.id, "kind": one.kind, "author": one.author, "rep": one.rep, "body": one.body}
            for one in records
        ]
    )


def read_all(
    connection: Server, reps: list[str], known: Mapping[str, Cursor] | None = None, limit: int = 100
) -> tuple[list[Record], dict[str, Cursor]]:
    """All records about these reps behind their cursors, and where the cursors are then."""
    cursors: dict[str, Cursor] = dict(known or {})
    found: list[Record] = []
    more = True
    while more:
        pulled = connection.pull({rep: cursors.get(rep) for rep in reps}, limit)
        found += pulled.records
        cursors.update(pulled.cursors)
        more = pulled.more
    return found, cursors
