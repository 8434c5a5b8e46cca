"""One exchange with the team's server: who is in the team, what is mine there, what is theirs here."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from trainer.store import Store
from trainer.store.exchange.incoming import Fate
from trainer.store.exchange.record import Parsed, Record
from trainer.team.bodies import NotTakenError, UnknownKindError, parse
from trainer.team.errors import WentBackError
from trainer.team.server import Hello, Server

AT_ONCE = 400
"""Records that are sent or read between two notes of how far it got."""

Told = Callable[[str, int], None]
"""Is told what goes on ("sent", "got") and of how many records by now."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What one exchange did: how many records were sent and got, how many wait for others that they belong
    to, how many don't hold, and the names of reps who report to somebody else now and are forgotten here.

    `recordings` is where the team's recordings go as the server says it, "" for nowhere.
    """

    sent: int
    got: int
    waiting: int
    refused: int
    forgotten: tuple[str, ...]
    recordings: str = ""


def _silent(_what: str, _count: int) -> None:
    pass


def sync(store: Store, server: Server, *, told: Told = _silent) -> Synced:
    """Sends what waits, reads what is new. TeamError where that can't go on: what is done by then stays
    done, and the next call goes on from there.
    """
    hello = server.hello()
    forgotten = store.exchange.meet(hello.members)
    _mend_after_a_restore(store, server)
    store.exchange.offer_again()
    sent, refused = _send(store, server, told)
    fates = _read_all(store, server, hello, told)
    fates += _try_again(store)
    store.exchange.synced()
    return Synced(
        sent=sent,
        got=fates["new"],
        waiting=len(store.exchange.held_back()),
        refused=refused + fates["refused"],
        forgotten=tuple(forgotten),
        recordings=hello.recordings,
    )


def _mend_after_a_restore(store: Store, server: Server) -> None:
    """A server that was restored from a backup lacks what it got since: it gets and gives that again."""
    lost = server.lost(store.exchange.last_sent(), dict(store.exchange.cursors()))
    if lost:  # also where a cursor alone shows it: what this machine got may have been its own
        store.exchange.send_again()
    store.exchange.read_again(lost.reps)


def _send(store: Store, server: Server, told: Told) -> tuple[int, int]:
    """How many records the server took, and how many it would not take."""
    sent = refused = 0
    while records := store.exchange.unsent(AT_ONCE):
        pushed = server.push(records)
        # Two machines of a rep may each have noted that a recording is gone: it is, whoever was first.
        gone = [one for one, _ in pushed.conflicting if one.kind == "recording_gone"]
        store.exchange.sent(pushed.new, [*pushed.there, *gone])
        wrong = [one for one in pushed.conflicting if one[0].kind != "recording_gone"] + pushed.refused
        store.exchange.refuse(wrong)
        sent += len(pushed.new)
        refused += len(wrong)
        told("sent", sent)
    return sent, refused


def _read_all(store: Store, server: Server, hello: Hello, told: Told) -> Counter[Fate]:
    about = [one.id for one in hello.members if hello.me.id in (one.id, one.manager_id)]
    try:
        return _read(store, server, about, told)
    except WentBackError:  # between the question whether it did and now
        store.exchange.read_again(about)
        return _read(store, server, about, told)


def _read(store: Store, server: Server, about: Sequence[str], told: Told) -> Counter[Fate]:
    """What became of all the records about these reps that were not read yet."""
    fates: Counter[Fate] = Counter()
    more = True
    while more:
        known = store.exchange.cursors()
        pulled = server.pull({rep: known.get(rep) for rep in about}, AT_ONCE)
        parsed, unreadable, refused = _parsed(pulled.records)
        fates += store.exchange.take_in(parsed, pulled.cursors, unreadable=unreadable, refused=refused)
        more = pulled.more
        told("got", fates["new"])
    return fates


def _try_again(store: Store) -> Counter[Fate]:
    """Takes in what waited for something that has come by now."""
    fates: Counter[Fate] = Counter()
    came = True
    while came:
        parsed, _, refused = _parsed(store.exchange.held_back())
        now = store.exchange.take_in(parsed, {}, refused=refused)
        came = bool(now["new"])
        fates += now
    return fates


def _parsed(
    records: Sequence[Record],
) -> tuple[list[Parsed], list[tuple[Record, str]], list[tuple[Record, str]]]:
    """Those that hold as rows; those of a newer version; those that don't hold, and why."""
    fine: list[Parsed] = []
    newer: list[tuple[Record, str]] = []
    wrong: list[tuple[Record, str]] = []
    for record in records:
        try:
            fine.append(parse(record))
        except UnknownKindError as error:
            newer.append((record, str(error)))
        except NotTakenError as error:
            wrong.append((record, str(error)))
    return fine, newer, wrong
