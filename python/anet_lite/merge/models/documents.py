"""JSON files beside the weights."""

from __future__ import annotations

import json
import os
from typing import Any, cast

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetValueError


def document(path: str) -> dict[str, Any]:
    """Return the object in a file.

    Raises:
        AnetValueError: It holds none, or is no file.
        OSError: The file cannot be read.

    """
    if os.path.exists(path) and not os.path.isfile(path):  # a pipe would be waited for
        raise AnetValueError(f"{one_line(path)}: not a file")
    with open(path, "rb") as file:
        text = file.read()
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:  # the second where it is nested too deep
        raise AnetValueError(f"{one_line(path)}: not JSON: {one_line(str(error))[:200]}") from None
    if not isinstance(found, dict):
        raise AnetValueError(f"{one_line(path)}: a JSON object is wanted, got {type(found).__name__}")
    return mapping(found)  # pyright: ignore[reportUnknownArgumentType]


def mapping(value: object) -> dict[str, Any]:
    """Return a value of a document that is an object; an empty one where it is none."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def entries(value: object) -> list[Any]:
    """Return a value of a document that is an array; an empty one where it is none."""
    return cast("list[Any]", value) if isinstance(value, list) else []


def beside(folder: str | None, name: str) -> str | None:
    """Return the path of a file in a model's folder, where it is there."""
    path = os.path.join(folder, name) if folder else ""
    return path if path and os.path.isfile(path) else None
