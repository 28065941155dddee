"""What this process and all that it started, such as Spark's JVM and its Python workers, have used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Usage(NamedTuple):
    """Processor seconds so far, and bytes of memory now."""

    seconds: float
    resident: int


def usage() -> Usage:
    """Add up the processes that descend from this one. Those that have ended count with their parent."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        seconds = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        stats[int(path.parent.name)] = int(fields[1]), Usage(seconds, int(fields[21]) * os.sysconf("SC_PAGE_SIZE"))
    family = {os.getpid()}
    while more := {pid for pid, (parent, _) in stats.items() if parent in family} - family:
        family |= more
    mine = [stats[pid][1] for pid in family if pid in stats]
    return Usage(sum(one.seconds for one in mine), sum(one.resident for one in mine))
