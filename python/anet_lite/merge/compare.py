"""The merge check: from paths to a report."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.merge.finding import letter, worst
from anet_lite.merge.measure import measure, module_reports
from anet_lite.merge.models import open_model, same_model
from anet_lite.merge.report import MergeReport, PairReport
from anet_lite.merge.rules import Pair, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from os import PathLike

    from anet_lite.merge.models import Model
    from anet_lite.merge.tensor_report import TensorReport


def compare(
    models: Sequence[str | PathLike[str]],
    base: str | PathLike[str] | None = None,
    *,
    progress: Callable[[float], None] | None = None,
) -> MergeReport:
    """Say from the weights alone what would break if models were averaged.

    One pass over the files, in blocks: memory does not depend on the models. Weights cannot say whether two healthy
    fine-tunes of one base get in each other's way: for that there is ``path``.

    Args:
        models: Two or more: safetensors files, or folders with an index, with shards, or with a LoRA adapter.
        base: The model that they were trained from. With it, changes are compared too.
        progress: Called with the part that is done, from 0 to 1.

    Raises:
        AnetTypeError: models is no list, or a model no path.
        AnetValueError: Fewer than two models; the base is one of them; adapters among whole models, or with a base; no
            tensor in common; a file that is not safetensors, or whose header is damaged.
        OSError: A file cannot be read.

    Example:
        >>> import os, tempfile
        >>> import numpy as np
        >>> from anet_lite import merge
        >>> folder, weights = tempfile.mkdtemp(), np.random.default_rng(0).standard_normal((32, 32))
        >>> paths = [os.path.join(folder, name) for name in ("a.safetensors", "b.safetensors")]
        >>> merge.save(paths[0], {"w": weights})
        >>> merge.save(paths[1], {"w": weights[::-1]})
        >>> found = merge.compare(paths)
        >>> found.verdict, [finding.code for finding in found.findings]
        ('stop', ['permuted'])

    """
    if isinstance(models, (str, bytes)) or not hasattr(models, "__iter__"):
        raise AnetTypeError(f"models must be a list of paths, got {type(models).__name__}")
    opened = [open_model(model) for model in models]
    origin = None if base is None else open_model(base)
    _check(opened, origin)
    letters = [letter(number) for number in range(len(opened))]
    measured = measure(opened, origin, progress or (lambda _: None))
    pairs = [
        Pair(_report(letters, measured[one, other], (one, other), opened), opened[one], opened[other], origin)
        for one, other in combinations(range(len(opened)), 2)
    ]
    findings = judge(pairs)
    paths = {**{name: model.path for name, model in zip(letters, opened)}, **({"base": origin.path} if origin else {})}
    return MergeReport(worst(findings), tuple(findings), tuple(pair.report for pair in pairs), paths)


def _report(
    letters: list[str], tensors: list[TensorReport], places: tuple[int, int], models: list[Model]
) -> PairReport:
    one, other = places
    return PairReport((letters[one], letters[other]), (*tensors, *module_reports(models[one], models[other])))


def _check(models: list[Model], base: Model | None) -> None:
    if len(models) < 2:
        raise AnetValueError(f"models must be at least 2, got {len(models)}")
    adapters = [model for model in models if model.adapter]
    if adapters and len(adapters) < len(models):
        other = next(model for model in models if model.adapter is None)
        raise AnetValueError(
            f"adapters can be compared with adapters alone: {one_line(adapters[0].path)} is one, "
            f"{one_line(other.path)} is not"
        )
    if base is not None:
        if adapters or base.adapter:
            raise AnetValueError("base must be left out for adapters, which are changes already, and cannot be one")
        if any(same_model(model, base) for model in models):
            raise AnetValueError(f"base must not be one of the models, got {one_line(base.path)} as both")
    everything = models if base is None else [*models, base]
    for one, other in combinations(everything, 2):
        if not _names(one) & _names(other):
            raise AnetValueError(f"{one_line(one.path)} and {one_line(other.path)} have no tensor in common")


def _names(model: Model) -> set[str]:
    return {*model.tensors, *(model.adapter.modules if model.adapter else ())}
