"""What was done about a run: the records of its tombstone log, as far as the log verifies."""

from __future__ import annotations

from itertools import islice
from typing import Any

from anet_lite._internal.json_line import object_of
from anet_lite.tombstone import verify

_LARGEST = 2**53
"""Steps beyond this are no longer told apart by a browser."""


def audit(path: str) -> tuple[list[dict[str, Any]], str]:
    """Read the records of a tombstone log, and say what is wrong with it.

    Records from the first altered line on are left out: nobody knows whose they are.

    Raises:
        OSError: The log cannot be read.

    """
    try:
        fault = verify(path).fault
    except ImportError as error:
        return audit_records(path), f"Nobody has checked whether this log is whole: {error}"
    if fault is None:
        return audit_records(path), ""
    said = f"This log is altered. Line {fault.line}: {fault.why}. Its records from there on are not shown."
    return audit_records(path, fault.line - 1), said


def audit_records(path: str, lines: int | None = None) -> list[dict[str, Any]]:
    """Read the records of the first lines of a tombstone log, or of all, as far as they are whole.

    Raises:
        OSError: The log cannot be read.

    """
    with open(path, "rb") as file:
        found = [object_of(line.decode(errors="replace")) for line in islice(file, lines)]
    return [record for record in found if record and record.get("policy") != "log"]  # the log's remarks on itself


def step_of(record: dict[str, Any]) -> float | None:
    """Return the step that a record names in its scope or evidence; None where it names none."""
    parts: list[Any] = [record.get(part) for part in ("scope", "evidence")]
    named: list[Any] = [part.get("step") for part in parts if isinstance(part, dict)]  # pyright: ignore[reportUnknownMemberType]
    return next((step for step in named if _is_step(step)), None)


def _is_step(step: object) -> bool:
    return isinstance(step, (int, float)) and not isinstance(step, bool) and abs(step) <= _LARGEST
