"""The library of data frames that a program uses."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any


def frames(what: str) -> Any:
    """Return pandas or polars: the one that is imported already, else the first that is installed.

    Args:
        what: What needs it, for the error.

    Raises:
        ImportError: Neither is installed.

    """
    names = [each for each in ("pandas", "polars") if each in sys.modules or find_spec(each)]
    if not names:
        raise ImportError(f"{what} needs pandas or polars: pip install pandas")
    return import_module(min(names, key=lambda each: each not in sys.modules))
