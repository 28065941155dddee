"""One writer a file: an exclusive lock that ends with the process, however it ends."""

from __future__ import annotations

import errno
import os
import sys

from anet_lite._internal.warn_once import WarnOnce
from anet_lite._native import AnetValueError

_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP}
"""What a file system without locks answers, such as Lustre mounted without flock, and some NFS."""

_warn_unlocked = WarnOnce()


def open_alone(path: str, what: str) -> int:
    """Open a file for reading and appending as its one writer; where there is none, make it.

    Where the file system has no locks, that is warned of once, and the file is written without one.

    Args:
        path: The file.
        what: What it is, for the error.

    Raises:
        OSError: It cannot be opened for writing.
        ValueError: Another writer has it open.

    """
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        if not _is_alone(file, path):
            raise AnetValueError(f"path must be a {what} without another writer, and {path} has one")
    except BaseException:
        os.close(file)
        raise
    return file


def _is_alone(file: int, path: str) -> bool:
    try:
        return lock(file)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        _warn_unlocked(
            f"{path} is written without a lock, since its file system has none ({error}): give it one writer only; "
            "this is said once"
        )
        return True


def lock(file: int) -> bool:
    """Take the lock of an open file, or return False where somebody has it.

    Raises:
        OSError: There are no locks here, or asking for one failed.

    """
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
