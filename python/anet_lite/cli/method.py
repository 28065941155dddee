"""Where zeros come from, as an option."""

from __future__ import annotations

from enum import Enum


class Method(str, Enum):
    """The methods of ``generate_gammas``."""

    newton = "newton"
    centred = "centred"
    exact = "exact"
