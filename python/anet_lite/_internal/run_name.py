"""The name of a run on a board, which becomes a path below the board's folder."""

from __future__ import annotations

import re

from anet_lite._native import AnetValueError

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_LONGEST, _DEEPEST = 200, 8


def run_name(text: str) -> str:
    """Return a name without its ending ``.jsonl``: it leads nowhere but below the folder, on any system.

    Raises:
        ValueError: It may lead elsewhere, or is too long.

    Example:
        >>> from anet_lite._internal.run_name import run_name
        >>> run_name("team/run-1.jsonl")
        'team/run-1'

    """
    name = text.removesuffix(".jsonl")
    parts = name.split("/")
    if len(text) > _LONGEST or len(parts) > _DEEPEST or not all(map(_PART.fullmatch, parts)):
        raise AnetValueError(
            "a run's name must be of letters, digits, '.', '_' and '-', with '/' between at most 8 parts that do not "
            f"begin with '.' or '-', and no longer than {_LONGEST}, got {text[:_LONGEST]!r}"
        )
    return name
