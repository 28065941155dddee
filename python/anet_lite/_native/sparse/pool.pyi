"""The published score of many streams."""

from collections.abc import Iterable
from typing import SupportsIndex, final

from numpy.typing import ArrayLike
from typing_extensions import Buffer, Self

from anet_lite._native.sparse.score import StreamScores
from anet_lite._native.sparse.scorer import StreamScorer

@final
class StreamScorerPool:
    """The published anomaly score of many streams: fingerprints, not detectors.

    A pool holds independent :class:`StreamScorer`, pushed together in parallel threads.

    Streams stand in an order, like the items of a list: sample ``i`` of a batch goes to stream ``i``, and those after a
    removed stream move up. The interpreter is released while they work. Threads live only as long as a call, so a
    process can fork between calls.

    Args:
        n: Number of streams to begin with, 0 to 16,777,216, and no more than fit memory; or their names.
        window: Samples in a window, at least 1; this and what follows as for :class:`StreamScorer`.
        dimension: Number of positions, at least 1.
        max_positions: Most positions of a signature, at least 0.
        scales: Latest windows that each score looks back on, each at least 1.
        knn_k: Nearest windows that a score averages; clipped to what a scale holds.
        seed: Key of the hash, at most 64 bytes in UTF-8.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from anet_lite import StreamScorerPool
        >>> pool = StreamScorerPool(3, window=2, scales=(8,))
        >>> pool.push([0.0, 1.0, 2.0]).combined
        array([nan, nan, nan])
        >>> pool.push([1.0, 1.0, 0.0]).combined
        array([1., 1., 1.])
    """

    def __new__(
        cls,
        n: int | Iterable[str],
        window: int = 256,
        dimension: int = 4096,
        max_positions: int = 128,
        scales: Iterable[int] = (64, 256, 1024),
        knn_k: int = 5,
        seed: str = "rh_sparse",
    ) -> Self: ...
    def push(self, values: ArrayLike) -> StreamScores:
        """Take one sample for each stream.

        Args:
            values: n samples, one-dimensional, n the number of streams.

        Returns:
            Arrays of n scores, NaN for streams whose window is not full.

        Raises:
            TypeError: ``values`` does not hold real numbers.
            ValueError: ``values`` is not one-dimensional or has not one for each stream. No stream is changed then.
        """

    def push_many(self, values: ArrayLike) -> StreamScores:
        """Take several samples for each stream, row by row.

        Args:
            values: t rows of n samples, n the number of streams.

        Returns:
            Arrays of t rows of n scores, NaN where a window was not full.

        Raises:
            TypeError: ``values`` does not hold real numbers.
            ValueError: ``values`` is not two-dimensional or its rows have not one for each stream. No stream is
                changed then.
            KeyboardInterrupt: Ctrl-C was pressed. The rows before it are taken, by every stream as many; their scores
                are lost.

        A long call looks for Ctrl-C, and lets the calls of other threads in, many times a second.

        Example:
            >>> from anet_lite import StreamScorerPool
            >>> StreamScorerPool(2, window=2, scales=(8,)).push_many([[0.0, 1.0], [1.0, 0.0]]).combined
            array([[nan, nan],
                   [ 1.,  1.]])
        """

    def add(self, count: int | Iterable[str] = 1) -> None:
        """Append streams that have seen nothing.

        Args:
            count: How many; their names where the streams of the pool have names.

        Raises:
            TypeError: ``count`` is not an integer or a list of names.
            ValueError: ``count`` is negative, or the streams would be more than 16,777,216 or do not fit memory; a name
                is there already; some streams would have a name and others none. Nothing is added then.
        """

    @property
    def names(self) -> list[str]:
        """The names of the streams in their order; empty where they have none."""

    def index(self, stream: SupportsIndex | str) -> int:
        """Return where a stream stands, by its name.

        Raises:
            TypeError: ``stream`` is not an integer or a name.
            ValueError: There is no such stream.
        """

    def __contains__(self, name: object, /) -> bool: ...
    def remove(self, index: SupportsIndex | str) -> StreamScorer:
        """Take a stream out of the pool, by its index or its name; those after it move up by one.

        Returns:
            The stream, which can be pushed on its own.

        Raises:
            TypeError: ``index`` is not an integer or a name.
            ValueError: There is no such stream.

        Example:
            >>> from anet_lite import StreamScorerPool
            >>> pool = StreamScorerPool(3)
            >>> stream = pool.remove(1)
            >>> len(pool)
            2
        """

    def __len__(self) -> int: ...
    @property
    def threads(self) -> int:
        """The most threads that a push uses, at first one for each processor; can be set."""

    @threads.setter
    def threads(self, value: int) -> None: ...
    @property
    def nbytes(self) -> int:
        """Bytes that the streams occupy."""

    def to_bytes(self) -> bytes:
        """Return the state of every stream, from which :meth:`from_bytes` makes a pool that goes on bit for bit.

        The format is versioned and checksummed; ``pickle`` and ``copy`` use it too.
        """

    @classmethod
    def from_bytes(cls, data: Buffer) -> Self:
        """Restore a pool from :meth:`to_bytes`.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, or was saved by another class or format version.

        Example:
            >>> from anet_lite import StreamScorerPool
            >>> len(StreamScorerPool.from_bytes(StreamScorerPool(3).to_bytes()))
            3
        """
