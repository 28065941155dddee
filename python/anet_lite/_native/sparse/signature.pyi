"""What an encoder makes of a window, and how alike two of them are."""

from dataclasses import Field
from typing import Any, ClassVar

from typing_extensions import disjoint_base

@disjoint_base
class SparseSignature:
    """What an encoder makes of a window: positions in a large space, each with an elevation.

    A mutable dataclass: fields can be set, the lists changed in place; ``==``, ``repr``, ``dataclasses.fields``,
    ``asdict`` and ``replace``, ``copy`` and ``pickle`` work as on any dataclass, and like one it cannot be hashed.

    Example:
        >>> from rh_sparse_anomaly import SparseSignature
        >>> SparseSignature([7, 3], [0.9, 0.4], 4096, 2 / 4096)
        SparseSignature(positions=[7, 3], elevations=[0.9, 0.4], dimension=4096, sparsity=0.00048828125,
            version='sparse-minimal-0.1', salt_id='rh_sparse')
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __match_args__: ClassVar[tuple[str, ...]]
    positions: list[int]
    """Distinct positions in ``range(dimension)``, the highest elevation first."""
    elevations: list[float]
    """The elevation of each position, in 0..1."""
    dimension: int
    """The number of positions that there could be."""
    sparsity: float
    """``len(positions) / dimension``."""
    version: str
    """Name of the encoding."""
    salt_id: str
    """Seed of the encoder."""
    def __init__(
        self,
        positions: list[int],
        elevations: list[float],
        dimension: int,
        sparsity: float,
        version: str = "sparse-minimal-0.1",
        salt_id: str = "rh_sparse",
    ) -> None: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]

def sparse_cosine(a: dict[int, float], b: dict[int, float]) -> float:
    """Return ``a . b / (|a| |b|)`` of two sparse vectors.

    Args:
        a: Values by position. Positions are integers of up to 128 bits.
        b: The same.

    Returns:
        The cosine; 0.0 where either is empty or has a norm of zero, NaN where a value is not finite.

    Raises:
        TypeError: Not dicts of integers to real numbers.
        ValueError: A position is beyond 128 bits.

    Example:
        >>> from rh_sparse_anomaly import sparse_cosine
        >>> sparse_cosine({1: 1.0, 2: 1.0}, {2: 3.0})
        0.7071067811865475
    """
