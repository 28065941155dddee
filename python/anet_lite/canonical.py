"""Canonical JSON (RFC 8785) and its SHA-256: one meaning, one sequence of bytes, one hash."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from types import ModuleType

Json = Union[None, bool, int, float, str, "list[Json]", "dict[str, Json]"]

SAFE_INTEGER = 2**53 - 1
"""Above this, a double and so JSON's reader elsewhere skips integers: RFC 8785 refuses them."""


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
        ValueError: The value holds what RFC 8785 cannot carry. ``plain`` makes it bearable.

    Example:
        >>> from anet_lite.canonical import dumps
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


def plain(value: Any) -> Json:
    """Turn what evidence is made of into what RFC 8785 carries.

    NaN and the infinities become ``"NaN"``, ``"Infinity"`` and ``"-Infinity"``, integers beyond 2^53 - 1 texts; scalars
    and arrays of NumPy and torch become numbers and lists; a snapshot becomes its main numbers. What is left becomes
    its ``str``: evidence is never refused.

    Example:
        >>> from anet_lite.canonical import plain
        >>> plain({"loss": float("nan"), "seed": 2**60, "layers": ("L12", "L13")})
        {'loss': 'NaN', 'seed': '1152921504606846976', 'layers': ['L12', 'L13']}

    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, int):
        return int(value) if abs(value) <= SAFE_INTEGER else str(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else spelt(value)
    return _container(value)


def spelt(value: float) -> str:
    """Name a number that is not finite: ``NaN``, ``Infinity`` or ``-Infinity``."""
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _container(value: Any) -> Json:
    if isinstance(value, Mapping):
        return {str(plain(str(key))): plain(held) for key, held in value.items()}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, (set, frozenset)):
        return [plain(held) for held in sorted(value, key=str)]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, (list, tuple)):
        return [plain(held) for held in value]  # pyright: ignore[reportUnknownVariableType]
    if hasattr(value, "f_total"):
        return _snapshot(value)
    return plain(value.tolist() if hasattr(value, "tolist") else str(value))


def _snapshot(snapshot: Any) -> Json:
    numbers = {"theta": snapshot.theta, "f_total": snapshot.f_total, "precursor_z": snapshot.zscore}
    if hasattr(snapshot, "alarms"):
        numbers |= {"step": snapshot.step, "status": snapshot.status}
        numbers |= {"alarms": [alarm.score for alarm in snapshot.alarms]}
    return plain(numbers)
