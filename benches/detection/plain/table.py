"""The plain cases as two tables: what must be found, and what must stay quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detection.measures.alarms import Count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NO_COUNT = ("quiet", "options")


def lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """Return the lines of both tables, and why peers are missing."""
    columns = list(dict.fromkeys(name for row in figures["rows"].values() for name in row if name not in NO_COUNT))
    for quiet, title in ((False, "found of events"), (True, "must stay quiet: rang, of streams")):
        rows = {case: row for case, row in figures["rows"].items() if row["quiet"] is quiet}
        yield f"| {title} | option | " + " | ".join(columns) + " |"
        yield "|---" * (2 + len(columns)) + "|"
        for case, row in rows.items():
            yield f"| {case} | {_options(row)} | " + " | ".join(_cell(row, name) for name in columns) + " |"
        yield "| **cases in full** | | " + " | ".join(_in_full(rows.values(), name) for name in columns) + " |"
        yield ""
    yield from (f"Not measured: {name} ({reason}).\n" for name, reason in figures["missing"].items())


def _options(row: Mapping[str, Any]) -> str:
    return ", ".join(f"`{name}={value}`" for name, value in row["options"].items())


def _cell(row: Mapping[str, Any], name: str) -> str:
    """Return found of events, and the false alarms in 10,000 samples of the clean twins."""
    if name not in row:
        return ""
    known = Count(**row[name])
    return f"{known.found} of {known.events} ({known.false_rate:.1f})"


def _in_full(rows: Iterable[Mapping[str, Any]], name: str) -> str:
    """Count the cases in which all is found, or nothing rings."""
    known = [(row["quiet"], Count(**row[name])) for row in rows if name in row]
    good = sum(count.found == (0 if quiet else count.events) for quiet, count in known)
    return f"{good} of {len(known)}"
