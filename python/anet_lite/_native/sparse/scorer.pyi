"""The published score, streamed."""

from collections.abc import Iterable, Mapping
from typing import SupportsIndex, final

from numpy.typing import ArrayLike
from typing_extensions import Buffer, Self

from anet_lite._native.sparse.score import StreamScore, StreamScores

@final
class StreamScorer:
    """The published anomaly score, streamed: a fingerprint, not a detector.

    The score tells how new the latest ``window`` samples are, and knows no threshold: :class:`StreamDetector` does.

    Each push encodes the latest ``window`` samples by ``SparseEncoder(dimension, max_positions, seed)`` and scores the
    signature by ``MultiScaleAnomaly(scales, knn_k)``. The push of ``x[i]`` scores ``x[i - window + 1]`` to ``x[i]``,
    for the first time at ``i = window - 1``. :func:`anomaly_trace_from_rh` calls the same window row ``i + 1`` and
    stops one window earlier: a stream also scores the window that ends with the last sample.

    A sample that is NaN or infinite counts as 0 and raises nothing. Pushes from several threads take turns.

    Args:
        window: Samples in a window, at least 1.
        dimension: Number of positions, at least 1.
        max_positions: Most positions of a signature, at least 0.
        scales: Latest windows that each score looks back on, each at least 1.
        knn_k: Nearest windows that a score averages; clipped to what a scale holds.
        seed: Key of the hash, at most 64 bytes in UTF-8.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from anet_lite import StreamScorer
        >>> scorer = StreamScorer(window=4, scales=(8, 32))
        >>> [scorer.push(x) for x in (0.0, 1.0, 0.0)]
        [None, None, None]
        >>> scorer.push(2.0)
        StreamScore(combined=1.0, per_scale={8: 1.0, 32: 1.0})

    Source: the published rh_sparse_anomaly.py, in which the same scores come from a loop over windows.
    """

    def __new__(
        cls,
        window: int = 256,
        dimension: int = 4096,
        max_positions: int = 128,
        scales: Iterable[int] = (64, 256, 1024),
        knn_k: int = 5,
        seed: str = "rh_sparse",
    ) -> Self: ...
    def push(self, x: float | None) -> StreamScore | None:
        """Take one sample; ``None`` counts as NaN.

        Returns:
            The score of the window that it ends; None until the window is full.

        Raises:
            TypeError: ``x`` is not a real number.
        """

    def peek(self, x: float | None) -> StreamScore | None:
        """Return the score that ``push(x)`` would, and take nothing in.

        Example:
            >>> from anet_lite import StreamScorer
            >>> scorer = StreamScorer(window=1, scales=(8,))
            >>> scorer.peek(3.0) == scorer.push(3.0)
            True
        """

    def push_many(self, values: ArrayLike, order: Iterable[SupportsIndex] | None = None) -> StreamScores:
        """Take samples in turn, as :meth:`push` would one by one.

        Args:
            values: n samples, one-dimensional.
            order: Where each sample stands, such as a time: n integers of 64 bits. Samples are taken as they come;
                ``last_order`` tells the highest.

        Returns:
            Arrays of n scores, NaN for the samples before the window was full.

        Raises:
            TypeError: ``values`` does not hold real numbers, or ``order`` integers.
            ValueError: ``values`` is not one-dimensional, or ``order`` of another length. Nothing is changed then.
            KeyboardInterrupt: Ctrl-C was pressed. The samples before it are taken; their scores are lost. Where each
                has an order, ``last_order`` tells how far it came.

        A long call looks for Ctrl-C, and lets the calls of other threads in, many times a second.

        Example:
            >>> from anet_lite import StreamScorer
            >>> scorer = StreamScorer(window=2, scales=(8,))
            >>> scorer.push_many([0.0, 1.0], order=[10, 20]).combined
            array([nan,  1.])
            >>> scorer.last_order
            20
        """

    @property
    def last_order(self) -> int | None:
        """The highest order of any sample so far; ``None`` where none had one."""

    def manifest(self) -> bytes:
        """Return which state this is, in less than 100 bytes.

        The manifest holds a format version, a hash of the parameters, the number of events, the last order, a digest to
        which each event is chained, and a hash of all pages. Two manifests are equal only where the states are. Call it
        after ``changed_pages``, which has done its work already.

        The events are those since a scorer was made, or read from ``to_bytes``, which holds none of this.
        """

    def changed_pages(self, page_bytes: SupportsIndex = 65_536) -> dict[int, bytes]:
        """Return the pages that are not as they were when they were last taken, by number.

        All pages, in a dict that is kept up to date with what this returns, and the manifest hold the whole state. A
        page that is no more comes once as ``b""``.

        Args:
            page_bytes: The most bytes of a page, 256 to 1,048,576. Another size than before gives other pages.

        Raises:
            TypeError: ``page_bytes`` is not an integer.
            ValueError: ``page_bytes`` is out of its range.
        """

    def restore(self, manifest: bytes, pages: Mapping[int, bytes]) -> None:
        """Take over the memory of a scorer that was made with the same parameters; it goes on bit for bit.

        Args:
            manifest: What ``manifest`` gave when the pages were last taken.
            pages: All pages by number, each as it was last taken.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The manifest or a page is damaged, of another format version, or of another class; the
                parameters differ; a page is missing, or was taken before or after the manifest. Nothing has changed
                then.

        Example:
            >>> from anet_lite import StreamScorer
            >>> scorer, store = StreamScorer(window=2), {}
            >>> for sample in [0.5, 1.5, 1.0]:
            ...     _ = scorer.push(sample)
            ...     store.update(scorer.changed_pages())
            >>> restored = StreamScorer(window=2)
            >>> restored.restore(scorer.manifest(), store)
            >>> restored.manifest() == scorer.manifest()
            True
        """

    @property
    def window(self) -> int:
        """Samples in a window."""

    @property
    def scales(self) -> list[int]:
        """The scales as given."""

    @property
    def nbytes(self) -> int:
        """Bytes that the stream occupies: under 3 MB at the defaults with every scale full.

        That is about 19 for each position of a signature held: 10 for its elevation and slot, 2 for the number of its
        posting list, and the rest is room for lists to grow.
        """

    def to_bytes(self) -> bytes:
        """Return the whole state, from which :meth:`from_bytes` makes a scorer that goes on bit for bit.

        The format is versioned and checksummed; ``pickle`` and ``copy`` use it too.
        """

    @classmethod
    def from_bytes(cls, data: Buffer) -> Self:
        """Restore a scorer from :meth:`to_bytes`.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, or was saved by another class or format version.

        Example:
            >>> from anet_lite import StreamScorer
            >>> StreamScorer.from_bytes(StreamScorer(window=9).to_bytes()).window
            9
        """
