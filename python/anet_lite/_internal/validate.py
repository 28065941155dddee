"""Checks of arguments, with errors that name them."""

from __future__ import annotations

from typing import Any

from anet_lite._native import AnetTypeError, AnetValueError


def at_least(name: str, value: int, least: int) -> int:
    """Return the value; refuse what is no integer from ``least`` on."""
    if not isinstance(value, int) or isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"{name} must be an integer, got {type(value).__name__}")
    if value < least:
        raise AnetValueError(f"{name} must be at least {least}, got {value}")
    return value


def between(name: str, value: float, low: float, high: float) -> None:
    """Refuse what is no number strictly between the two."""
    if not isinstance(value, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"{name} must be a real number, got {type(value).__name__}")
    if not low < value < high:
        raise AnetValueError(f"{name} must be between {low} and {high}, got {value}")


def instance(name: str, value: object, kind: type[Any]) -> None:
    """Refuse what is of another class, before an attribute of it is missed deep inside."""
    if not isinstance(value, kind):
        raise AnetTypeError(f"{name} must be a {kind.__name__}, got {type(value).__name__}")


def language(lang: object) -> None:
    """Refuse a language that there are no words in."""
    if not isinstance(lang, str) or lang not in ("en", "ja"):
        raise AnetValueError(f"lang must be 'en' or 'ja', got {lang!r:.80}")
