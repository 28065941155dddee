"""What is alarming, and how streams are judged: for all streams alike, but for which of them are counters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union

from anet_lite._native import AnetTypeError, AnetValueError, StreamDetector
from anet_lite.stream.duration import duration_text
from anet_lite.stream.span import refuse_times, samples_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anet_lite.stream.span import Span

Which = Union[bool, tuple[str, ...]]
"""All streams, none, or those of some columns."""
_SHORTEST, _LONGEST = 2, 105_120
"""Samples of a season that a detector takes."""
_UNJUDGED = 64
"""Samples of a stream of which no detector says anything."""


@dataclass(frozen=True)
class Rule:
    """The settings of :class:`StreamAlarms`, checked."""

    threshold: float
    merge: int
    tokens: bool = True
    zone: float | None = None
    season: tuple[Span, ...] = ()
    warmup: Span = _UNJUDGED
    difference: Which = False
    counter: Which = False
    small: bool = False
    held: bool = False
    """Whether what is held back is told."""

    @classmethod
    def of(cls, season: Any = None, warmup: Any = _UNJUDGED, difference: Any = False, counter: Any = False,
           **others: Any) -> Rule:  # fmt: skip
        """Return the rule with spans and columns read.

        Raises:
            TypeError: One is of the wrong type.
            ValueError: One is out of its range.

        """
        spans = spans_of("warmup", warmup)
        if len(spans) != 1:
            raise AnetValueError(f"warmup must be one number of samples or one time, got {warmup!r}")
        which = {"difference": which_of("difference", difference), "counter": which_of("counter", counter)}
        rule = cls(season=spans_of("season", season), warmup=spans[0], **which, **others)
        rule.blank("", None)  # refuses bad settings here
        return rule

    @property
    def is_timed(self) -> bool:
        """Whether something is given as a time, so that the time between two samples must be known."""
        return any(isinstance(span, str) for span in (*self.season, self.warmup))

    def refuse_times(self, why: str) -> None:
        """Refuse what is given as a time; ``why`` says why samples have no time between them."""
        refuse_times("season", self.season, why)
        refuse_times("warmup", (self.warmup,), why)

    def blank(self, column: str, interval: float | None, **others: Any) -> StreamDetector:
        """Return a detector that has seen nothing. What is a time waits until the interval is known."""
        known = [span for span in self.season if interval or isinstance(span, int)]
        season = [_season(span, interval) for span in known]
        return StreamDetector(
            tokens=self.tokens, small=self.small, season=season or None, warmup=self.needed(interval),
            difference=_has(self.difference, column), counter=_has(self.counter, column), **others,
        )  # fmt: skip

    def needed(self, interval: float | None) -> int:
        """Return how many samples of a stream are learned before any is judged."""
        wait = interval or isinstance(self.warmup, int)
        return max(samples_of("warmup", self.warmup, interval or 1.0), _UNJUDGED) if wait else _UNJUDGED

    def longest_season(self, interval: float) -> int:
        """Return the longest season in samples; 1 where none is given."""
        return max([1, *(samples_of("season", span, interval) for span in self.season)])

    def is_of_changes(self, column: str) -> bool:
        """Whether changes are judged, of which the first sample has none."""
        return _has(self.difference, column) or _has(self.counter, column)


def which_of(argument: str, given: bool | str | Iterable[str]) -> Which:
    """Return an argument that says of which columns something is true.

    Raises:
        TypeError: It is neither a bool nor names.

    """
    if isinstance(given, (bool, str)):
        return (given,) if isinstance(given, str) else given
    wanted = f"{argument} must be a bool or the names of columns"
    try:
        names = tuple(given)
    except TypeError:
        raise AnetTypeError(f"{wanted}, got {type(given).__name__}") from None
    if not all(isinstance(name, str) for name in names):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"{wanted}, got {names!r}")
    return names or False


def _season(span: Span, interval: float | None) -> int:
    samples = samples_of("season", span, interval or 1.0)
    if isinstance(span, str) and not _SHORTEST <= samples <= _LONGEST:
        wanted = f"a season has from {_SHORTEST} to {_LONGEST:,} samples"
        raise AnetValueError(
            f"{wanted}: season {span} has {samples:,} where one comes every {duration_text(interval or 1.0)}"
        )
    return samples


def _has(which: Which, column: str) -> bool:
    return which if isinstance(which, bool) else column in which
