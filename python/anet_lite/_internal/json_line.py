"""One line of a file of JSON lines."""

from __future__ import annotations

import json
from typing import Any


def object_of(line: str | bytes) -> dict[str, Any] | None:
    """Return the object that a line holds; None where it holds none, as a torn last line does.

    Example:
        >>> from anet_lite._internal.json_line import object_of
        >>> object_of('{"loss": 2.5}'), object_of('{"lo'), object_of("3")
        ({'loss': 2.5}, None, None)

    """
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):  # the second where it is nested too deep
        return None
    return found if isinstance(found, dict) else None  # pyright: ignore[reportUnknownVariableType]
