"""Volume under the surface: range AUC-PR and AUC-ROC, averaged over the width of the buffer around events.

Conventions of TSB-AD 1.5 (Liu and Paparrizos, NeurIPS 2024; Paparrizos et al., VLDB 2022), so that figures compare.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Event = tuple[int, int]

THRESHOLDS = 250


def events_of(labels: NDArray[np.bool_]) -> list[Event]:
    """Return the runs of labelled points, both ends included."""
    edges = np.flatnonzero(np.diff(np.r_[0, labels.astype(np.int8), 0]))
    return [(int(first), int(after) - 1) for first, after in zip(edges[::2], edges[1::2])]


def vus(labels: NDArray[np.bool_], scores: Floats, window: int) -> tuple[float, float]:
    """Return (VUS-PR, VUS-ROC), the means over buffers of 0, 1, ..., ``window`` points.

    A threshold stands at each of 250 evenly spread ranks of the scores. The d-th point beyond an edge of an event
    counts as sqrt(1 - d / buffer) of an anomalous one, for d up to buffer // 2. Recall is scaled by the share of
    events that any point above the threshold touches.
    """
    highest_first = np.sort(scores)[::-1]
    thresholds = highest_first[np.linspace(0, len(scores) - 1, THRESHOLDS).astype(int)]
    flagged = np.searchsorted(-highest_first, -thresholds, side="right")
    # The first threshold that flags a point. Only points near events differ between buffers.
    ranks = np.searchsorted(-thresholds, -scores)
    near = np.flatnonzero(soft_labels(labels, events_of(labels), window))
    surfaces = [_areas(labels, scores, near, ranks[near], thresholds, flagged, buffer) for buffer in range(window + 1)]
    pr, roc = np.mean(surfaces, axis=0)
    return float(pr), float(roc)


def _areas(
    labels: NDArray[np.bool_], scores: Floats, near: NDArray[np.intp], ranks: NDArray[np.intp], thresholds: Floats,
    flagged: NDArray[np.intp], buffer: int,
) -> tuple[float, float]:  # fmt: skip
    """Areas under the precision-recall and the ROC curve of one buffer."""
    events = events_of(labels)
    soft = soft_labels(labels, events, buffer)[near]
    hits = _flagged_weight(soft, ranks)
    beyond = _flagged_weight(np.where(labels[near], 0.0, soft), ranks)
    peaks = np.array([scores[first : last + 1].max() for first, last in merged(events, buffer, len(labels))])
    found = (peaks[:, None] >= thresholds).mean(axis=0)
    positives = labels.sum() + beyond / 2
    recall = np.r_[0.0, np.minimum(hits / positives, 1.0) * found]
    false_rate = np.r_[0.0, (flagged - hits) / (len(labels) - positives), 1.0]
    pr = float(np.diff(recall) @ (hits / flagged))
    tpr = np.r_[recall, 1.0]
    return pr, float(np.diff(false_rate) @ (tpr[1:] + tpr[:-1]) / 2)


def _flagged_weight(weights: Floats, ranks: NDArray[np.intp]) -> Floats:
    """Return for each threshold the weight of the points that it flags."""
    return np.cumsum(np.bincount(ranks, weights, minlength=THRESHOLDS))[:THRESHOLDS]


def soft_labels(labels: NDArray[np.bool_], events: list[Event], buffer: int) -> Floats:
    """Labels with sloping edges; where slopes of two events meet they add up, to 1 at most."""
    soft = labels.astype(float)
    slope = np.sqrt(1 - np.arange(1, buffer // 2 + 1) / max(buffer, 1))
    for first, last in events:
        after = soft[last + 1 : last + 1 + len(slope)]
        after += slope[: len(after)]
        before = soft[max(first - len(slope), 0) : first]
        before += slope[: len(before)][::-1]
    return np.minimum(soft, 1.0)


def merged(events: list[Event], buffer: int, length: int) -> list[Event]:
    """Events with half a buffer on either side, those that touch made one."""
    half = buffer // 2
    wide: list[Event] = []
    for first, last in events:
        if wide and wide[-1][1] >= first - half:
            wide[-1] = (wide[-1][0], last + half)
        else:
            wide.append((max(first - half, 0), last + half))
    return [(first, min(last, length - 1)) for first, last in wide]
