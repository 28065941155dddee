"""Curves small enough for a page: of each bin the lowest and the highest point."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

BINS = 1500
"""More than the pixels that a plot is wide, so that nothing that a full plot shows is lost."""


def downsample(
    x: NDArray[float64], y: NDArray[float64], given: NDArray[bool_], bins: int = BINS
) -> tuple[list[float], list[float | None], list[float]]:
    """Return the points to draw, None where there is a gap, and where the curve is not finite.

    Points that are not given are passed over, unless a whole bin has none: that is a gap, as is what is not finite.
    """
    import numpy as np

    bad = given & ~np.isfinite(y)
    if len(x) <= 2 * bins:
        drawn = [float(v) if ok else None for v, ok in zip(y, given & ~bad)]
        keep = [at for at, (v, there) in enumerate(zip(drawn, given)) if v is not None or there]
        return x[keep].tolist(), [drawn[at] for at in keep], x[bad].tolist()
    xs, ys, marks = list[float](), list["float | None"](), list[float]()
    edges = np.linspace(0, len(x), bins + 1).astype(int)
    for start, end in zip(edges[:-1], edges[1:]):
        good = start + np.flatnonzero(given[start:end] & ~bad[start:end])
        if bad[start:end].any():
            marks.append(float(x[start + int(np.argmax(bad[start:end]))]))
        if not len(good):
            xs.append(float(x[start]))
            ys.append(None)
            continue
        for at in sorted({int(good[y[good].argmin()]), int(good[y[good].argmax()])}):
            xs.append(float(x[at]))
            ys.append(float(y[at]))
    return xs, ys, marks
