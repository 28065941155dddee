"""Writes to the disk that a record needs to outlive a crash."""

from __future__ import annotations

import os
from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite.tombstone.chain import Record


def write_head(path: str, record: Record) -> None:
    """Write the head as a checkpoint of C2SP tlog-checkpoint: origin, size, root. A head that is late is no loss.

    The new file takes the place of the old one as a whole. A link that somebody planted under its name is not followed.
    """
    root = b64encode(bytes.fromhex(record["hash"].partition(":")[2])).decode()
    try:
        with open(f"{path}.head.new", "w", encoding="utf-8", newline="\n", opener=_no_link) as file:
            file.write(f"anet-lite/tombstones/{record['run_id']}\n{record['seq'] + 1}\n{root}\n")
        os.replace(f"{path}.head.new", f"{path}.head")
    except OSError:
        pass


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def sync_folder(path: str) -> None:
    """Make the name of a new file outlive a power cut; Windows has no such call, and needs none."""
    if os.name == "posix":
        folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
