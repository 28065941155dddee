"""A stream detector that is started with a history of means: false alarms at first, and what it sees."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from anet_lite import StreamDetector

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from upscale.methods import Floats, Method

FACTOR, SNIPPET = 10, 640
QUIET, SEEN = 150, 50
"""Live samples in which an alarm is false, and samples after an event in which an alarm sees it."""
JUMP, SPIKE = 5, 10
"""Their heights in standard deviations of the snippet."""
P = 1e-4


class Outcome(NamedTuple):
    """What became of a run."""

    false: bool
    jump: bool
    spike: bool


def histories(past: Floats, snippet: Floats, methods: dict[str, Method]) -> Iterator[tuple[str, Floats]]:
    """Yield what the detector is given before the snippet, and then the snippet."""
    points = past.reshape(-1, FACTOR).mean(1)
    yield "(the true history)", np.concatenate([past, snippet])
    for name, method in methods.items():
        yield name, np.concatenate([method(points, FACTOR, snippet), snippet])
    yield "the means as they are", np.concatenate([points, snippet])
    yield "the snippet alone", snippet
    yield "nothing", snippet[:0]


def outcome(history: Floats, live: Floats, sd: float) -> Outcome:
    """Push the history, then live samples, in which something happens or not."""
    detector = StreamDetector()
    if len(history):
        detector.push_many(history, parts=False)
    false = _alarms(detector, live[:QUIET])
    after = live[QUIET : QUIET + SEEN]
    spiked = after + np.eye(1, len(after))[0] * SPIKE * sd
    return Outcome(false, _alarms(copy.copy(detector), after + JUMP * sd), _alarms(copy.copy(detector), spiked))


def _alarms(detector: StreamDetector, samples: Floats) -> bool:
    return bool((detector.push_many(samples, parts=False).p_value <= P).any())


def table(series: Sequence[Floats], methods: dict[str, Method]) -> Iterator[str]:
    """Yield the share of runs with a false alarm, and of those that see each event."""
    found: dict[str, list[Outcome]] = {}
    for x in series:
        live_from = len(x) - QUIET - SEEN
        past = x[: (live_from - SNIPPET) // FACTOR * FACTOR]
        snippet, live = x[len(past) : len(past) + SNIPPET], x[len(past) + SNIPPET :]
        for name, history in histories(past, snippet, methods):
            found.setdefault(name, []).append(outcome(history, live, float(snippet.std())))
    yield f"| history given | a false alarm in the first {QUIET} | jump of {JUMP} sd seen | spike of {SPIKE} sd seen |"
    yield "|---|---|---|---|"
    for name, runs in found.items():
        yield f"| {name} | {' | '.join(f'{np.mean(each):.0%}' for each in zip(*runs))} |"
