"""The encoder that stands behind the detector's tokens."""

from typing import final

from numpy.typing import ArrayLike
from typing_extensions import Self

from anet_lite._native.sparse.signature import SparseSignature

@final
class TokenEncoder:
    """Encodes a window as a bag of tokens, so that similar windows share positions.

    The finite samples of a window, in deviations from their mean within +-6, give the nine tokens of
    :class:`StreamDetector` each. The elevation of a position is ln(1 + its occurrences); the 128 highest stay (of
    equals the lower positions first), scaled to unit length. A window has no history, so no token is rarer than
    another.

    ``SparseEncoder`` prints values to six decimals before it hashes them, so windows that differ in the seventh share
    next to nothing. Here nothing changes until a sample crosses a whole deviation.

    Args:
        seed: Key of the hash, at most 64 bytes in UTF-8.

    Raises:
        TypeError: ``seed`` is not a str.
        ValueError: ``seed`` is too long.

    Example:
        >>> from math import sin
        >>> from anet_lite import TokenEncoder
        >>> from rh_sparse_anomaly import MultiScaleAnomaly, SparseEncoder, sparse_cosine
        >>> wave = [sin(t / 8) for t in range(256)]
        >>> moved = [x + 0.0001 * (-1) ** t for t, x in enumerate(wave)]
        >>> def similarity(encoder):
        ...     a, b = (MultiScaleAnomaly.to_dict(encoder.encode(x)) for x in (wave, moved))
        ...     return sparse_cosine(a, b)
        >>> similarity(TokenEncoder()) > 0.98
        True
        >>> similarity(SparseEncoder()) < 0.2
        True
    """

    def __new__(cls, seed: str = "rh_sparse") -> Self: ...
    @property
    def seed(self) -> str:
        """Key of the hash."""

    def encode(self, x: ArrayLike) -> SparseSignature:
        """Encode one window.

        Args:
            x: The window, one-dimensional. Samples that are not finite are left out.

        Returns:
            A signature of dimension 4096 for ``sparse_cosine`` and ``MultiScaleAnomaly``; empty where no sample is
            finite.

        Raises:
            TypeError: ``x`` does not hold real numbers.
            ValueError: ``x`` is not one-dimensional.
        """
