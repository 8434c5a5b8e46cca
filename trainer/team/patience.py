"""A connection that gives up on a server that says nothing any more.

Keepalives notice a server that is gone, not one behind a proxy that lost it and keeps its own end open:
there a program would wait for ever.
"""

import time
from collections.abc import Generator
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.rows import TupleRow

Answer = TypeVar("Answer")

SECONDS = 180.0
"""Of silence, while nothing can be sent either. A portion of 2 MB that lies in the system's buffer already
still gets through at 90 kbit/s.
"""


class PatientConnection(Connection[TupleRow]):
    """Waits for answers, but not for ever."""

    def wait(self, gen: PQGen[Answer], *how: Any, **options: Any) -> Answer:
        """As any connection does; OperationalError after `SECONDS` in which nothing happened."""
        return super().wait(_patiently(gen), *how, **options)


def _patiently(gen: PQGen[Answer]) -> Generator[Any, Any, Answer]:
    """The same steps; each time that nothing was ready, a look at how long that has been so."""
    heard = time.monotonic()
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            if ready:
                heard = time.monotonic()
            elif time.monotonic() - heard > SECONDS:
                raise OperationalError(f"no answer for {SECONDS:.0f} seconds")
            wanted = gen.send(ready)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
