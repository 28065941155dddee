"""The scores of windows of a stream."""

from typing import Any, ClassVar, final

from numpy import float64
from numpy.typing import NDArray
from typing_extensions import Self

@final
class StreamScore:
    """The score of one window of a stream.

    Example:
        >>> from anet_lite import StreamScore
        >>> StreamScore(0.5, {64: 0.5}).to_dict()
        {'combined': 0.5, 'per_scale': {64: 0.5}}
    """

    def __new__(cls, combined: float, per_scale: dict[int, float]) -> Self: ...
    @property
    def combined(self) -> float:
        """The mean over scales: 1 is new, 0 has been seen."""

    @property
    def per_scale(self) -> dict[int, float]:
        """The score of each scale."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]

@final
class StreamScores:
    """The scores of many windows, NaN where a window was not full yet."""

    @property
    def combined(self) -> NDArray[float64]:
        """The mean over scales of each: 1 is new, 0 has been seen."""

    @property
    def per_scale(self) -> dict[int, NDArray[float64]]:
        """The scores of each scale, shaped like ``combined``."""

    def to_frame(self) -> Any:
        """Return a ``DataFrame`` of pandas or polars: the one that is imported, else the one that is installed.

        Columns are ``combined`` and ``scale_n`` for each scale n. The scores of ``StreamScorerPool.push_many`` stand
        row by row, behind columns ``step`` and ``stream``.

        Raises:
            ImportError: Neither is installed.

        Example:
            >>> from anet_lite import StreamScorer
            >>> frame = StreamScorer(window=2, scales=(8,)).push_many([0.0, 1.0]).to_frame()
            >>> list(frame.columns)
            ['combined', 'scale_8']
        """
