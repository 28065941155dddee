"""What was done about a run: the records of its tombstone log."""

from __future__ import annotations

from typing import Any

from anet_lite._internal.json_line import object_of


def audit_records(path: str) -> list[dict[str, Any]]:
    """Read the records of a tombstone log, as far as they are whole lines.

    Raises:
        OSError: The log cannot be read.

    """
    found: list[dict[str, Any]] = []
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            record = object_of(line)
            if record and record.get("policy") != "log":  # the log's remarks on itself
                found.append(record)
    return found


def step_of(record: dict[str, Any]) -> float | None:
    """Return the step that a record names in its scope or evidence; None where it names none."""
    parts: list[Any] = [record.get(part) for part in ("scope", "evidence")]
    named: list[Any] = [part.get("step") for part in parts if isinstance(part, dict)]  # pyright: ignore[reportUnknownMemberType]
    return next((step for step in named if isinstance(step, (int, float))), None)
