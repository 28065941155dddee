"""The layers of a model, by the names of its tensors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_UP_TO_NUMBER = re.compile(r".*?(?:^|[._])\d+(?=[._]|$)")


def layer_of(name: str) -> str:
    """Return the layer of a tensor: its name up to the first number, else up to its first dot.

    Example:
        >>> from anet_lite.merge.layers import layer_of
        >>> [layer_of(name) for name in ("model.layers.10.mlp.up.weight", "wte.weight", "0.bias", "head")]
        ['model.layers.10', 'wte', '0', 'head']

    """
    found = _UP_TO_NUMBER.match(name)
    return found[0] if found else name.partition(".")[0]


def layers_of(names: Iterable[str]) -> list[str]:
    """Return the layers of tensors, each once, numbers in their order."""
    return sorted({layer_of(name): None for name in names}, key=natural)


def natural(name: str) -> list[tuple[int, str]]:
    """Return what puts ``layer.10`` behind ``layer.9`` when names are sorted."""
    parts: list[str] = re.split(r"(\d+)", name)
    return [(int(part[:18]), "") if part.isdecimal() and part.isascii() else (-1, part) for part in parts]
