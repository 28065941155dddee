"""The adapter for River gives the detector's own numbers."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

pytest.importorskip("river")

from anet_lite import StreamDetector
from anet_lite.integrations.river import RiverStreamDetector

SERIES = np.sin(np.arange(400) / 7).tolist()


def test_scores_are_the_detectors_own():
    model, detector = RiverStreamDetector("x", long=False), StreamDetector(long=False)
    for value in SERIES:
        detection = detector.push(value)
        assert model.score_one({"x": value}) == detection.score
        assert model.p_value_one({"x": value}) == detection.p_value
        model.learn_one({"x": value})


def test_scoring_teaches_nothing():
    asked, silent = RiverStreamDetector(), RiverStreamDetector()
    for value in SERIES:
        asked.score_one({"x": value + 1})
        asked.learn_one({"x": value})
        silent.learn_one({"x": value})
    assert asked.score_one({"x": 5.0}) == silent.score_one({"x": 5.0})


def test_a_missing_number_scores_nothing():
    model = RiverStreamDetector("x")
    assert model.score_one({"y": 1.0}) == 0.0
    model.learn_one({"x": None})


def test_the_feature_must_be_named_among_several():
    with pytest.raises(ValueError, match=r"feature must be named .* got \['a', 'b'\]"):
        RiverStreamDetector().score_one({"b": 1.0, "a": 2.0})


def test_it_is_a_river_model():
    model = RiverStreamDetector("x")
    assert model.clone()._get_params()["feature"] == "x"
    assert pickle.loads(pickle.dumps(model)).score_one({"x": 1.0}) == model.score_one({"x": 1.0})
