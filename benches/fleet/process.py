"""What this process and all that it started, such as Spark's JVM and its Python workers, have used."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Usage(NamedTuple):
    """Processor seconds so far, those of Java among them, and bytes of memory now."""

    seconds: float
    java: float
    resident: int


def usage() -> Usage:
    """Add up the processes that descend from this one. Those that have ended count with their parent."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text(encoding="utf-8").rpartition(")")
        except OSError:
            continue
        fields = rest.split()
        seconds = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        java = seconds if name.endswith("(java") else 0.0
        resident = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
        stats[int(path.parent.name)] = int(fields[1]), Usage(seconds, java, resident)
    family = {os.getpid()}
    while more := {pid for pid, (parent, _) in stats.items() if parent in family} - family:
        family |= more
    mine = [stats[pid][1] for pid in family if pid in stats]
    return Usage(*(sum(amounts) for amounts in zip(*mine)))
