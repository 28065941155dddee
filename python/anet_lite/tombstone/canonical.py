"""Canonical JSON (RFC 8785) and its SHA-256: one meaning, one sequence of bytes, one hash."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from anet_lite._internal.jsonable import SAFE_INTEGER, Json

if TYPE_CHECKING:
    from types import ModuleType


def require() -> ModuleType:
    """Return the library, or refuse to go on where it is missing.

    Raises:
        ImportError: The extra is not installed.

    """
    try:
        import rfc8785
    except ImportError:
        raise ImportError("tombstones need rfc8785: pip install 'anet-lite[tombstone]'") from None
    return rfc8785


def dumps(value: Json) -> bytes:
    """Return the canonical form.

    Raises:
        ImportError: The extra is not installed.
        ValueError: The value holds what RFC 8785 cannot carry. ``to_jsonable`` makes it bearable.

    Example:
        >>> from anet_lite.tombstone.canonical import dumps
        >>> dumps({"b": 1.0, "a": [1e21, "é"]}).decode()
        '{"a":[1e+21,"é"],"b":1}'

    """
    canonical: bytes = require().dumps(value)
    return canonical


def digest(content: bytes) -> str:
    """Return ``sha256:`` and the hexadecimal SHA-256 of the content."""
    return "sha256:" + sha256(content).hexdigest()


def loads(line: bytes) -> Json:
    """Read a text that must be its own canonical form: no duplicate key, no other order, no other spelling.

    Raises:
        ImportError: The extra is not installed.
        ValueError: It is not JSON, or not in canonical form.

    """
    try:
        value: Json = json.loads(line.decode("utf-8"), parse_int=_number)
        canonical = dumps(value)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if canonical != line:
        raise ValueError("it is not in canonical form")
    return value


def _number(text: str) -> float:
    """Read a whole number: beyond the integers that JSON carries it was a double, spelt without an exponent."""
    value = float(text)
    return int(text) if abs(value) <= SAFE_INTEGER else value
