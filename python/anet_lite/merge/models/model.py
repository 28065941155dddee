"""A model: the tensors of its files by name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite.merge.models.adapter import Adapter
    from anet_lite.merge.models.stored import Stored


@dataclass(frozen=True)
class Model:
    """A model on a disk."""

    path: str
    tensors: dict[str, Stored]
    """In the order of the files; those of an adapter's modules are not here."""
    adapter: Adapter | None = None
    folder: str | None = None
    """The folder that it is, where it is one."""


def same_model(one: Model, other: Model) -> bool:
    """Whether two paths lead to the same file or folder."""
    return os.path.samefile(one.path, other.path)
