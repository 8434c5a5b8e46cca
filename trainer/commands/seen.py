"""The attempts that whoever uses this profile may see: assessed ones, and all of a rep's own."""

from collections.abc import Callable

from trainer.config import Config
from trainer.store import Store
from trainer.store.records import AttemptDetail, AttemptSummary


def attempts(store: Store, me: Config) -> list[AttemptSummary]:
    """Newest first; unfinished ones and warm-ups only where they are one's own."""
    own = _own(store, me)
    mine = {one.attempt.id for one in own}
    found = own + [one for one in store.team_attempts() if one.attempt.id not in mine]
    return sorted(found, key=lambda one: (one.attempt.started_at, one.attempt.id), reverse=True)


def opener(store: Store, me: Config) -> Callable[[str], AttemptDetail]:
    """Opens one of them by its id; BadInputError for any other, as if it did not exist."""
    own = {one.attempt.id for one in _own(store, me)}
    return lambda wanted: store.attempt(wanted) if wanted in own else store.team_attempt(wanted)


def _own(store: Store, me: Config) -> list[AttemptSummary]:
    person = store.person(me.name) if me.name and me.role == "rep" else None
    return store.attempts(rep_id=person.id) if person else []
