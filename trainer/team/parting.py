"""Leaving a team for good: what a member's erasure has to do elsewhere before it is done here."""

from pathlib import Path

from trainer.config import Config
from trainer.store import Store
from trainer.team.exchange import sync
from trainer.team.membership import leave, server_of
from trainer.team.recordings import Post


def part(store: Store, config: Config, settings: Path, post: Post) -> int:
    """Deletes a member's recordings at the team's place, lets the team know, and leaves; how many those were.

    TeamError where the place or the server can't be reached: then nothing is left, and it may be done again.
    The records on the server are its administrator's to erase.
    """
    me = store.exchange.me()
    deleted = post.erase(me.id) if me else 0
    with server_of(config) as server:  # so that managers' machines delete their copies
        sync(store, server)
    leave(store, config, settings)
    return deleted
