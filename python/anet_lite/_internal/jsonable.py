"""What evidence is made of, as what JSON carries."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Union

from anet_lite._internal.plain_text import plain_text

Json = Union[None, bool, int, float, str, "list[Json]", "dict[str, Json]"]

SAFE_INTEGER = 2**53 - 1
"""Above this, a double and so JSON's reader elsewhere skips integers: RFC 8785 refuses them."""


def to_jsonable(value: Any) -> Json:
    """Turn what evidence is made of into what RFC 8785 carries.

    NaN and the infinities become ``"NaN"``, ``"Infinity"`` and ``"-Infinity"``, integers beyond 2^53 - 1 texts; scalars
    and arrays of NumPy and torch become numbers and lists; a snapshot becomes its main numbers. What is left becomes
    its ``str``: evidence is never refused.

    Example:
        >>> from anet_lite._internal.jsonable import to_jsonable
        >>> to_jsonable({"loss": float("nan"), "seed": 2**60, "layers": ("L12", "L13")})
        {'loss': 'NaN', 'seed': '1152921504606846976', 'layers': ['L12', 'L13']}

    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, int):
        return int(value) if abs(value) <= SAFE_INTEGER else plain_text(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else spelt(value)
    return _container(value)


def spelt(value: float) -> str:
    """Name a number that is not finite: ``NaN``, ``Infinity`` or ``-Infinity``."""
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _container(value: Any) -> Json:
    if isinstance(value, Mapping):
        return {plain_text(key): to_jsonable(held) for key, held in value.items()}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, (set, frozenset)):
        return [to_jsonable(held) for held in sorted(value, key=plain_text)]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, (list, tuple)):
        return [to_jsonable(held) for held in value]  # pyright: ignore[reportUnknownVariableType]
    if hasattr(value, "f_total"):
        return _snapshot(value)
    return to_jsonable(value.tolist() if hasattr(value, "tolist") else plain_text(value))


def _snapshot(snapshot: Any) -> Json:
    numbers = {"theta": snapshot.theta, "f_total": snapshot.f_total, "precursor_z": snapshot.zscore}
    if hasattr(snapshot, "alarms"):
        numbers |= {"step": snapshot.step, "status": snapshot.status}
        numbers |= {"alarms": [alarm.rule for alarm in snapshot.alarms]}
    return to_jsonable(numbers)
