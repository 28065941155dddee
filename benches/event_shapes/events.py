"""Events of every shape, planted into a stream; what a person would call each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, NamedTuple

import numpy as np

from event_shapes.streams import LENGTH, Stream

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

FIRST = 4200
"""Events begin here or a little later."""


class Planted(NamedTuple):
    """A stream with an event in it."""

    samples: NDArray[np.float64]
    first: int
    last: int
    directions: tuple[str, ...]
    """Those that are right."""
    shapes: tuple[str, ...]
    """Those that are right."""


Plant = Callable[[Stream, "Generator"], "Planted | None"]


def _added(stream: Stream, rng: Generator, shift: NDArray[np.float64], direction: str, *shapes: str) -> Planted:
    """Return the stream with numbers added to it."""
    first = FIRST + int(rng.integers(0, 300))
    samples = stream.samples.copy()
    samples[first : first + len(shift)] += shift
    return Planted(samples, first, first + len(shift) - 1, (direction,), shapes)


def spike(stream: Stream, rng: Generator) -> Planted:
    """Move up to four samples 8 to 14 units up."""
    return _added(stream, rng, np.full(rng.integers(1, 5), stream.unit * rng.uniform(8, 14)), "up", "spike")


def dip(stream: Stream, rng: Generator) -> Planted:
    """Move up to four samples 8 to 14 units down."""
    return _added(stream, rng, np.full(rng.integers(1, 5), -stream.unit * rng.uniform(8, 14)), "down", "dip")


def level_up(stream: Stream, rng: Generator) -> Planted:
    """Move 60 to 200 samples 4 to 8 units up."""
    return _added(stream, rng, np.full(rng.integers(60, 200), stream.unit * rng.uniform(4, 8)), "up", "level_up")


def level_down(stream: Stream, rng: Generator) -> Planted:
    """Move 60 to 200 samples 4 to 8 units down."""
    return _added(stream, rng, np.full(rng.integers(60, 200), -stream.unit * rng.uniform(4, 8)), "down", "level_down")


def slow_climb(stream: Stream, rng: Generator) -> Planted:
    """Add a slope of 300 to 600 samples to 8 to 14 units up."""
    slope = np.linspace(0, stream.unit * rng.uniform(8, 14), int(rng.integers(300, 600)))
    return _added(stream, rng, slope, "up", "slow_climb")


def slow_fall(stream: Stream, rng: Generator) -> Planted:
    """Add a slope of 300 to 600 samples to 8 to 14 units down."""
    slope = np.linspace(0, -stream.unit * rng.uniform(8, 14), int(rng.integers(300, 600)))
    return _added(stream, rng, slope, "down", "slow_fall")


def _replaced(
    stream: Stream,
    rng: Generator,
    length: int,
    by: Callable[[slice], NDArray[np.float64] | float],
    directions: tuple[str, ...],
    shape: str,
) -> Planted:
    """Return the stream with a piece of it replaced."""
    first = FIRST + int(rng.integers(0, 300))
    place = slice(first, first + length)
    samples = stream.samples.copy()
    samples[place] = by(place)
    return Planted(samples, first, first + length - 1, directions, (shape,))


def drop_to_zero(stream: Stream, rng: Generator) -> Planted:
    """Leave nothing for 10 to 80 samples."""
    return _replaced(stream, rng, int(rng.integers(10, 80)), lambda _: 0.0, ("down",), "drop_to_zero")


def flat_line(stream: Stream, rng: Generator) -> Planted:
    """Repeat a value for 30 to 90 samples."""
    samples = stream.samples
    return _replaced(stream, rng, int(rng.integers(30, 90)), lambda place: samples[place.start], ("none",), "flat_line")


def noisier(stream: Stream, rng: Generator) -> Planted:
    """Make noise of three units for 50 to 120 samples."""
    length = int(rng.integers(50, 120))
    more = stream.unit * 3 * rng.normal(size=LENGTH)
    return _replaced(stream, rng, length, lambda place: stream.course[place] + more[place], ("none",), "noisier")


def quieter(stream: Stream, rng: Generator) -> Planted:
    """Leave a quarter of the noise for 80 to 160 samples."""

    def calm(place: slice) -> NDArray[np.float64]:
        return stream.course[place] + stream.noise[place] / 4

    return _replaced(stream, rng, int(rng.integers(80, 160)), calm, ("none",), "quieter")


def missing_samples(stream: Stream, rng: Generator) -> Planted:
    """Lose 20 to 60 samples."""
    return _replaced(stream, rng, int(rng.integers(20, 60)), lambda _: np.nan, ("none",), "missing_samples")


def missing_event(stream: Stream, rng: Generator) -> Planted | None:
    """Leave a burst out."""
    if stream.bursts is None:
        return None
    first = int(stream.bursts[stream.bursts >= FIRST][rng.integers(0, 4)])
    samples = stream.samples.copy()
    samples[first : first + 6] += np.min(stream.course) - stream.course[first : first + 6]
    return Planted(samples, first, first + 15, ("down",), ("missing_event",))


def extra_event(stream: Stream, rng: Generator) -> Planted | None:
    """Add a burst halfway between two."""
    if stream.bursts is None:
        return None
    place = int(np.flatnonzero(stream.bursts >= FIRST)[rng.integers(0, 4)])
    start, following = int(stream.bursts[place]), int(stream.bursts[place + 1])
    first = (start + following) // 2
    length = int(np.count_nonzero(stream.course[start : start + 10] > np.min(stream.course)))
    samples = stream.samples.copy()
    samples[first : first + length] += np.max(stream.course) - np.min(stream.course)
    return Planted(samples, first, first + length - 1, ("up",), ("extra_event",))


EVENTS: tuple[Plant, ...] = (
    spike,
    dip,
    level_up,
    level_down,
    slow_climb,
    slow_fall,
    drop_to_zero,
    flat_line,
    noisier,
    quieter,
    missing_samples,
    missing_event,
    extra_event,
)
"""One for each shape but "unusual", which is what is left."""
