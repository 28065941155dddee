"""The picture of a way: a transformer of English that was trained further on Python, and on Rust."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from anet_lite import merge as anet_merge
from merge.nets import NETS, arrays_of, flat_of, value_of
from merge.zoo import Family

if TYPE_CHECKING:
    from merge.nets import Arrays

TASKS = {"Python": 1, "Rust": 2}


def draw(path: str) -> None:
    """Draw the losses on both languages between the two fine-tunes, and of each layer moved alone."""
    family = Family(NETS[-1], 0)
    batches = {name: family.tasks[task](np.random.default_rng(5), 128) for name, task in TASKS.items()}

    def losses(weights: Arrays) -> dict[str, float]:
        flat = flat_of(family.model, weights)
        return {name: value_of(family.model, flat, batch) for name, batch in batches.items()}

    models = [arrays_of(family.model, trained.flat) for trained in family.other]
    base = arrays_of(family.model, family.base)
    found = anet_merge.path(models, losses, base=base, layers=True)
    print(found)
    found.plot(path)
