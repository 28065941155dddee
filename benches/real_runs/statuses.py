"""The status that the monitor leaves behind at the end of each log, and how often it is true."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from real_runs.ours import status

if TYPE_CHECKING:
    from real_runs.logs import Log

KINDS = ("warming_up", "healthy", "settled", "suspect", "failing")
RIGHT = {
    "H": {"warming_up", "healthy"},
    "E": {"warming_up", "healthy", "settled"},
    "F": {"settled", "suspect", "failing"},
    "R": {"warming_up", "healthy"},
}
"""What is true of a judgement: a run that is too short may still warm up, one that survived may have settled."""


def table(logs: list[Log]) -> list[str]:
    """Return a row for each judgement."""
    lines = [f"| status at the end | {' | '.join(KINDS)} | true |", f"|{'---|' * (len(KINDS) + 2)}"]
    for judgement, right in RIGHT.items():
        found = Counter(status(log) for log in logs if log.judgement == judgement)
        cells = [*(found[kind] for kind in KINDS), f"{sum(found[kind] for kind in right)} of {sum(found.values())}"]
        lines.append(f"| {judgement} | {' | '.join(map(str, cells))} |")
    return lines
