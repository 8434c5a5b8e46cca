"""A clock that nobody sets and that goes on while the machine sleeps."""

import sys
import time


def elapsed() -> float:
    """Seconds since some moment. `time.monotonic` stands still in a sleep, but for Windows."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()
