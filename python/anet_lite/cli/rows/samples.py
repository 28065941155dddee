"""Scored samples as columns to print: in the order of their rows, one line for each sample of each stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite.stream.clock_text import time_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite.stream import Scores


def sample_columns(
    found: Mapping[str, Scores], threshold: float, named: bool, zone: float | None = None
) -> dict[str, list[Any]]:
    """Return the samples that have a row of their own: index, time and stream where there are some, what was said."""
    import numpy as np

    kept = [(name, scores, np.flatnonzero(scores.samples.rows >= 0)) for name, scores in found.items()]
    if not kept:
        return {}
    rows = np.concatenate([scores.samples.rows[at] for _, scores, at in kept])
    order = np.argsort(rows, kind="stable")
    columns: dict[str, list[Any]] = {"index": rows[order].tolist()}
    if all(scores.samples.times is not None for _, scores, _ in kept):
        times = np.concatenate([scores.samples.times[at] for _, scores, at in kept if scores.samples.times is not None])
        columns["time"] = time_texts(times[order], zone)
    if named:
        names = [name for name, _, at in kept for _ in range(len(at))]
        columns["stream"] = [names[at] for at in order.tolist()]
    for label, which in (("value", "values"), ("score", "score"), ("p_value", "p_value")):
        parts = [(scores.samples.values if which == "values" else getattr(scores, which))[at] for _, scores, at in kept]
        columns[label] = np.concatenate(parts)[order].tolist()
    columns["held"] = np.concatenate([scores.held[at] for _, scores, at in kept])[order].astype(int).tolist()
    columns["alarm"] = [int(p_value <= threshold) for p_value in columns["p_value"]]
    return columns
