"""Names, shapes and types: all that headers say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.merge.finding import Finding
from anet_lite.merge.models.stored import READ

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from anet_lite.merge.models import Model
    from anet_lite.merge.rules.pair import Pair

_VOCABULARY = ("embed", "head", "wte")
"""What the name of a matrix contains whose rows are tokens."""


def _parts(model: Model) -> Mapping[str, tuple[int, ...]]:
    """Return the shape of each tensor and module by name."""
    modules = model.adapter.modules if model.adapter else {}
    return {name: tensor.shape for name, tensor in [*model.tensors.items(), *modules.items()]}


def missing(pair: Pair) -> Iterator[Finding]:
    """Find tensors in one model only. An adapter without a module leaves it as it is, which is no fault."""
    severity = "warn" if pair.first.adapter else "stop"
    parts = [(letter, _parts(model)) for letter, model in pair.models]
    for (letter, has), (other, lacks) in (parts, parts[::-1]):
        if names := tuple(name for name in has if name not in lacks):
            yield Finding("missing", severity, (other, letter), names, {"count": len(names)})


def shape(pair: Pair) -> Iterator[Finding]:
    """Find shapes that differ; rows of a vocabulary are told as such."""
    first, second = _parts(pair.first), _parts(pair.second)
    for name, one in first.items():
        other = second.get(name, one)
        if one == other:
            continue
        tokens = one[1:] == other[1:] and len(one) == len(other) > 1 and is_vocabulary(name)
        said = {"first": list(one), "second": list(other), "vocabulary": tokens}
        yield Finding("shape", "stop", pair.letters, (name,), said)


def is_vocabulary(name: str) -> bool:
    """Whether the rows of a matrix of this name are tokens."""
    return any(word in name.lower() for word in _VOCABULARY)


def dtype(pair: Pair) -> Iterator[Finding]:
    """Find types that differ."""
    differ = [tensor for tensor in pair.report.tensors if tensor.dtypes[0] != tensor.dtypes[1]]
    if differ:
        said = {"count": len(differ), "first": differ[0].dtypes[0], "second": differ[0].dtypes[1]}
        yield Finding("dtype", "note", pair.letters, tuple(tensor.name for tensor in differ), said)


def not_in_base(pair: Pair) -> Iterator[Finding]:
    """Tell which tensors the base has not, or in another shape or type: nothing is said of their changes."""
    if pair.base is None:
        return
    without = tuple(each.name for each in pair.report.tensors if each.base_squares != each.base_squares)
    if without:
        yield Finding("not_in_base", "note", pair.letters, without, {"count": len(without)})


def not_compared(pair: Pair) -> Iterator[Finding]:
    """Tell which tensors are of types that are not read."""
    both = {**pair.first.tensors, **pair.second.tensors}
    unread = {name: tensor for name, tensor in both.items() if not _is_read(pair, name)}
    if unread:
        types = sorted({tensor.dtype for tensor in unread.values() if tensor.dtype not in READ})
        said = {"count": len(unread), "types": types}
        yield Finding("not_compared", "note", pair.letters, tuple(unread), said)


def _is_read(pair: Pair, name: str) -> bool:
    held = [model.tensors[name] for _, model in pair.models if name in model.tensors]
    return all(tensor.is_read for tensor in held)


def not_judged(pair: Pair) -> Iterator[Finding]:
    """Tell where no matrix has a cosine that could be judged."""
    if not pair.matrices and not pair.first.adapter:
        yield Finding("not_judged", "note", pair.letters)
