"""docs/rules.md: each rule with the run that it fires on, the picture, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rule_runs.faults import Fault
    from rule_runs.fired import Fired

HEAD = """# What each rule sees

One run by formula for each rule: a healthy run of 700 rows into which one fault is put. Dark is the run, pale its
healthy twin; the dotted line is where the fault begins, the red one where the rule fires first. Below it stands what
[`explain`](monitor.md) says in that row. Other rules may fire before it. What each rule compares with what stands in
[the monitor](monitor.md#what-fires).

`make rules` draws the pictures and writes this page.
"""


def page(found: Iterable[tuple[Fault, Fired]]) -> str:
    """Return the page."""
    return "\n".join([HEAD, *(section(fault, fired) for fault, fired in found)])


def section(fault: Fault, fired: Fired) -> str:
    """Return a rule's part of it."""
    text = fault.text[0].upper() + fault.text[1:]
    picture = (
        f"![The {fault.signal} of the run, in which {fault.rule} fires in row {fired.row}](img/rules/{fault.rule}.png)"
    )
    return f"## `{fault.rule}`\n\n{text}.\n\n{picture}\n\n> {fired.text}\n"
