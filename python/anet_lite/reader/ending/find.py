"""The line of a log that says why the run ended."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from anet_lite.reader.ending.table import CAUSES
from anet_lite.reader.printed import headed, states

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANY = re.compile("|".join(f"(?:{cause.pattern.pattern})" for cause in CAUSES))
_LATE = 1
"""Losses that another process may still print after the line."""
_TRACEBACK = "Traceback (most recent call last)"
_LAST = 20_000
"""Lines of the end that are looked at."""
_LONGEST = 2_000


@dataclass(frozen=True)
class Ending:
    """Why a run ended, as its log says it."""

    kind: str
    """The reason, one of those of the table."""
    line: int
    """The line of the log, from 1."""
    text: str
    """What it says."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types."""
        return asdict(self)


def ending_of(lines: Sequence[str], losses: Sequence[int] = ()) -> Ending | None:
    """Return why a run ended; None where its log does not say.

    A reason after which the training went on is none.

    Args:
        lines: The lines of the log.
        losses: The numbers of the lines that told a loss, from 1, in order.

    Example:
        >>> from anet_lite.reader.ending import ending_of
        >>> ending_of(["step 1 loss 2.0", "torch.OutOfMemoryError: CUDA out of memory."], [1]).kind
        'gpu_out_of_memory'
        >>> ending_of(["RuntimeError: NaN", "step 1 loss 2.0", "step 2 loss 1.9"], [2, 3]) is None
        True

    """
    went_on = losses[-1 - _LATE] if len(losses) > _LATE else 0
    found: dict[str, Ending] = {}
    in_traceback = False
    for at in range(max(went_on, len(lines) - _LAST), len(lines)):
        shown = (states(lines[at][:_LONGEST]) or [""])[-1].strip()
        text = headed(shown).text.strip(" -")
        in_traceback |= _TRACEBACK in text
        if not _ANY.search(text):
            continue
        for cause in CAUSES:
            if (cause.kind != "traceback" or in_traceback) and cause.pattern.search(text):
                found.setdefault(cause.kind, Ending(cause.kind, at + 1, shown))
                break
        in_traceback &= not _ends_traceback(text)
    return next((found[cause.kind] for cause in CAUSES if cause.kind in found), None)


def _ends_traceback(text: str) -> bool:
    return any(cause.kind == "traceback" and cause.pattern.search(text) for cause in CAUSES)
