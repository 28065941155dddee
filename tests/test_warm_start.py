"""``warm_start``: a detector that has learned a coarse history."""

from __future__ import annotations

import numpy as np
import pytest

from anet_lite import StreamDetector, warm_start
from anet_lite._native import AnetTypeError, AnetValueError

SAMPLES = 2 + 0.1 * np.random.default_rng(0).normal(size=3200)
HISTORY, SNIPPET, LIVE = SAMPLES[:2000].reshape(-1, 10).mean(1), SAMPLES[2000:3000], SAMPLES[3000:]


def test_the_detector_learns_the_upscaled_history_and_then_the_snippet() -> None:
    detector, other = StreamDetector(tokens=False), StreamDetector(tokens=False)
    found = warm_start(detector, HISTORY, 10, SNIPPET)
    other.push_many(np.concatenate([found.values, SNIPPET]))
    assert detector.to_bytes() == other.to_bytes()
    assert found.values.reshape(-1, 10).mean(1) == pytest.approx(HISTORY, abs=1e-14)


def test_live_samples_do_not_alarm_and_a_jump_does() -> None:
    detector = StreamDetector()
    warm_start(detector, HISTORY, 10, SNIPPET)
    assert (detector.push_many(LIVE[:150]).p_value > 1e-4).all()
    assert (detector.push_many(LIVE[150:] + 0.5).p_value <= 1e-4).any()


def test_a_wrong_detector_is_named_and_learns_nothing() -> None:
    with pytest.raises(AnetTypeError, match="detector must be a StreamDetector, got str"):
        warm_start("cpu", HISTORY, 10, SNIPPET)  # pyright: ignore[reportArgumentType]
    with pytest.raises(AnetValueError, match="detector must have one channel, got 2"):
        warm_start(StreamDetector(channels=2), HISTORY, 10, SNIPPET)
    detector = StreamDetector()
    with pytest.raises(AnetValueError, match="reference must hold at least 16 factor = 1600 finite samples, got 1000"):
        warm_start(detector, HISTORY, 100, SNIPPET)
    assert detector.to_bytes() == StreamDetector().to_bytes()
