"""The tables: a row a fault, its seeds side by side, and how much of it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broken_gpt.faults import FAULTS
from broken_gpt.outcome import IN_TIME, LATER

if TYPE_CHECKING:
    from broken_gpt.outcome import Run

HEADING = (
    "fault",
    "loss before → end",
    "first alarm",
    "first cause",
    f"{LATER} steps later",
    "status at the end",
)
YES, NO = "✓", "✗"


def rows(runs: list[Run]) -> list[str]:
    """Return a row for each fault."""
    lines = [f"| {' | '.join(HEADING)} |", f"|{'---|' * len(HEADING)}"]
    for fault in FAULTS:
        same = [run for run in runs if run.fault == fault]
        if same:
            lines.append(f"| {FAULTS[fault].what} | {' | '.join(_cells(same))} |")
    return lines


def _cells(runs: list[Run]) -> list[str]:
    return [
        _each([f"{run.losses[0]:.2f} → {run.losses[1]:.2f}" for run in runs]),
        _each(["none" if run.alarmed is None else str(run.alarmed) for run in runs]),
        _each([_cause(run, 0) for run in runs]),
        _each([_cause(run, LATER) for run in runs]),
        _each([f"{run.status} {YES if run.is_status_true else NO}" for run in runs]),
    ]


def _cause(run: Run, wait: int) -> str:
    cause = run.cause(wait)
    return "none" if cause is None else f"{cause[1]} {YES if run.is_right(wait) else NO}"


def _each(cells: list[str]) -> str:
    """Return one cell of several seeds: once, where all say the same."""
    return cells[0] if len(set(cells)) == 1 else " / ".join(cells)


def totals(runs: list[Run]) -> str:
    """Return how many faults are seen in time, named right, and left with a true status; and false alarms."""
    broken = [run for run in runs if run.fault != "healthy"]
    counts = [
        (f"alarm within {IN_TIME} steps", sum(run.in_time for run in broken), len(broken)),
        ("alarm at all", sum(run.alarmed is not None for run in broken), len(broken)),
        ("first cause right", sum(run.is_right() for run in broken), len(broken)),
        (f"{LATER} steps later", sum(run.is_right(LATER) for run in broken), len(broken)),
        ("status true", sum(run.is_status_true for run in runs), len(runs)),
    ]
    false = sum(run.false_alarms for run in runs)
    return "; ".join([*(f"{name}: {count} of {of}" for name, count, of in counts), f"false alarms: {false}"])
