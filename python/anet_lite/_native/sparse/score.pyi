"""The scores of windows of a stream."""

from typing import ClassVar, final

from numpy import float64
from numpy.typing import NDArray
from typing_extensions import Self

@final
class StreamScore:
    """The score of one window of a stream."""

    def __new__(cls, combined: float, per_scale: dict[int, float]) -> Self: ...
    @property
    def combined(self) -> float:
        """The mean over scales: 1 is new, 0 has been seen."""

    @property
    def per_scale(self) -> dict[int, float]:
        """The score of each scale."""

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
