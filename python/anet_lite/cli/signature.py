"""Typer reads options from annotations, which are text in our files: on Python 3.9 it leaves them as text."""

from __future__ import annotations

from typing import Any, Callable, TypeVar, get_type_hints

F = TypeVar("F", bound=Callable[..., Any])


def evaluated(command: F) -> F:
    """Replace the text of a command's annotations by what it stands for, on every Python alike."""
    command.__annotations__ = get_type_hints(command, include_extras=True)
    return command
