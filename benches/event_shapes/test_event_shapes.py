"""The events stand where they should, and most are called what a person would call them."""

from __future__ import annotations

import numpy as np
import pytest

from anet_lite import StreamDetector
from event_shapes.events import EVENTS
from event_shapes.judge import said
from event_shapes.streams import LENGTH, STREAMS


def planted(seed: int):
    """Return one event of every kind in a stream of every kind that can have it."""
    for stream in STREAMS:
        for plant in EVENTS:
            rng = np.random.default_rng([seed, STREAMS.index(stream), EVENTS.index(plant)])
            healthy = stream(rng)
            event = plant(healthy, rng)
            if event is not None:
                yield healthy, event


def test_nothing_is_changed_outside_of_an_event():
    for healthy, event in planted(100):
        changed = np.flatnonzero(healthy.samples != event.samples)
        assert len(changed) > 0
        assert event.first <= changed[0]
        assert changed[-1] <= event.last < LENGTH


def test_nine_events_in_ten_are_called_what_a_person_would_call_them():
    right = []
    for _, event in planted(100):
        detector = StreamDetector(tokens=False)
        detector.push_many(event.samples[event.last - 2100 : event.last + 1], parts=False)
        right.append(said(detector, event.last - event.first).is_right(event))
    assert len(right) == 103
    assert np.mean(right) >= 0.9


@pytest.mark.parametrize("stream", STREAMS)
def test_a_stream_is_the_same_for_the_same_seed(stream):
    first, second = (stream(np.random.default_rng(1)).samples for _ in range(2))
    assert np.array_equal(first, second)
    assert len(first) == LENGTH
