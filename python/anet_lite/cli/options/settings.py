"""What ``NAME=VALUE`` options set: columns by signal, and the monitor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, NoReturn

import typer

from anet_lite._internal.one_line import one_line

if TYPE_CHECKING:
    from anet_lite import Monitor


_EXAMPLES = {"false_alarms_per_10k": "false_alarms_per_10k=0.3", "escalate": "escalate=false"}
_PAIRS = {"column": "--column loss=train_loss", "signal": "--signal reward=falls", "set": "--set escalate=false"}


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
            refuse(f"there is no setting {name!r}: they are {', '.join(known)}", "--set")
        try:
            values[name] = known[name](text)
        except (KeyError, ValueError):
            refuse(f"{name} cannot be {text!r}; for instance --set {_EXAMPLES[name]}", "--set")
    named = pairs(signals or [], "signal")
    try:
        return Monitor(**values, signals=named or None)
    except ValueError as error:
        refuse(str(error), "--signal" if named and not values else "--set")


def pairs(texts: list[str], option: str) -> dict[str, str]:
    """Return texts such as ``loss=train/loss`` as a mapping."""
    for text in texts:
        if "=" not in text:
            refuse(f"must be NAME=VALUE, got {text!r}; for instance {_PAIRS[option]}", f"--{option}")
    return {name.strip(): value for name, _, value in (text.partition("=") for text in texts)}


def detect_instead(file: str, error: ValueError, detect: Callable[[], object], silent: bool = False) -> None:
    """Take a file that is of no training run for streams; where it is of none either, end with the first reason."""
    if not silent:
        typer.echo(one_line(f"{file} is no log of a training run: taken for streams"))
    try:
        detect()
    except ValueError:
        refuse(str(error))


def refuse(text: str, option: str = "") -> NoReturn:
    """End with one sentence, which names the option that is wrong, where it is one."""
    raise typer.BadParameter(text, param_hint=option or None)
