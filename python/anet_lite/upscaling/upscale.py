"""From a coarse series to one at its full rate, in one call."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Literal

from anet_lite._native import upscale_series
from anet_lite.upscaling.support import Support
from anet_lite.upscaling.upscaled import Upscaled
from anet_lite.upscaling.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import float64
    from numpy.typing import ArrayLike, NDArray

ENOUGH = 64
"""Blocks of a reference below which a warning is given: fragments of fewer repeat themselves."""
_SILENT = ("made", "band")
"""Remarks that are no reason to warn."""


def upscale(
    series: ArrayLike,
    factor: int,
    reference: ArrayLike,
    kind: Literal["mean", "sample"] = "mean",
    method: Literal["fragments", "spectral"] = "fragments",
    seed: int = 0,
    low: float | None = None,
    high: float | None = None,
    *,
    band: bool = False,
) -> Upscaled:
    """Give a series of block means, or of every m-th sample, its full rate back, with the noise of a reference.

    Point i becomes m samples, whose mean it is to one unit in the last place of the largest of them; of
    ``kind="sample"`` it is the first of them. What is between the points is made up: it has the reference's texture,
    and a smooth curve would be nearer to the truth. A real change in there stays hidden; look for one in the series.

    With steps d of a coarse series, ``d_i = y_i - y_{i-1}``, and their local size ``s_i``, the root mean square of d
    from i - 32 to i + 32, at least 1 % of that of all:

    - ``fragments``: of blocks of the reference, at most 4096, cut at the offsets 0, s, 2 s, ... with
      ``s = max(1, m // 4)``, the 16 nearest in ``(d_i, d_{i+1}) / s_i``; of these the four that join best to the block
      before, and one of them by chance, scaled by ``s_i``. Of samples the 16 nearest in three steps, added to the line
      between two points.
    - ``spectral``: Gaussian noise with the spectrum of the reference, averaged over sixth octaves, scaled by ``s_i``
      over the size of all steps of the reference's own points, and bent to the points by kriging.

    Args:
        series: The coarse series y, shape (n,), at least 4 points. NaN and infinities are missing: their samples are
            NaN, and joins start anew behind them.
        factor: Samples m of a block, at least 1; n m is at most 67,108,864.
        reference: A series at the full rate, of at least 16 m finite samples, better 64 m: of this stream, or of one
            like it. Blocks with a missing sample are left out; the spectrum reads lines in their place. Of a constant
            one each point is held; where only its points stand still, shapes keep their size.
        kind: Whether points are ``mean`` values of blocks, or every m-th ``sample``.
        method: ``fragments`` keeps the tails of the reference; ``spectral`` is Gaussian and can give a band.
        seed: What the draws come from, 0 to 2^64 - 1. The same seed gives the same bits on the same machine.
        low: No sample is below it, and no mean moves: its block gives way.
        high: No sample is above it.
        band: Whether to say between which values samples lie; with ``spectral`` only.

    Returns:
        The samples, with ``support``. There is a band only where ``support.ok`` holds, and where the band of the
        reference's own points holds 75 to 90 % of its samples: of 20 exact draws it would hold 81 %.

    Warns:
        UserWarning: The reference does not fit, or that could not be judged; it has fewer than 64 m samples or is
            constant; a band that was asked for is not given. Points are missing.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its domain, or a point lies outside of ``low`` and ``high``.

    Example:
        >>> import numpy as np
        >>> import anet_lite
        >>> random = np.random.default_rng(0)
        >>> load = 50 + np.convolve(random.normal(size=8007), np.ones(8), "valid")
        >>> hourly = load[4000:].reshape(-1, 10).mean(1)
        >>> found = anet_lite.upscale(hourly, 10, load[:4000])
        >>> found.values.shape, bool(np.allclose(found.values.reshape(-1, 10).mean(1), hourly, rtol=1e-15))
        ((4000,), True)
        >>> bool(0.9 < np.diff(found.values).std() / np.diff(load).std() < 1.2), found.support.ok
        (True, True)

    Source: J. Pui et al., *A comparison of alternatives for daily to sub-daily rainfall disaggregation*, J. Hydrology
    470 (2012), for the method of fragments; A. G. Journel, *Geostatistics for conditional simulation of ore bodies*,
    Economic Geology 69 (1974), for conditional simulation by kriging.

    """
    found = upscaled(series, factor, reference, kind, method, seed, low, high, band)
    _warn(found)
    return found


def upscaled(
    series: ArrayLike, factor: int, reference: ArrayLike, kind: str, method: str, seed: int,
    low: float | None, high: float | None, band: bool,
) -> Upscaled:  # fmt: skip
    """Return the same without a warning: for whoever has words of their own."""
    made: Any = upscale_series(series, factor, reference, kind, method, seed, low, high, band)  # pyright: ignore[reportArgumentType]
    values, judged, ends, coverage = made
    support = Support(*judged)
    remarks = _remarks(values, factor, reference, support, band, ends is not None, coverage)
    return Upscaled(values, factor, kind, support, ends, coverage, tuple(remarks))


def _remarks(
    values: NDArray[float64], factor: int, reference: ArrayLike, support: Support, asked: bool, given: bool,
    coverage: float,
) -> Iterator[tuple[str, dict[str, Any]]]:  # fmt: skip
    import numpy as np

    points = len(values) // factor
    yield "made", {"points": points, "samples": len(values)}
    if missing := int(np.isnan(values[::factor]).sum()):
        yield "missing", {"count": missing}
    samples = np.asarray(reference, float)
    there = samples[np.isfinite(samples)]
    if there.min() == there.max():
        yield "constant", {}
    if len(there) < ENOUGH * factor:
        yield "short", {"blocks": len(there) // factor, "factor": factor}
    if asked:
        without = "no_band_coverage" if support.ok else "no_band_support"
        yield ("band" if given else without), {"coverage": coverage}


def _warn(found: Upscaled) -> None:
    if not found.support.ok:
        warnings.warn(found.support.explain(), UserWarning, stacklevel=3)
    for name, numbers in found.remarks:
        if name not in _SILENT:
            warnings.warn(WORDS["en"][name].format(**numbers), UserWarning, stacklevel=3)
