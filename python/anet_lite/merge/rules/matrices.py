"""Matrices that are not those of the same model: unrelated, foreign, permuted, with other rows, or scaled."""

from __future__ import annotations

from math import log
from statistics import median
from typing import TYPE_CHECKING, Any

from anet_lite.merge.finding import Finding
from anet_lite.merge.layers import layer_of
from anet_lite.merge.rules.structure import is_vocabulary
from anet_lite.merge.rules.units import moved_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.merge.rules.pair import Pair
    from anet_lite.merge.rules.units import MovedUnits
    from anet_lite.merge.tensor_report import TensorReport

# Chosen on 863 pairs of small nets; the least cosine of a connected pair was .41, the largest of one that is not .16.
FOREIGN = 0.3
"""The cosine below which two matrices are not one that was trained further."""
_MOST = 0.6
"""The part of the matrices that must be foreign for the models to be unrelated."""
_LOOKED_AT = 8
"""Foreign matrices of unrelated models whose units are looked for."""
_MOVED = 0.4
"""The part of those whose units must have moved for the models to be permuted."""
_SAME_ROWS, _MANY_ROWS = 0.8, 0.01
"""The median row cosine from which other rows stand out, and the part of rows that is no accident."""
_FACTOR = 1.5
"""A factor between two norms that training does not give while the direction stays."""
_SAME_VECTOR = 0.995
"""The cosine of two vectors from which a factor is told: they have few numbers, and training turns them."""
_CANCELS = 1.05
"""The product of two factors of a layer, or its inverse, up to which they cancel."""


def unrelated(pair: Pair) -> Iterator[Finding]:
    """Find foreign matrices: each by itself, or all in one where most of them are."""
    matrices = pair.matrices
    foreign = [tensor for tensor in matrices if tensor.cosine < FOREIGN]
    if len(foreign) <= _MOST * len(matrices):
        yield from (_foreign(pair, tensor) for tensor in foreign)
        return
    looked_at = foreign[:_LOOKED_AT]
    moved = {tensor.name: found for tensor in looked_at if (found := _moved(pair, tensor))}
    names = tuple(tensor.name for tensor in foreign)
    middle = median(tensor.cosine for tensor in matrices if tensor.cosine == tensor.cosine)
    said: dict[str, Any] = {"count": len(foreign), "of": len(matrices), "cosine": middle}
    if len(moved) >= _MOVED * len(looked_at):
        names = (*moved, *(name for name in names if name not in moved))
        said |= {"looked_at": len(looked_at), "moved": len(moved), **next(iter(moved.values())).to_dict()}
        yield Finding("permuted", "stop", pair.letters, names, said)
    else:
        yield Finding("unrelated", "stop", pair.letters, names, said)


def _foreign(pair: Pair, tensor: TensorReport) -> Finding:
    moved = _moved(pair, tensor)
    said = {"cosine": tensor.cosine, **(moved.to_dict() if moved else {})}
    return Finding("permuted" if moved else "foreign", "stop", pair.letters, (tensor.name,), said)


def _moved(pair: Pair, tensor: TensorReport) -> MovedUnits | None:
    return moved_units(pair.first.tensors[tensor.name], pair.second.tensors[tensor.name])


def rows_differ(pair: Pair) -> Iterator[Finding]:
    """Find rows that are other rows, such as swapped tokens, in a matrix whose rows are the same."""
    for tensor in pair.matrices:
        rows = tensor.rows
        if rows is None or rows.median <= _SAME_ROWS or not rows.other:
            continue
        severity = "stop" if rows.other > _MANY_ROWS * rows.rows else "warn"
        said = {
            "count": rows.other,
            "rows": rows.rows,
            "named": [row for row, _ in rows.named],
            "tokens": is_vocabulary(tensor.name),
        }
        yield Finding("rows_differ", severity, pair.letters, (tensor.name,), said)


def scaled(pair: Pair) -> Iterator[Finding]:
    """Find the same direction at another scale, and what in the same layer cancels it."""
    found = [tensor for tensor in pair.report.tensors if _is_scaled(tensor)]
    for tensor in found:
        cancels = [
            each.name for each in found if layer_of(each.name) == layer_of(tensor.name) and _cancel(each, tensor)
        ]
        said = {"factor": tensor.norm_ratio, "cosine": tensor.cosine, "cancels": cancels[:1]}
        yield Finding("scaled", "stop", pair.letters, (tensor.name,), said)


def _is_scaled(tensor: TensorReport) -> bool:
    if tensor.is_change or not 0 < tensor.norm_ratio < float("inf"):
        return False
    same = tensor.cosine >= FOREIGN if tensor.is_matrix else tensor.cosine >= _SAME_VECTOR and tensor.sides != (1, 1)
    return same and abs(log(tensor.norm_ratio)) > log(_FACTOR)


def _cancel(one: TensorReport, other: TensorReport) -> bool:
    return abs(log(one.norm_ratio * other.norm_ratio)) < log(_CANCELS)
