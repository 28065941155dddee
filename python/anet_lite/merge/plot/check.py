"""The picture of a merge check: each tensor of each pair, in the order of the layers, with what was found."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite._internal.optional_import import need
from anet_lite.merge.layers import layer_of, natural
from anet_lite.merge.rules.matrices import FOREIGN

if TYPE_CHECKING:
    from anet_lite.merge.report import MergeReport, PairReport
    from anet_lite.merge.tensor_report import TensorReport

_SEVERITY = {"stop": "#cf222e", "warn": "#bf8700"}
_FIRST, _SECOND, _REST, _GUIDE = "#1f5fa8", "#b35900", "#9aa4ae", "#8a8a8a"
_PAIRS = 6
"""Pairs that are drawn."""
_TICKS = 24
"""Layers that are named."""


def draw(report: MergeReport, path: str) -> None:
    """Draw the cosine and the size of what changed, a column a tensor, two panels a pair."""
    need("matplotlib", "plot").use("Agg")
    plt = need("matplotlib.pyplot", "plot")
    pairs = report.pairs[:_PAIRS]
    figure, axes = plt.subplots(2 * len(pairs), figsize=(11, 3.6 * len(pairs) + 1), squeeze=False, layout="constrained")
    for place, pair in enumerate(pairs):
        tensors = sorted(pair.tensors, key=lambda tensor: natural(tensor.name))
        found = _severities(report, pair)
        _cosines(tensors, found, axes[2 * place, 0])
        _sizes(pair, tensors, found, axes[2 * place + 1, 0])
        more = f" ({len(pairs)} of {len(report.pairs)} pairs)" if place == 0 and len(pairs) < len(report.pairs) else ""
        axes[2 * place, 0].set_title(f"{' and '.join(pair.models)}{more}", loc="left", fontsize=9, fontweight="bold")
        _name_layers(tensors, axes[2 * place + 1, 0])
    figure.suptitle(report.verdict, color=_SEVERITY.get(report.verdict, "#2e7d32"), fontweight="bold")
    figure.savefig(path, dpi=130)
    plt.close(figure)


def _severities(report: MergeReport, pair: PairReport) -> dict[str, str]:
    """Return the worst severity of each tensor that a warning or worse is about."""
    found: dict[str, str] = {}
    for finding in reversed(report.findings):
        if finding.severity in _SEVERITY and set(finding.models) <= {*pair.models, "base"}:
            found.update(dict.fromkeys(finding.tensors, finding.severity))
    return found


def _cosines(tensors: list[TensorReport], found: dict[str, str], axis: Any) -> None:
    matrices = [(place, each.cosine) for place, each in enumerate(tensors) if each.is_matrix]
    others = [(place, each.cosine) for place, each in enumerate(tensors) if not each.is_matrix]
    for points, colour, label in ((others, _REST, "others, not judged"), (matrices, _FIRST, "matrices")):
        if points:
            axis.plot(*zip(*points), "o", color=colour, markersize=3.5, label=label)
    axis.axhline(FOREIGN, color=_GUIDE, linewidth=0.7, linestyle="--")
    axis.set_ylim(-1.05, 1.05) if any(y < 0 for _, y in matrices + others) else axis.set_ylim(-0.05, 1.05)
    _mark(tensors, found, axis, [each.cosine for each in tensors])
    axis.set_ylabel("cosine", fontsize=8)
    _finish(tensors, axis)


def _sizes(pair: PairReport, tensors: list[TensorReport], found: dict[str, str], axis: Any) -> None:
    """Draw the change of each model where there is a base, else the distance between the models, in norms."""
    based = any(isfinite(each.change_squares[0]) for each in tensors)
    shown = [_relative(tensors, side) for side in (0, 1)] if based else [[each.distance for each in tensors]]
    labels = [f"change of {name}" for name in pair.models] if based else [f"distance {' to '.join(pair.models)}"]
    for values, colour, label in zip(shown, (_FIRST, _SECOND), labels):
        axis.plot(
            [value if value > 0 else float("nan") for value in values], "o", color=colour, markersize=3.5, label=label
        )
    if any(value > 0 for values in shown for value in values):
        axis.set_yscale("log")
    _mark(tensors, found, axis, [max(values) for values in zip(*shown)])
    axis.set_ylabel("over the norm", fontsize=8)
    _finish(tensors, axis)


def _relative(tensors: list[TensorReport], side: int) -> list[float]:
    """Return the norm of each change over that of the base; of an adapter's, the norm itself."""
    norms = [each.base_squares if isfinite(each.base_squares) else 1.0 for each in tensors]
    return [(each.change_squares[side] / norm) ** 0.5 if norm else 0.0 for each, norm in zip(tensors, norms)]


def _mark(tensors: list[TensorReport], found: dict[str, str], axis: Any, values: list[float]) -> None:
    for place, tensor in enumerate(tensors):
        if severity := found.get(tensor.name):
            axis.axvline(place, color=_SEVERITY[severity], linewidth=0.9, alpha=0.5)
            if isfinite(values[place]):
                axis.plot(place, values[place], "o", color=_SEVERITY[severity], markersize=6, fillstyle="none")


def _name_layers(tensors: list[TensorReport], axis: Any) -> None:
    layers = [layer_of(tensor.name) for tensor in tensors]
    first = {layer: place for place, layer in reversed(list(enumerate(layers)))}
    step = -(-len(first) // _TICKS)
    shown = sorted(first.items(), key=lambda item: item[1])[::step]
    axis.set_xticks([place for _, place in shown], [one_line(layer) for layer, _ in shown], rotation=30, ha="right")
    axis.tick_params(axis="x", labelsize=7)


def _finish(tensors: list[TensorReport], axis: Any) -> None:
    axis.set_xlim(-0.6, max(1, len(tensors)) - 0.4)
    axis.set_xticks([])
    axis.tick_params(labelsize=7)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=7, ncols=2, loc="lower right", bbox_to_anchor=(1, 1))
