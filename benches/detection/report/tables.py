"""The figures of run.py as tables of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detection.judge import OURS
from detection.measures.alarms import THRESHOLDS, Count

if TYPE_CHECKING:
    from collections.abc import Iterator

Figures = dict[str, Any]


def quality(figures: Figures) -> Iterator[str]:
    """VUS-PR with its interval and event F1 of each row on each set, NAB's own score, and what a point costs."""
    sets = list(next(iter(figures["vus"].values())))
    yield "| mean VUS-PR (95 % interval), event F1 | " + " | ".join(sets) + " | NAB's own score | µs a point |"
    yield "|---" * (len(sets) + 3) + "|"
    for row, values in figures["vus"].items():
        # An option that only moves the alarm threshold has the same score.
        if row != OURS and values == figures["vus"][OURS]:
            continue
        cells = [_quality(values[name], figures["f1"][row][name]) if name in values else "" for name in sets]
        cells += [f"{figures[column][row]:.1f}" if row in figures[column] else "" for column in ("nab", "us")]
        yield f"| {row} | " + " | ".join(cells) + " |"
    for name, reason in figures["missing"].items():
        yield f"\nNot measured: {name} ({reason})."


def _quality(values: list[float], f1: float) -> str:
    mean, low, high = values
    return f"{mean:.3f} ({low:.2f} to {high:.2f}), {f1:.2f}"


def alarms(figures: Figures) -> Iterator[str]:
    """Return the events found and the false alarms in 10,000 points of each set."""
    yield from _header("events found, false alarms in 10,000 points")
    for name, found in figures["alarms"].items():
        cells = [f"{one.found} of {one.events}, {one.false_rate:.2f}" for one in _counts(found, "all")]
        young = [f"{one.false_rate:.2f}" if one.points else "" for one in _counts(found, "young")]
        yield f"| {name} | " + " | ".join(cells + young) + " |"


def false_alarms(figures: Figures) -> Iterator[str]:
    """Return the false alarms in 10,000 points of streams without an event."""
    yield from _header("false alarms in 10,000 points")
    for name, found in figures["false"].items():
        counts = [*_counts(found, "all"), *_counts(found, "young")]
        yield f"| {name} | " + " | ".join(f"{one.false_rate:.2f}" for one in counts) + " |"


def _header(title: str) -> Iterator[str]:
    columns = [f"p <= {at:g}{when}" for when in ("", ", first 1000") for at in THRESHOLDS]
    yield f"| {title} | " + " | ".join(columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"


def _counts(found: Figures, way: str) -> list[Count]:
    return [Count(**found[way][f"{at:g}"]) for at in THRESHOLDS]


def components(figures: Figures) -> Iterator[str]:
    """Return what VUS-PR is lost without a component, and that of it alone."""
    sets = list(next(iter(figures["components"].values())))
    yield "| VUS-PR lost without it, VUS-PR of it alone | " + " | ".join(sets) + " |"
    yield "|---" * (len(sets) + 1) + "|"
    for name, values in figures["components"].items():
        yield f"| `{name}` | " + " | ".join(_component(*values[each]) for each in sets) + " |"
    if any(lost is None for values in figures["components"].values() for lost, _ in values.values()):
        yield "\nWhere nothing is said to be lost, it only alarms, or the score could not be put together again."


def _component(lost: float | None, alone: float) -> str:
    return (f"{lost:+.3f}, " if lost is not None else "") + f"{alone:.2f}"
