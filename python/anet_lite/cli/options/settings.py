"""What ``NAME=VALUE`` options set: columns by signal, and the monitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, NoReturn

import typer

if TYPE_CHECKING:
    from anet_lite import Monitor


def monitor_of(settings: list[str], signals: list[str] | None = None) -> Monitor:
    """Return a monitor with the settings that were given as ``NAME=VALUE``, and with named signals."""
    from anet_lite import Monitor

    known: dict[str, Callable[[str], Any]] = {
        "false_alarms_per_10k": float,
        "escalate": {"true": True, "false": False}.__getitem__,
    }
    values: dict[str, Any] = {}
    for name, text in pairs(settings, "set").items():
        if name not in known:
            refuse(f"there is no setting {name!r}: they are {', '.join(known)}")
        try:
            values[name] = known[name](text)
        except (KeyError, ValueError):
            refuse(f"{name} cannot be {text!r}")
    named = pairs(signals or [], "signal")
    return Monitor(**values, signals=named or None)


def pairs(texts: list[str], option: str) -> dict[str, str]:
    """Return texts such as ``loss=train/loss`` as a mapping."""
    for text in texts:
        if "=" not in text:
            raise typer.BadParameter(f"must be NAME=VALUE, got {text!r}", param_hint=option)
    return {name.strip(): value for name, _, value in (text.partition("=") for text in texts)}


def refuse(text: str) -> NoReturn:
    """End with one sentence."""
    raise typer.BadParameter(text, param_hint="file")
