"""Steps and epochs of a line: by their names, or by the way in which frameworks print them without a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BAR = re.compile(r"\s*\d+%\|[^|]*\|\s*(\d+)/\d+ \[")
"""A bar of tqdm."""
BAR_COUNTS = "iter"
"""What the counter of a bar is called."""
STEPS = frozenset(
    [
        "step",
        "iter",
        "iters",
        "iteration",
        "it",
        "itr",
        "global_step",
        "globalstep",
        "num_updates",
        "update",
        "updates",
        "batch",
        "s",
        "up",
        "steps",
        "step_num",
    ]
)
EPOCHS = frozenset(["epoch", "ep", "epochs"])

_FORMS = [
    (re.compile(pattern, re.IGNORECASE), names)
    for pattern, names in (
        (r"(\d+)epoch:\w+:\d+-(\d+)batch", ("epoch", "iter")),  # ESPnet
        (r"(?:epoch|train|test|val|eval)\w*(?:\(\w+\))?\W{0,4}\[\s*(\d+)[^\]]*\]\s*\[\s*(\d+)", ("epoch", "iter")),
        # the examples of PyTorch, mmengine, Swin
        (r"^\W*\[\s*(\d+)/\d+\]\s*\[\s*(\d+)/\d+\]", ("epoch", "iter")),  # DCGAN
        (r"^\W*\[\s*(\d+),\s+(\d+)\]", ("epoch", "iter")),  # PyTorch's tutorial
        (r"^\s*\[(\d+)\]\s", ("iter",)),  # XGBoost, LightGBM
        (r"^\s*(\d+): [\d.]+, ([\d.]+) avg\b", ("iter", "avg loss")),  # Darknet
        (r"^\s*(\d+):\s", ("iter",)),  # CatBoost
        (r"^\s*(\d+)/\d+\s+(?:[\[━-]|\d+s\b)", ("iter",)),  # a bar of Keras
        (r"\[\s*(\d+)\s*/\s*\d+\s*(?:\([^)]*\))?\]", ("iter",)),
        (r"\bup\. (\d[\d,]*) :", ("up",)),  # Marian
    )
]


def is_counter(name: str, alike: str = "") -> bool:
    """Return whether a name is that of a counter, or, where one is given, counts the same."""
    word = name.lower().strip(".#")
    if alike:
        return word in (EPOCHS if alike in EPOCHS else STEPS)
    return word in STEPS or word in EPOCHS


def unnamed(line: str) -> Iterator[tuple[str, float]]:
    """Yield the counters of a line that have no name, under one.

    Example:
        >>> from anet_lite.reader.forms.text_log.counters import unnamed
        >>> list(unnamed("Epoch: [3][ 10/5005]  Loss 7.0"))
        [('epoch', 3.0), ('iter', 10.0)]

    """
    for pattern, names in _FORMS:
        match = pattern.search(line)
        if match:
            yield from zip(names, (float(number.replace(",", "")) for number in match.groups()))
            return
