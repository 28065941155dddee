"""The adapters for River give the detector's and the scorer's own numbers."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

pytest.importorskip("river")

from river import compose, preprocessing
from river.base import AnomalyDetector

from anet_lite import StreamDetector, StreamScorer
from anet_lite.integrations.river import RiverStreamDetector, RiverStreamScorer

SERIES = np.sin(np.arange(400) / 7).tolist()


def test_scores_are_the_detectors_own():
    model, detector = RiverStreamDetector("x", block_means=False), StreamDetector(block_means=False)
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


SMALL = {"window": 6, "dimension": 64, "max_positions": 8, "scales": (4, 16), "knn_k": 3, "seed": "s"}


def test_scores_are_the_scorers_own():
    model, scorer = RiverStreamScorer("x", **SMALL), StreamScorer(**SMALL)
    for value in SERIES:
        ahead = model.score_one({"x": value})
        model.learn_one({"x": value})
        score = scorer.push(value)
        assert ahead == (0.0 if score is None else score.combined)


def test_a_scorer_is_a_river_model():
    model = RiverStreamScorer("x", **SMALL)
    for value in SERIES[:50]:
        model.learn_one({"x": value})
    model.learn_one({"y": 1.0})
    assert isinstance(model, AnomalyDetector)
    assert model.clone()._get_params() == {"feature": "x", **SMALL}
    assert model.clone().score_one({"x": 1.0}) == 0.0
    assert pickle.loads(pickle.dumps(model)).score_one({"x": 1.0}) == model.score_one({"x": 1.0}) > 0.0


def test_a_scorer_ends_a_pipeline():
    model = compose.Pipeline(preprocessing.StandardScaler(), RiverStreamScorer("x", **SMALL))
    for value in SERIES[:50]:
        model.learn_one({"x": value})
    assert 0.0 < model.score_one({"x": 5.0}) <= 1.0
