"""One writer a file: an exclusive lock that ends with the process, however it ends."""

from __future__ import annotations

import os
import sys


def lock(file: int) -> bool:
    """Take the lock of an open file, or return False where somebody has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # Windows forbids others to read a locked byte: take one that no log will ever reach.
            os.lseek(file, 1 << 40, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
