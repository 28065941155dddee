"""The published score of a signature against those before it."""

from collections.abc import Iterable

from typing_extensions import Buffer, Self, disjoint_base

from anet_lite._native.sparse.signature import SparseSignature

@disjoint_base
class MultiScaleAnomaly:
    """Scores how new each signature is against the latest ones, for each of several scales.

    The score of a scale is ``1 - mean of the knn_k largest cosines`` between the signature and the latest ``scale``
    signatures: 0 has been seen, 1 shares nothing with any. All scales look at one history, held once.

    Args:
        scales: Latest signatures that each score looks back on, each at least 1. One that comes twice counts
            once; without any the combined score is 0.
        knn_k: Largest cosines that are averaged; any integer, clipped to between 1 and what a scale holds.

    Raises:
        TypeError: ``scales`` does not hold integers, or ``knn_k`` is none.
        ValueError: A scale is below 1.

    Example:
        >>> from rh_sparse_anomaly import MultiScaleAnomaly, SparseEncoder
        >>> encoder, detector = SparseEncoder(), MultiScaleAnomaly(scales=(4, 16))
        >>> detector.update_and_score(encoder.encode([0.0, 1.0, 0.0, 3.0]))
        (1.0, {4: 1.0, 16: 1.0})
        >>> combined, per_scale = detector.update_and_score(encoder.encode([0.0, 1.0, 0.0, 3.0]))
        >>> round(combined, 12)
        0.0

    Source: the published rh_sparse_anomaly.py.
    """

    def __init__(self, scales: Iterable[int] = (64, 256, 1024), knn_k: int = 5) -> None: ...
    @property
    def scales(self) -> list[int]:
        """The scales as given."""

    knn_k: int
    """Largest cosines that are averaged, before clipping; can be set."""
    @staticmethod
    def to_dict(sig: SparseSignature) -> dict[int, float]:
        """Return the signature as ``{position: elevation}``; of a position that comes twice the last elevation counts.

        Example:
            >>> from rh_sparse_anomaly import MultiScaleAnomaly, SparseSignature
            >>> MultiScaleAnomaly.to_dict(SparseSignature([7, 3, 7], [0.9, 0.4, 0.1], 16, 3 / 16))
            {7: 0.1, 3: 0.4}
        """

    def update_and_score(self, sig: SparseSignature) -> tuple[float, dict[int, float]]:
        """Score a signature, then take it into the history.

        Args:
            sig: Whatever has ``positions`` and ``elevations``. Positions may be any integers of up to 128 bits.

        Returns:
            ``(combined, {scale: score})``: the mean over scales, and each. A scale that holds nothing yet scores 1. A
            signature without positions, or with a norm of zero, has a cosine of 0 with every other.

        Raises:
            TypeError: ``sig`` is no signature.
            ValueError: An elevation is not finite, or a position is beyond 128 bits. Nothing is changed then.
        """

    def to_bytes(self) -> bytes:
        """Return the whole state, from which :meth:`from_bytes` makes a detector that scores on bit for bit.

        The format is versioned and checksummed; ``pickle`` and ``copy`` use it too.
        """

    @classmethod
    def from_bytes(cls, data: Buffer) -> Self:
        """Restore a detector from :meth:`to_bytes`.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, or was saved by another class or format version.

        Example:
            >>> from rh_sparse_anomaly import MultiScaleAnomaly
            >>> MultiScaleAnomaly.from_bytes(MultiScaleAnomaly(scales=(4, 16)).to_bytes()).scales
            [4, 16]
        """
