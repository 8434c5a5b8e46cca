"""A lock on an open file that ends with its process, however that ends."""

import sys
from typing import IO

if sys.platform == "win32":
    import msvcrt

    FAR_AWAY = 1 << 30
    """Windows keeps others from reading what is locked, so a byte is locked that no take reaches."""

    def try_lock(file: IO[bytes]) -> bool:
        """Whether the lock was free and is ours now, until `file` is closed."""
        at = file.tell()
        try:
            file.seek(FAR_AWAY)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(at)
        return True
else:
    import fcntl

    def try_lock(file: IO[bytes]) -> bool:
        """Whether the lock was free and is ours now, until `file` is closed.

        False too on a file system that has no locks. flock, not lockf, which lets one process lock twice.
        """
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
