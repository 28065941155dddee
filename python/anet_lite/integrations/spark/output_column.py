"""What each class of scorer takes, and the column of Spark that its scores become."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable, Protocol

import numpy as np

from anet_lite._native import Detections, StreamScores, Updates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Rows = Sequence[Sequence[float | None]]

MONITOR_SCHEMA = (
    "status string, alarms array<struct<rule: string, signal: string, value: double, expected: double, "
    "strength: double>>"
)


class Scorer(Protocol):
    """An object that scores the rows of one key: a ``StreamDetector``, a ``StreamScorer``, a ``Monitor``, or its like.

    Besides what is listed here it has ``push_many`` or ``update_many`` with the arguments that the class gives it.
    """

    @property
    def last_order(self) -> int | None:
        """The highest order of any row so far."""
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
class OutputColumn:
    """The type of the column, how a scorer scores rows in an order, and what that returns as one value a row."""

    schema: str
    score: Callable[[Any, Rows, list[int]], Any]
    values: Callable[[Any], Iterator[dict[str, Any]]]


def _numbers(rows: Rows) -> Any:
    numbers = np.array(rows, float).reshape(len(rows), -1)
    return numbers[:, 0] if numbers.shape[1] == 1 else numbers


def _detect(detector: Any, rows: Rows, order: list[int]) -> Any:
    return detector.push_many(_numbers(rows), order, parts=False)


def _detections(found: Detections) -> Iterator[dict[str, Any]]:
    names = ("score", "p_value", "held", "expected", "channel", "joint")
    for row in zip(*(getattr(found, name).tolist() for name in names)):
        yield dict(zip(names, row))


def _score(scorer: Any, rows: Rows, order: list[int]) -> Any:
    return scorer.push_many(_numbers(rows), order)


def _scores(found: StreamScores) -> Iterator[dict[str, Any]]:
    scales = list(found.per_scale)
    columns = [column.tolist() for column in found.per_scale.values()]
    for combined, *per_scale in zip(found.combined.tolist(), *columns):
        yield {"combined": combined, "per_scale": dict(zip(scales, per_scale))}


def _update(monitor: Any, rows: Rows, order: list[int]) -> Any:
    return monitor.update_many(rows, order)


def _statuses(found: Any) -> Iterator[dict[str, Any]]:
    fields = ("rule", "signal", "value", "expected", "strength")
    for status, alarms in found:
        yield {"status": status, "alarms": [{name: getattr(alarm, name) for name in fields} for alarm in alarms]}


DETECTOR_SCHEMA = "score double, p_value double, held boolean, expected double, channel int, joint boolean"
DETECTOR = OutputColumn(DETECTOR_SCHEMA, _detect, _detections)
SCORER = OutputColumn("combined double, per_scale map<int, double>", _score, _scores)
MONITOR = OutputColumn(MONITOR_SCHEMA, _update, _statuses)


def output_column_of(scorer: Scorer, inputs: Sequence[str]) -> OutputColumn:
    """Return the column of a scorer, which is found by what it returns for no rows.

    Raises:
        TypeError: It returns something else than ``StreamDetector``, ``StreamScorer`` and ``Monitor`` do.
        ValueError: It does not take as many inputs.

    """
    nothing = np.empty((0, len(inputs))) if len(inputs) > 1 else np.empty(0)
    method = getattr(scorer, "push_many", None) or getattr(scorer, "update_many", None)
    scores = None if method is None else method(nothing)
    if isinstance(scores, Detections):
        return DETECTOR
    if isinstance(scores, StreamScores):
        return SCORER
    if isinstance(scores, Updates):
        return MONITOR
    wanted = "a StreamDetector, a StreamScorer, a Monitor, or what answers like one"
    raise TypeError(f"make must return {wanted}, got {type(scorer).__name__}")
