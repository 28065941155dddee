"""Processivity: the cosine between gradient norms and step norms."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

EPSILON = 1e-12


def processivity(grad_norms: npt.ArrayLike, step_norms: npt.ArrayLike) -> float:
    """Return <g, s> / (|g| |s| + epsilon), 0 where either is empty."""
    g, s = np.asarray(grad_norms, dtype=float), np.asarray(step_norms, dtype=float)
    if g.size == 0 or s.size == 0:
        return 0.0
    if g.size != s.size:
        raise ValueError(f"grad_norms and step_norms must have equal lengths, got {g.size} and {s.size}")
    with np.errstate(all="ignore"):
        return float(np.dot(g, s) / (np.linalg.norm(g) * np.linalg.norm(s) + EPSILON))
