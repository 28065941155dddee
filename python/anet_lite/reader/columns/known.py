"""What is known of the columns of a source, whichever form it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from anet_lite.reader.table import Source


@dataclass
class Known:
    """The columns of a source. What a form does not tell has a plain answer."""

    names: list[str]
    kinds: dict[str, str]
    """What each holds: ``number``, ``flag``, ``time``, ``key``, ``text`` or ``empty``; ``number`` where untold."""
    counters: set[str] = field(default_factory=set[str])
    """Columns of numbers that only count the rows."""


def known_of(source: Source) -> Known:
    """Return what is known before a source is read."""
    found: Any = source
    kinds: dict[str, str] = getattr(found, "kinds", {})
    counters: set[str] = getattr(found, "counters", set())
    return Known(source.names, {name: kinds.get(name, "number") for name in source.names}, counters)


def remarks_of(source: Source) -> list[str]:
    """Return what was taken for what, and what could not be read, once a source is read."""
    found: Any = source
    return list(found.remarks()) if hasattr(found, "remarks") else []


def zone_of(source: Source, name: str) -> int | None:
    """Return how many seconds the zone of a column of times is ahead of UTC; None where none is written."""
    zones: dict[str, int | None] = getattr(source, "zone", {})
    return zones.get(name)
