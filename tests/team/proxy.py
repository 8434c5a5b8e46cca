"""A bad line between machines and their server: it cuts, holds back, falls silent, half-closes, repeats."""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal

Fate = Literal["clean", "cut", "held", "halved", "forgotten", "doubled"]
Way = Literal["up", "down"]

_PORTION = 65_536


@dataclass(frozen=True, slots=True)
class Mischief:
    """How many in a hundred connections meet which fate, for how many seconds bytes are held at most, and
    between which bytes of a connection it happens: the smaller a number, the likelier.

    cut: broken off at some byte. held: nothing more passes for a while. halved: one way is closed, the other
    stays open. forgotten: nothing passes any more, and nobody is told. doubled: what the machine says first
    is said to the server on a second connection as well, whose answers nobody hears.
    """

    cut: int = 0
    held: int = 0
    halved: int = 0
    forgotten: int = 0
    doubled: int = 0
    seconds: float = 3.0
    earliest: int = 1
    latest: int = 2_000_000


ALL_OF_IT = Mischief(cut=30, held=10, halved=8, forgotten=2, doubled=10)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What happens to one connection, on which way and at which byte of it."""

    fate: Fate
    way: Way
    place: int
    seconds: float


class _StruckError(Exception):
    """The connection is at its end, on both sides at once."""


class Proxy:
    """Listens at `port`. `mischief` may be changed at any time and counts for connections from then on."""

    def __init__(self, upstream: int, mischief: Mischief, seed: int) -> None:
        self.port = 0
        self.mischief = mischief
        self.befell: Counter[Fate] = Counter()
        self.bytes: Counter[Way] = Counter()
        self._upstream = upstream
        self._chance = random.Random(seed)  # noqa: S311 - the same line in every run
        self._open: set[asyncio.Task[None]] = set()

    async def listen(self) -> asyncio.Server:
        """Begins; connections live as long as this loop."""
        listening = await asyncio.start_server(self._accepted, "127.0.0.1", self.port, backlog=2000)
        self.port = int(listening.sockets[0].getsockname()[1])
        return listening

    async def end(self, listening: asyncio.Server) -> None:
        """Listens no more, and breaks off what is still open."""
        listening.close()
        for one in self._open:
            one.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def _drawn(self) -> _Plan:
        told = self.mischief
        fates: dict[Fate, int] = {
            "cut": told.cut,
            "held": told.held,
            "halved": told.halved,
            "forgotten": told.forgotten,
            "doubled": told.doubled,
        }
        fates["clean"] = 100 - sum(fates.values())
        fate = self._chance.choices(list(fates), list(fates.values()))[0]
        return _Plan(
            fate,
            self._chance.choice(("up", "down")),
            round(told.earliest * (told.latest / told.earliest) ** self._chance.random()),
            told.seconds * self._chance.random(),
        )

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        here = asyncio.current_task()
        assert here is not None
        self._open.add(here)
        writers = [writer]
        try:
            with suppress(OSError, _StruckError, asyncio.CancelledError):
                await self._pass_on(reader, writers)
        finally:
            for one in writers:
                one.transport.abort()
            self._open.discard(here)

    async def _pass_on(self, reader: asyncio.StreamReader, writers: list[asyncio.StreamWriter]) -> None:
        plan = self._drawn()
        answers, up = await asyncio.open_connection("127.0.0.1", self._upstream)
        writers.append(up)
        second, ways = None, []
        if plan.fate == "doubled":
            self.befell["doubled"] += 1
            unheard, second = await asyncio.open_connection("127.0.0.1", self._upstream)
            writers.append(second)
            ways.append(asyncio.ensure_future(_swallow(unheard)))
        both = [
            asyncio.ensure_future(self._pump("up", reader, up, plan, second)),
            asyncio.ensure_future(self._pump("down", answers, writers[0], plan)),
        ]
        ways += both
        try:
            await asyncio.gather(*both)
        finally:
            for one in ways:
                one.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pump(
        self,
        way: Way,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        plan: _Plan,
        second: asyncio.StreamWriter | None = None,
    ) -> None:
        passed = 0
        while portion := await reader.read(_PORTION):
            before, passed = passed, passed + len(portion)
            self.bytes[way] += len(portion)
            if second is not None and before < plan.place and not second.is_closing():
                second.write(portion[: plan.place - before])
            if way == plan.way and before < plan.place <= passed and plan.fate not in ("clean", "doubled"):
                at = plan.place - before
                await _say(writer, portion[:at])
                portion = await self._strike(plan, reader, writer, portion[at:])
            await _say(writer, portion)
        if not writer.is_closing():
            writer.write_eof()

    async def _strike(
        self, plan: _Plan, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, rest: bytes
    ) -> bytes:
        """What happens to a connection at its byte; what may pass after that."""
        self.befell[plan.fate] += 1
        match plan.fate:
            case "cut":
                raise _StruckError
            case "halved":
                writer.write_eof()
                await _swallow(reader)
            case "forgotten":
                await _swallow(reader)
            case _:
                await asyncio.sleep(plan.seconds)
                return rest
        # Only when one end has gone is this over: until then nobody is told anything.
        raise _StruckError


async def _say(writer: asyncio.StreamWriter, portion: bytes) -> None:
    if writer.is_closing():
        raise _StruckError
    writer.write(portion)
    await writer.drain()


async def _swallow(reader: asyncio.StreamReader) -> None:
    with suppress(OSError):
        while await reader.read(_PORTION):
            pass


@contextmanager
def between(upstream: int, mischief: Mischief, seed: int) -> Iterator[Proxy]:
    """A proxy in front of a port of this machine, in a thread of its own."""
    proxy = Proxy(upstream, mischief, seed)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="bad line", daemon=True)
    thread.start()

    listening = asyncio.run_coroutine_threadsafe(proxy.listen(), loop).result()
    try:
        yield proxy
    finally:
        asyncio.run_coroutine_threadsafe(proxy.end(listening), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
