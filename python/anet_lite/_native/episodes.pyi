"""P-values to episodes."""

from typing import Any, SupportsFloat, SupportsIndex, final

from numpy.typing import ArrayLike
from typing_extensions import Self

@final
class Episode:
    """A run of alarming samples. Samples are counted from 0."""

    @property
    def start(self) -> int:
        """The first alarming sample."""

    @property
    def peak(self) -> int:
        """The sample with the smallest p-value so far; the first of them."""

    @property
    def p_value(self) -> float:
        """That p-value."""

    @property
    def end(self) -> int | None:
        """The last alarming sample; None while the episode goes on."""

    def to_dict(self) -> dict[str, Any]:
        """Return the attributes by name."""

@final
class Episodes:
    """Turns p-values, one a sample, into episodes that a person is told of once.

    A sample is alarming where ``p <= threshold``. Alarming samples fewer than ``merge`` apart belong to one episode,
    which is over once no further sample can belong to it. For ``cooldown`` samples after its end no new episode
    begins. A NaN, or None, is a sample of which nothing is known: it is not alarming, and time passes.

    Args:
        threshold: The largest alarming p-value, 0 to 1.
        merge: Alarming samples fewer than this apart are one episode; at least 2.
        cooldown: Samples after an episode in which none begins; at least 0.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from anet_lite import Episodes
        >>> episodes = Episodes(merge=3)
        >>> for t, p_value in enumerate([1.0, 1e-5, 1e-9, 1.0, 1.0, 1.0]):
        ...     found = episodes.push(p_value)
        ...     if found is not None:
        ...         print(t, found)
        1 Episode(start=1, peak=1, p_value=1.000e-5, end=None)
        4 Episode(start=1, peak=2, p_value=1.000e-9, end=2)
    """

    def __new__(
        cls, threshold: SupportsFloat = 1e-4, merge: SupportsIndex = 50, cooldown: SupportsIndex = 0
    ) -> Self: ...
    def push(self, p_value: SupportsFloat | SupportsIndex | None) -> Episode | None:
        """Take the p-value of the next sample.

        Returns:
            An episode that begins with this sample (its ``end`` is None) or that is over now, else None.

        Raises:
            TypeError: ``p_value`` is not a real number.
        """

    def push_many(self, p_values: ArrayLike) -> list[Episode]:
        """Take the p-values of many samples; return the episodes that are over by then.

        Raises:
            TypeError: ``p_values`` does not hold real numbers.
            ValueError: ``p_values`` is not one-dimensional.
        """

    def finish(self) -> Episode | None:
        """End the episode that goes on, as at the end of a stream, and return it."""

    @property
    def open(self) -> Episode | None:
        """The episode that goes on."""

    def to_bytes(self) -> bytes:
        """Return the whole state in a versioned, checksummed byte form."""

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Restore an object from ``to_bytes``.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, of another version, or the state of something else.
        """
