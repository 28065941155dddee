"""What a detector says of one sample, and of many."""

from typing import Any, final

from numpy import bool_, float64, int64
from numpy.typing import NDArray

@final
class Detection:
    """What a :class:`StreamDetector` says of one sample."""

    @property
    def score(self) -> float:
        """How strange the sample is.

        Higher is stranger, without a bound. 0 for the first 64 samples, NaN where nothing was measured, infinity
        where a missing sample is flagged.
        """

    @property
    def p_value(self) -> float:
        """About how often a healthy stream begins an episode of points like this.

        1 is usual, 1e-4 is one episode in 10,000 samples. 1 for the first 64 samples, NaN where nothing was measured,
        0 where a missing sample is flagged.
        """

    @property
    def held(self) -> bool:
        """Whether the score is beyond the ordinary threshold and only the stream's own habits keep it from alarming.

        A stream that often scores as high, or that always takes single large steps, raises its own threshold. With
        ``adaptive_threshold=False`` nothing is held.
        """

    @property
    def expected(self) -> float:
        """What the sample should have been, by what came before it, in the stream's own unit.

        The mean of fifteen simple forecasts, each by how well it did of late, drawn to the season as far as that
        explains what the forecasts do not. NaN for the first 64 samples and where nothing was measured.
        """

    @property
    def low(self) -> float:
        """The least value in whose place the sample would not have alarmed; NaN where ``band=True`` was not asked for.

        To a thousandth of the width; ``StreamDetector.quiet_range`` is exact. Infinite where nothing below alarms.
        """

    @property
    def high(self) -> float:
        """The greatest such value."""

    @property
    def channel(self) -> int:
        """The channel with the smallest p-value, from 0; of equals the one with the highest score."""

    @property
    def joint(self) -> bool:
        """Whether all channels together are what is unusual, where ``joint=True``; ``channel`` then adds most to it."""

    @property
    def parts(self) -> dict[str, float]:
        """Each part of that channel's score, in deviations from the part's own recent mean.

        NaN where nothing was measured. The names are those of :class:`StreamDetector`.
        """

    def to_dict(self) -> dict[str, Any]:
        """Return the attributes by name.

        Example:
            >>> from anet_lite import StreamDetector
            >>> list(StreamDetector().push(0.5).to_dict())
            ['score', 'p_value', 'held', 'expected', 'low', 'high', 'channel', 'joint', 'parts']
        """

    def _repr_html_(self) -> str: ...

@final
class Detections:
    """What a detector says of many samples: an array for each attribute of :class:`Detection`.

    The arrays have one value a sample; those of ``StreamDetectorPool.push_many`` have a row a step and a column a
    stream.
    """

    @property
    def score(self) -> NDArray[float64]:
        """The scores."""

    @property
    def p_value(self) -> NDArray[float64]:
        """The p-values."""

    @property
    def held(self) -> NDArray[bool_]:
        """Whether each alarm is held back by the stream's own habits."""

    @property
    def expected(self) -> NDArray[float64]:
        """What the samples should have been."""

    @property
    def low(self) -> NDArray[float64] | None:
        """The least values that would not have alarmed; ``None`` where ``band=True`` was not asked for."""

    @property
    def high(self) -> NDArray[float64] | None:
        """The greatest such values."""

    @property
    def channel(self) -> NDArray[int64]:
        """The channels with the smallest p-values."""

    @property
    def joint(self) -> NDArray[bool_]:
        """Whether all channels together are what is unusual."""

    @property
    def parts(self) -> dict[str, NDArray[float64]]:
        """The parts; empty where ``parts=False`` was asked for."""

    def to_frame(self) -> Any:
        """Return a data frame with a column for each array that there is, and the parts by their names.

        Detections of a pool's ``push_many`` have a row a step and a stream, with the columns ``step`` and ``stream``
        before the others.

        Returns:
            A ``DataFrame`` of pandas or of polars: of the one that the program has imported, else of the one that is
            installed.

        Raises:
            ImportError: Neither is installed.
        """

    def __len__(self) -> int: ...
