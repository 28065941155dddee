"""What each class of scorer takes and says, as columns of Spark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Protocol

import numpy as np

from anet_lite._native import Detections, StreamScores

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MONITOR = (
    "status string, alarms array<struct<rule: string, signal: string, value: double, expected: double, "
    "strength: double>>"
)


class Scorer(Protocol):
    """What is asked of an object that scores the rows of one key: ``StreamDetector`` and its like have it."""

    @property
    def last_order(self) -> int | None:
        """The highest order of any row so far."""
        ...

    def score(self, rows: Any, order: Iterable[int] | None = None) -> Any:
        """Score rows one after another."""
        ...

    def manifest(self) -> bytes:
        """Return which state this is."""
        ...

    def changed_pages(self, page_bytes: int = 65_536) -> dict[int, bytes]:
        """Return the pages that changed."""
        ...

    def restore(self, manifest: bytes, pages: Mapping[int, bytes]) -> None:
        """Take over what was saved."""
        ...


@dataclass(frozen=True)
class Answers:
    """The type of the output column, the argument of ``score``, and its answer as one value a row."""

    schema: str
    argument: Callable[[Sequence[Sequence[float | None]]], Any]
    values: Callable[[Any], Iterator[dict[str, Any]]]


def _numbers(rows: Sequence[Sequence[float | None]]) -> Any:
    numbers = np.array(rows, float).reshape(len(rows), -1)
    return numbers[:, 0] if numbers.shape[1] == 1 else numbers


def _detections(found: Detections) -> Iterator[dict[str, Any]]:
    for score, p_value, channel in zip(found.score.tolist(), found.p_value.tolist(), found.channel.tolist()):
        yield {"score": score, "p_value": p_value, "channel": channel}


def _scores(found: StreamScores) -> Iterator[dict[str, Any]]:
    scales = list(found.per_scale)
    columns = [column.tolist() for column in found.per_scale.values()]
    for combined, *per_scale in zip(found.combined.tolist(), *columns):
        yield {"combined": combined, "per_scale": dict(zip(scales, per_scale))}


def _verdicts(found: Any) -> Iterator[dict[str, Any]]:
    fields = ("rule", "signal", "value", "expected", "strength")
    for status, alarms in found:
        yield {"status": status, "alarms": [{name: getattr(alarm, name) for name in fields} for alarm in alarms]}


DETECTOR = Answers("score double, p_value double, channel int", _numbers, _detections)
SCORER = Answers("combined double, per_scale map<int, double>", _numbers, _scores)
WATCH = Answers(MONITOR, list, _verdicts)


def answers_of(scorer: Scorer, inputs: Sequence[str]) -> Answers:
    """Return what a scorer takes and says, by what it says of no rows.

    Raises:
        TypeError: It says something else than ``StreamDetector``, ``StreamScorer`` and ``Monitor`` do.
        ValueError: It does not take so many inputs.

    """
    nothing = np.empty((0, len(inputs))) if len(inputs) > 1 else np.empty(0)
    score: Any = getattr(scorer, "score", lambda _rows: None)
    said = score(nothing)
    if isinstance(said, Detections):
        return DETECTOR
    if isinstance(said, StreamScores):
        return SCORER
    if said == []:
        if len(inputs) > 5:
            raise ValueError(f"inputs must be at most 5 for a Monitor, got {len(inputs)}")
        return WATCH
    wanted = "a StreamDetector, a StreamScorer, a Monitor, or what answers like one"
    raise TypeError(f"make must return {wanted}, got {type(scorer).__name__}")
