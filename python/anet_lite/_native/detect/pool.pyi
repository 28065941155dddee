"""Detectors of many streams."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, SupportsFloat, SupportsIndex, final

from numpy.typing import ArrayLike
from typing_extensions import Self

from anet_lite._native.detect.detection import Detections
from anet_lite._native.detect.detector import StreamDetector
from anet_lite._native.detect.explanation import Explanation

@final
class StreamDetectorPool:
    """Many independent :class:`StreamDetector` of one channel each, pushed together in parallel threads.

    Streams stand in an order, like the items of a list: sample ``i`` of a batch goes to stream ``i``, and those after
    a removed stream move up. Streams may have names, which can stand wherever an index can: ``pool["web-3"]`` is a
    copy of that stream, ``"web-3" in pool`` tells whether there is one. The interpreter is released while they work.
    Threads live only as long as a call, so a process can fork between calls.

    Args:
        n: Number of streams to begin with, 0 to 1,048,576, and no more than fit memory; or their names.
        seed: Key of the hash; this and what follows as for :class:`StreamDetector`.
        tokens: Whether there is a part ``tokens``.
        long: Whether there are the parts that look back further than 1024 samples.
        adaptive_threshold: Whether each stream raises its own alarm threshold.
        missing: What a missing sample means.
        season: The period in samples, or several, where it is known.
        warmup: Samples that are learned and not judged.
        difference: Whether differences are judged.
        counter: Whether growth is judged.
        small: Little memory a stream.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from anet_lite import StreamDetectorPool
        >>> pool = StreamDetectorPool(3)
        >>> pool.push([0.0, 1.0, None]).score
        array([ 0.,  0., nan])
        >>> pool.push_many([[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]).score.shape
        (2, 3)
        >>> pool = StreamDetectorPool(["web-1", "web-2"])
        >>> pool.index("web-2"), pool.names
        (1, ['web-1', 'web-2'])
    """

    def __new__(
        cls,
        n: SupportsIndex | Iterable[str],
        seed: str = "rh_sparse",
        tokens: bool = True,
        long: bool = True,
        adaptive_threshold: bool = True,
        missing: Literal["skip", "flag"] = "skip",
        *,
        season: SupportsIndex | Iterable[SupportsIndex] | None = None,
        warmup: SupportsIndex = 64,
        difference: bool = False,
        counter: bool = False,
        small: bool = False,
    ) -> Self: ...
    def push(self, samples: ArrayLike, *, parts: bool = True) -> Detections:
        """Take one sample for each stream.

        Args:
            samples: n samples, one-dimensional, n the number of streams.
            parts: Whether to return the parts.

        Raises:
            TypeError: ``samples`` does not hold real numbers.
            ValueError: ``samples`` is not one-dimensional or has not one for each stream. No stream is changed then.
        """

    def push_many(self, samples: ArrayLike, *, parts: bool = True) -> Detections:
        """Take several samples for each stream, row by row.

        Args:
            samples: t rows of n samples, n the number of streams.
            parts: Whether to return the parts, which are most of the memory.

        Returns:
            Arrays of t rows of n values.

        Raises:
            TypeError: ``samples`` does not hold real numbers.
            ValueError: ``samples`` is not two-dimensional or its rows have not one for each stream. No stream is
                changed then.
            KeyboardInterrupt: Ctrl-C was pressed. The rows before it are taken, by every stream as many; their scores
                are lost.

        A long call looks for Ctrl-C, and lets the calls of other threads in, many times a second.
        """

    def score(
        self,
        codes: ArrayLike,
        values: ArrayLike,
        order: ArrayLike | None = None,
        *,
        parts: bool = True,
    ) -> Detections:
        """Take rows of any streams, as many of each as there are: a batch in which streams are mixed.

        Rows of one stream are taken in the sequence in which they stand, each scored by those before it. The scores are
        those of a :class:`StreamDetector` for each stream, bit for bit.

        Args:
            codes: The index of the stream of each of n rows, from 0.
            values: The sample of each row. NaN, infinite or None is a missing sample.
            order: A 64-bit integer for each row, such as a time; the highest of each stream is kept.
            parts: Whether to return the parts.

        Returns:
            Arrays of n values, in the sequence of the rows.

        Raises:
            TypeError: ``codes`` or ``order`` does not hold integers, or ``values`` real numbers.
            ValueError: Their lengths differ, or there is no such stream. No stream is changed then.
            KeyboardInterrupt: Ctrl-C was pressed. The rows before it are taken; their scores are lost.

        Example:
            >>> from anet_lite import StreamDetectorPool
            >>> pool = StreamDetectorPool(["a", "b"])
            >>> pool.score([0, 1, 0], [1.0, 5.0, 2.0], order=[10, 10, 20]).score
            array([0., 0., 0.])
            >>> pool.last_orders
            [20, 10]
        """

    @property
    def last_orders(self) -> list[int | None]:
        """The highest order that ``score`` was given for each stream, None where it was given none."""

    def manifest(self) -> bytes:
        """Return 65 bytes that tell which state the pool is in, as ``StreamDetector.manifest`` does."""

    def changed_pages(self, page_bytes: SupportsIndex = 65_536) -> dict[int, bytes]:
        """Return the pages of the pool that changed since the last call, as ``StreamDetector.changed_pages`` does.

        Args:
            page_bytes: The most bytes of a page, 256 to 1,048,576.

        Raises:
            TypeError: ``page_bytes`` is not an integer.
            ValueError: ``page_bytes`` is out of its range.

        Example:
            >>> from anet_lite import StreamDetectorPool
            >>> pool = StreamDetectorPool(["a", "b"])
            >>> store = pool.changed_pages()
            >>> again = StreamDetectorPool(0)
            >>> again.restore(pool.manifest(), store)
            >>> again.names
            ['a', 'b']
        """

    def restore(self, manifest: bytes, pages: Mapping[int, bytes]) -> None:
        """Replace all streams and names by those that were saved in pages.

        Args:
            manifest: From ``manifest`` of a pool that was made with the same parameters, of any streams.
            pages: By number, all that ``changed_pages`` has returned, the newest of each. Empty ones are ignored.

        Raises:
            TypeError: ``manifest`` or a page is not bytes.
            ValueError: The manifest or a page is damaged, of another format version, or of another class; the
                parameters are not those of this pool; the pages were not all taken with this manifest. Nothing has
                changed then.
        """

    def add(self, count: SupportsIndex | Iterable[str] = 1) -> None:
        """Append streams that have seen nothing.

        Args:
            count: How many; their names where the streams of the pool have names.

        Raises:
            TypeError: ``count`` is not an integer or a list of names.
            ValueError: ``count`` is negative, or the streams would be more than 1,048,576 or do not fit memory; a name
                is there already; some streams would have a name and others none. Nothing is added then.
        """

    def remove(self, index: SupportsIndex | str) -> StreamDetector:
        """Take a stream out of the pool, by its index or its name; those after it move up by one.

        Returns:
            The stream, which can be pushed on its own.

        Raises:
            TypeError: ``index`` is not an integer or a name.
            ValueError: There is no such stream.
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

    def explain(
        self, stream: SupportsIndex | str, *, since: SupportsIndex | None = None, until: SupportsIndex = 0
    ) -> Explanation:
        """Say what the newest samples of a stream look like, as ``StreamDetector.explain`` does.

        Args:
            stream: Its index or its name.
            since: How many samples before the newest one the event began; without it the beginning is looked for.
            until: How many samples before the newest one the last strange sample of that event came.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: There is no such stream, or ``since`` or ``until`` is negative.
        """

    def quiet_range(self, stream: SupportsIndex | str, threshold: SupportsFloat = 1e-4) -> tuple[float, float]:
        """Return which next samples of a stream would not alarm, as ``StreamDetector.quiet_range`` does.

        Args:
            stream: Its index or its name.
            threshold: A p-value at or below it is an alarm; at least 0 and below 1.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: There is no such stream, or ``threshold`` is out of its range.
        """

    def __getitem__(self, stream: SupportsIndex | str, /) -> StreamDetector: ...
    def __contains__(self, name: object, /) -> bool: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[StreamDetector]:
        """Return copies of the streams, in their order."""

    @property
    def threads(self) -> int:
        """The most threads that a push uses: at first one for each processor."""

    @threads.setter
    def threads(self, value: SupportsIndex) -> None: ...
    def to_bytes(self) -> bytes:
        """Return the whole state of all streams in a versioned, checksummed byte form."""

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Restore a pool from ``to_bytes``.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, of another version, or the state of something else.
        """
