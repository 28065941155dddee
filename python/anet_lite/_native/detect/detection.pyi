"""What a detector says of one sample, and of many."""

from typing import Any, final

from numpy import float64, int64
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
    def channel(self) -> int:
        """The channel with the smallest p-value, from 0; of equals the one with the highest score."""

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
            ['score', 'p_value', 'channel', 'parts']
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
    def channel(self) -> NDArray[int64]:
        """The channels with the smallest p-values."""

    @property
    def parts(self) -> dict[str, NDArray[float64]]:
        """The parts; empty where ``parts=False`` was asked for."""

    def to_frame(self) -> Any:
        """Return a data frame with a column for each array: score, p_value, channel, and the parts by their names.

        Detections of a pool's ``push_many`` have a row a step and a stream, with the columns ``step`` and ``stream``
        before the others.

        Returns:
            A ``DataFrame`` of pandas or of polars: of the one that the program has imported, else of the one that is
            installed.

        Raises:
            ImportError: Neither is installed.
        """

    def __len__(self) -> int: ...
