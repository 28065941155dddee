"""What was done to the base: by one model more than by the other, or to another base."""

from __future__ import annotations

from math import exp, log, sqrt
from statistics import median
from typing import TYPE_CHECKING

from anet_lite.merge.finding import Finding
from anet_lite.merge.rules.matrices import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.merge.rules.pair import Pair
    from anet_lite.merge.tensor_report import TensorReport

_TIMES = 3.0
"""How many times as large one change must be as the other, or as in the other matrices, to be told."""
_FAR, _TOGETHER = 0.9, 0.9
"""How far both models lie from what is no base of theirs, in its norm, and the cosine of the way to them."""


def wrong_base(pair: Pair) -> Iterator[Finding]:
    """Find a base that both models lie far from, in the same direction: they have another one in common."""
    based = [tensor for tensor in pair.report.tensors if tensor.base_squares == tensor.base_squares]
    base = sum(tensor.base_squares for tensor in based)
    far = sqrt(sum(pair.report.change_squares) / 2 / base) if base else 0.0
    if far > _FAR and pair.report.change_cosine > _TOGETHER:
        said = {"far": far, "cosine": pair.report.change_cosine}
        yield Finding("wrong_base", "stop", pair.letters, (), said)


def one_dominates(pair: Pair) -> Iterator[Finding]:
    """Find a change that is larger than the other."""
    ratios = [tensor.log_change_ratio for tensor in _changed(pair)]
    middle = median(ratios) if ratios else 0.0
    if abs(middle) > log(_TIMES):
        larger, smaller = pair.letters[::-1] if middle > 0 else pair.letters
        said = {"ratio": exp(abs(middle)), "alpha": pair.report.balanced_alpha, "second": pair.letters[1]}
        yield Finding("one_dominates", "warn", (larger, smaller), (), said)


def uneven_change(pair: Pair) -> Iterator[Finding]:
    """Find matrices in which the changes stand to each other as in no other."""
    changed = _changed(pair)
    middle = median(tensor.log_change_ratio for tensor in changed) if changed else 0.0
    for tensor in changed:
        beyond = tensor.log_change_ratio - middle
        if abs(beyond) > log(_TIMES):
            letters = pair.letters[::-1] if beyond > 0 else pair.letters
            yield Finding("uneven_change", "warn", letters, (tensor.name,), {"ratio": exp(abs(beyond))})


def _changed(pair: Pair) -> list[TensorReport]:
    """Return the matrices, and modules of adapters, that both models changed.

    A foreign matrix is no change of the base: it differs in every number.
    """
    tensors = pair.report.tensors
    judged = [each for each in tensors if each.is_change or (each.is_matrix and each.cosine >= FOREIGN)]
    return [tensor for tensor in judged if tensor.log_change_ratio == tensor.log_change_ratio]


def unchanged(pair: Pair) -> Iterator[Finding]:
    """Tell which models are the same, or the base."""
    if pair.report.tensors and not pair.report.distance:
        yield Finding("unchanged", "note", pair.letters)
    for letter, squares in zip(pair.letters, pair.report.change_squares):
        if squares == 0 and pair.base is not None:
            yield Finding("unchanged", "note", (letter,))
