"""The published encoder of a window."""

from numpy import float64
from numpy.typing import ArrayLike, NDArray
from typing_extensions import disjoint_base

from anet_lite._native.sparse.signature import SparseSignature

@disjoint_base
class SparseEncoder:
    """Encodes a window as the positions of its most unusual samples. Deterministic.

    Each sample ``x[i]`` has three elevations: ``z = tanh(|x[i] - mean| / s)``, ``q = tanh(|x[i] - median| / m)`` and
    ``dz = 0.8 tanh(|x[i] - x[i-1]| / (s + 1e-9))``, with ``s`` the population standard deviation and ``m`` the mean
    distance from the median, each plus 1e-9; ``dz[0] = 0``. Each elevation above zero claims the position
    ``blake2b(f"{seed}|{channel}|{i}|{elevation:.6f}", key=seed, digest_size=8) mod dimension``, read big-endian. A
    position keeps the highest elevation that claims it; the signature holds the ``max_positions`` highest.

    Args:
        dimension: Number of positions, at least 1.
        max_positions: Most positions that a signature holds, at least 0.
        seed: Key of the hash, at most 64 bytes in UTF-8. It may be empty.

    Raises:
        TypeError: ``dimension`` or ``max_positions`` is not an integer.
        ValueError: ``dimension`` is below 1, ``max_positions`` below 0, ``seed`` longer than 64 bytes.

    Example:
        >>> from rh_sparse_anomaly import SparseEncoder
        >>> signature = SparseEncoder(max_positions=3).encode([0.0, 0.1, -0.1, 5.0, 0.0])
        >>> len(signature.positions), signature.sparsity
        (3, 0.000732421875)

    Source: the published rh_sparse_anomaly.py; BLAKE2 is RFC 7693.
    """

    D: int
    """The ``dimension``; can be set."""
    K: int
    """The ``max_positions``; can be set."""
    seed: str
    """The ``seed``; can be set."""
    def __init__(self, dimension: int = 4096, max_positions: int = 128, seed: str = "rh_sparse") -> None: ...
    def encode(self, x: ArrayLike) -> SparseSignature:
        """Encode a window of any length.

        A sample that is not finite counts as 0. On a constant window everything hangs on how the mean is rounded: 0.5
        gives no position at all, 0.1 gives many. The mean is NumPy's, to the last bit.

        Args:
            x: The samples, one-dimensional.

        Returns:
            The signature; among equal elevations the position that any item claimed first comes first.

        Raises:
            TypeError: ``x`` does not hold real numbers.
            ValueError: ``x`` is not one-dimensional.

        Example:
            >>> from rh_sparse_anomaly import SparseEncoder
            >>> SparseEncoder().encode([]).positions
            []
        """

    def _hpos(self, i: int, tag: str, val: float) -> int:
        """Return the position that sample ``i`` of channel ``tag`` claims with the elevation ``val``.

        Example:
            >>> from rh_sparse_anomaly import SparseEncoder
            >>> SparseEncoder()._hpos(0, "z", 0.5)
            469
        """

    @staticmethod
    def _safe(arr: ArrayLike) -> NDArray[float64]:
        """Return a float64 copy with 0 for what is not finite.

        Example:
            >>> from rh_sparse_anomaly import SparseEncoder
            >>> SparseEncoder._safe([1.0, float("nan")])
            array([1., 0.])
        """
