"""Numbers that are broken by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.merge.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.merge.rules.pair import Pair
    from anet_lite.merge.tensor_report import TensorReport

_NEAR_OVERFLOW = 32752.0
"""Half of the largest F16 number: the sum of two such is infinite."""
_LOST = 0.25
"""The part of a change that rounding may lose before it is told."""


def not_finite(pair: Pair) -> Iterator[Finding]:
    """Find NaN and infinite numbers, in the base too."""
    for tensor in pair.report.tensors:
        for letter, count in zip((*pair.letters, "base"), tensor.not_finite):
            if count:
                yield Finding("not_finite", "stop", (letter,), (tensor.name,), {"count": count})


def all_zero(pair: Pair) -> Iterator[Finding]:
    """Find tensors that are all zero in one model only."""
    for tensor in pair.report.tensors:
        zero = [square == 0 for square in tensor.squares]
        if zero[0] != zero[1] and not any(tensor.not_finite) and _was_something(tensor):
            letters = pair.letters if zero[0] else pair.letters[::-1]
            yield Finding("all_zero", "stop", letters, (tensor.name,))


def _was_something(tensor: TensorReport) -> bool:
    """Whether zero is a loss: a bias of zeros is how many a model begins."""
    return len(tensor.shape) > 1 or tensor.base_squares > 0


def near_overflow(pair: Pair) -> Iterator[Finding]:
    """Find numbers near the end of F16."""
    for tensor in pair.report.tensors:
        for letter, dtype, largest in zip(pair.letters, tensor.dtypes, tensor.largest):
            if dtype == "F16" and largest > _NEAR_OVERFLOW:
                yield Finding("near_overflow", "warn", (letter,), (tensor.name,), {"largest": largest})


def rounding(pair: Pair) -> Iterator[Finding]:
    """Tell what the average loses in a type of 16 or 8 bits."""
    if pair.report.rounding > _LOST:
        types = sorted({each.dtypes[0] for each in pair.report.tensors if each.rounding_squares[0]})
        yield Finding("rounding", "note", pair.letters, (), {"lost": pair.report.rounding, "types": types})
