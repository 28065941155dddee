"""A coarse series at the full rate."""

from typing import Literal, SupportsFloat, SupportsIndex

from numpy import float64
from numpy.typing import ArrayLike, NDArray

def upscale_series(
    series: ArrayLike,
    factor: SupportsIndex,
    reference: ArrayLike,
    kind: Literal["mean", "sample"] = "mean",
    method: Literal["fragments", "spectral"] = "fragments",
    seed: SupportsIndex = 0,
    low: SupportsFloat | SupportsIndex | None = None,
    high: SupportsFloat | SupportsIndex | None = None,
    band: bool = False,
) -> tuple[
    NDArray[float64],
    tuple[float, float, float, bool, bool],
    tuple[NDArray[float64], NDArray[float64]] | None,
    float,
]:
    """Give a coarse series its full rate back, as :func:`anet_lite.upscale` says.

    Returns:
        The samples; theta, line, scale_out, whether they were judged, and ok; the lower and the upper ends of the band,
        None where it was not wanted or does not hold; the share of the reference that its own band covers, NaN where
        none was wanted.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its domain.
    """
