"""The store behind one handle that any thread may use."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from trainer.store import assignments, attempts, people, rescores, team
from trainer.store.coaching.drills import Drills
from trainer.store.coaching.figures import Figures
from trainer.store.coaching.firsts import Firsts
from trainer.store.coaching.ledger import Ledger
from trainer.store.coaching.notes import Notes
from trainer.store.coaching.plans import Plans
from trainer.store.coaching.sessions import Sessions
from trainer.store.connection import Connections, create_file
from trainer.store.errors import explained
from trainer.store.exchange.exchange import Exchange
from trainer.store.ids import new_id
from trainer.store.privacy import Privacy
from trainer.store.records import (
    Assignment,
    Attempt,
    AttemptDetail,
    AttemptSummary,
    Kind,
    Person,
    Reply,
    Result,
    Role,
    Take,
    TeamRow,
)
from trainer.store.rescores import Rescore
from trainer.store.schema import bring_up_to_date
from trainer.store.scripts import Scripts
from trainer.store.times import to_text


class Store:
    """The facts of one profile, in one SQLite file. Made by `open`.

    Each call is one transaction and is on disk when it returns. Any thread and any number of processes may
    use it at once. Every method raises StoreError when the file fails, BadInputError for what isn't there.
    """

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now
        self.plans = Plans(connections, now)
        self.sessions = Sessions(connections, now)
        self.ledger = Ledger(connections, now)
        self.notes = Notes(connections, now)
        self.drills = Drills(connections, now)
        self.figures = Figures(connections, now)
        self.firsts = Firsts(connections)
        self.privacy = Privacy(connections, now)
        self.scripts = Scripts(connections.path.parent / "scripts")
        self.exchange = Exchange(connections, now)

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Self:
        """The store in `path`, made or brought up to date if need be. `now` dates what the store adds."""
        with explained(path):
            create_file(path)
        connections = Connections(path)
        try:
            with connections.reading() as db:
                bring_up_to_date(db, path)
        except BaseException:
            connections.close()
            raise
        return cls(connections, now)

    def close(self) -> None:
        """Ends the use of the file; a later call raises StoreError."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add_person(self, name: str, role: Role) -> Person:
        """Somebody new; BadInputError for an empty name or one that is taken, whatever its case."""
        person = Person(id=new_id(), name=" ".join(name.split()), role=role, created_at=self._now())
        with self._connections.writing() as db:
            people.add(db, person)
        return person

    def person(self, name: str) -> Person | None:
        """The person of that name, whatever its case."""
        with self._connections.reading() as db:
            return people.by_name(db, name)

    def people(self, role: Role | None = None) -> list[Person]:
        """All people or those of one role, by name."""
        with self._connections.reading() as db:
            return people.everybody(db, role)

    def add_attempt(self, attempt: Attempt) -> None:
        """Logs the start of an attempt."""
        with self._connections.writing() as db:
            attempts.add(db, attempt)

    def add_take(self, take: Take) -> None:
        """Logs a recording that is on disk."""
        with self._connections.writing() as db:
            attempts.add_take(db, take)

    def add_reply(self, reply: Reply) -> None:
        """Logs a judged reply; it stands until a newer one of the same turn."""
        with self._connections.writing() as db:
            attempts.add_reply(db, reply)

    def finish(self, result: Result) -> None:
        """Logs an attempt's end; BadInputError if it has one."""
        with self._connections.writing() as db:
            attempts.finish(db, result)

    def attempt(self, attempt_id: str) -> AttemptDetail:
        """Everything of one attempt, for its own rep; BadInputError if there is none of that id."""
        with self._connections.reading() as db:
            found = attempts.detail(db, attempt_id)
        return replace(found, script=self.scripts.of(found.attempt))

    def attempts(
        self,
        rep_id: str | None = None,
        kind: Kind | None = None,
        scenario: str | None = None,
        limit: int | None = None,
        *,
        skill: str | None = None,
        finished: bool = False,
    ) -> list[AttemptSummary]:
        """Attempts of both kinds, newest first, for the rep's own eyes; a manager's are `team_attempts`."""
        asked = {"rep_id": rep_id, "kind": kind, "scenario": scenario, "skill": skill}
        with self._connections.reading() as db:
            return attempts.history(db, asked, finished=finished, limit=limit)

    def unfinished(self, rep_id: str) -> AttemptSummary | None:
        """The rep's newest attempt without a result, unless its scenario was begun again since."""
        with self._connections.reading() as db:
            return attempts.unfinished(db, rep_id)

    def forms_seen(self, rep_id: str) -> dict[tuple[str, str], datetime]:
        """The (scenario, form) pairs the rep has begun, as warm-up or assessed, and when last."""
        with self._connections.reading() as db:
            return attempts.forms_seen(db, rep_id)

    def result(self, attempt_id: str) -> Result | None:
        """An attempt's end, None while it has none."""
        with self._connections.reading() as db:
            return attempts.result(db, attempt_id)

    def add_rescore(self, rescore: Rescore) -> bool:
        """Logs what an attempt is worth now, beside its result; False if that is there already."""
        with self._connections.writing() as db:
            return rescores.add(db, rescore)

    def rescores(self, attempt_id: str) -> list[Rescore]:
        """Every time an attempt was scored anew, oldest first."""
        with self._connections.reading() as db:
            return rescores.of_attempt(db, attempt_id)

    def takes(self, rep_id: str) -> list[Take]:
        """Every recording of one person, oldest first."""
        with self._connections.reading() as db:
            return attempts.takes_of(db, rep_id)

    def assign(
        self,
        rep_id: str,
        scenario: str,
        *,
        skill: str,
        target: int = 80,
        due: date | None = None,
        manager_id: str | None = None,
    ) -> Assignment:
        """Asks a rep for a scenario (of that skill); BadInputError for a target outside 1 to 100."""
        assignment = Assignment(
            id=new_id(),
            rep_id=rep_id,
            manager_id=manager_id,
            scenario=scenario,
            skill=skill,
            target=target,
            due=due,
            assigned_at=self._now(),
        )
        with self._connections.writing() as db:
            assignments.add(db, assignment)
        return assignment

    def assignments(self, rep_id: str, open_only: bool = True) -> list[Assignment]:
        """One rep's assignments, those due first in front, those without a day last."""
        with self._connections.reading() as db:
            return assignments.of_rep(db, rep_id, open_only=open_only)

    def withdraw(self, assignment: Assignment, author_id: str, why: str = "") -> None:
        """Takes an assignment back: it is neither open nor listed any more."""
        with self._connections.writing() as db:
            assignments.withdraw(db, assignment, author_id, why, to_text(self._now()))

    def late_assignments(self, today: date) -> list[Assignment]:
        """Of each rep the open assignment that was due longest before a day, those longest due first."""
        with self._connections.reading() as db:
            return assignments.late(db, today)

    def team(self) -> list[TeamRow]:
        """A row for every rep, by name, as their manager sees them: no warm-up counts in it."""
        with self._connections.reading() as db:
            return team.team(db)

    def team_attempts(
        self, rep_id: str | None = None, scenario: str | None = None, limit: int | None = None
    ) -> list[AttemptSummary]:
        """What a manager sees of `attempts`: assessed and finished ones, newest first."""
        with self._connections.reading() as db:
            return team.history(db, {"rep_id": rep_id, "scenario": scenario}, limit=limit)

    def team_attempt(self, attempt_id: str) -> AttemptDetail:
        """What a manager sees of `attempt`; BadInputError for a warm-up or an unfinished one."""
        with self._connections.reading() as db:
            found = team.detail(db, attempt_id)
        return replace(found, script=self.scripts.of(found.attempt))
