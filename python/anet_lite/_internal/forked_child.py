"""What a forked child lets go of: files whose one writer is its parent."""

from __future__ import annotations

import os
import weakref
from typing import Callable, TypeVar

T = TypeVar("T")


def in_forked_child(let_go: Callable[[T], None]) -> weakref.WeakSet[T]:
    """Return a set of objects, each of which a forked child gives to ``let_go``.

    A child, such as a data loader's worker, would otherwise hold the lock of a file when its writer has died.
    """
    owners: weakref.WeakSet[T] = weakref.WeakSet()

    def run() -> None:
        for owner in list(owners):
            let_go(owner)

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=run)
    return owners
