"""From open models to the measures of their tensors."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from anet_lite._native import compare_weights
from anet_lite.merge.tensor_report import RowReport, TensorReport

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.merge.models import Model, Module, Stored

    Measured = dict[tuple[int, int], list[TensorReport]]
    Factors = tuple[NDArray[float64], NDArray[float64]]


def measure(models: list[Model], base: Model | None, progress: Callable[[float], None]) -> Measured:
    """Compare each tensor that models share in one shape; return the reports of each pair of models by their places."""
    found: Measured = {pair: [] for pair in combinations(range(len(models)), 2)}
    names = list(dict.fromkeys(name for model in models for name in model.tensors))
    total, done = sum(tensor.size for model in models for tensor in model.tensors.values()), 0
    for name in names:
        held = {place: model.tensors[name] for place, model in enumerate(models) if name in model.tensors}
        origin = base.tensors.get(name) if base else None
        for group in _by_shape(held):
            for pair, report in _reports(group, origin).items():
                found[pair].append(report)
        done += sum(tensor.size for tensor in held.values())
        progress(done / max(1, total))
    return found


def _by_shape(held: dict[int, Stored]) -> list[dict[int, Stored]]:
    """Return the tensors that are read, in groups of one shape that two models have at least."""
    groups: dict[tuple[int, ...], dict[int, Stored]] = {}
    for place, tensor in held.items():
        if tensor.is_read:
            groups.setdefault(tensor.shape, {})[place] = tensor
    return [group for group in groups.values() if len(group) > 1]


def _reports(group: dict[int, Stored], base: Stored | None) -> dict[tuple[int, int], TensorReport]:
    """Compare tensors of one shape, with the base's where it has that shape too."""
    tensors = list(group.values())
    has_base = base is not None and base.is_read and base.shape == tensors[0].shape
    found = compare_weights(
        [(tensor.file, tensor.name) for tensor in tensors], (base.file, base.name) if base and has_base else None
    )
    models, of_base, pairs = found
    places = combinations(zip(group, tensors, models), 2)
    return {
        (one[0], other[0]): _report((one[1], other[1]), (one[2], other[2]), of_base, sums)
        for (one, other), sums in zip(places, pairs)
    }


def _report(tensors: tuple[Stored, Stored], models: tuple[Any, Any], base: Any, sums: Any) -> TensorReport:
    """Name what the core returns."""
    (x, y), (products, distance_squares, change_products, signs, rounding_squares, rows) = models, sums
    changes: dict[str, Any] = {}
    if base:
        changes = {"base_squares": base[0], "change_squares": (x[3], y[3]), "change_products": change_products}
    return TensorReport(
        tensors[0].name,
        tensors[0].shape,
        (tensors[0].dtype, tensors[1].dtype),
        (x[0], y[0]),
        products,
        distance_squares,
        signs=signs,
        rounding_squares=rounding_squares,
        largest=(x[1], y[1]),
        not_finite=(x[2], y[2], base[2] if base else 0),
        rows=RowReport(rows[0], rows[1], rows[2], tuple(rows[3])) if rows else None,
        **changes,
    )


def module_reports(first: Model, second: Model) -> list[TensorReport]:
    """Compare the modules that two adapters share."""
    if first.adapter is None or second.adapter is None:
        return []
    shared = {name: (module, second.adapter.modules.get(name)) for name, module in first.adapter.modules.items()}
    return [_module(name, one, other) for name, (one, other) in shared.items() if other and one.shape == other.shape]


def _module(name: str, first: Module, second: Module) -> TensorReport:
    (one, one_not_finite), (other, other_not_finite) = _finite(first), _finite(second)
    squares, products = (_inner(one, one), _inner(other, other)), _inner(one, other)
    return TensorReport(
        name,
        first.shape,
        (first.a.dtype, second.a.dtype),
        squares,
        products,
        max(0.0, sum(squares) - 2 * products),
        change_squares=squares,
        change_products=products,
        not_finite=(one_not_finite, other_not_finite, 0),
        is_change=True,
    )


def _inner(one: Factors, other: Factors) -> float:
    """Return Σ (BA)(DC), number by number, without a product of that size: Σ (BᵀD)(ACᵀ)."""
    (a, b), (c, d) = one, other
    return float(((b.T @ d) * (a @ c.T)).sum())


def _finite(module: Module) -> tuple[Factors, int]:
    """Return a module's factors with 0 for what is not finite, and how many such numbers there are."""
    import numpy as np

    a, b = module.factors()
    count = sum(int((~np.isfinite(factor)).sum()) for factor in (a, b))
    return (np.where(np.isfinite(a), a, 0.0), np.where(np.isfinite(b), b, 0.0)), count
