"""Whether words speak of data that is trained on, or of other data."""

from __future__ import annotations

import re

_TRAINED = frozenset(("train", "training", "tr"))
_OTHER = frozenset(
    [
        "val",
        "valid",
        "validation",
        "validating",
        "eval",
        "evaluation",
        "evaluating",
        "evaluate",
        "test",
        "testing",
        "dev",
        "devel",
        "validate",
    ]
)
_WORD = re.compile(r"(?<![/.\w-])([A-Za-z]+)(?![/\w-]|\.\w)")
"""A word of a sentence, none in the name of a file."""
_PARTS = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")


def set_said(text: str, before: bool) -> bool:
    """Return whether data that is not trained on is meant after a text, and was ``before`` it.

    Example:
        >>> from anet_lite.reader.printed import set_said
        >>> set_said("| valid | epoch", False), set_said("now training", True), set_said("test.py", False)
        (True, False, False)

    """
    for word in reversed(_WORD.findall(text)):
        if word.lower() in _OTHER:
            return True
        if word.lower() in _TRAINED:
            return False
    return before


def has_set(name: str) -> bool:
    """Return whether a name says itself of which data it is.

    Example:
        >>> from anet_lite.reader.printed import has_set
        >>> has_set("TrainLoss"), has_set("eval/loss"), has_set("loss")
        (True, True, False)

    """
    return any(part.lower() in _TRAINED or part.lower() in _OTHER for part in _PARTS.split(name))
