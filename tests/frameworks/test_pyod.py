"""The stream detector among PyOD's: its scores are the detector's own, its labels PyOD's."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from anet_lite import StreamDetector
from anet_lite.integrations.pyod import PyodStreamDetector

NEEDS = ("pyod", "sklearn")

WAVE = np.sin(np.arange(1200) / 8).reshape(-1, 1) + np.random.default_rng(0).normal(0, 0.01, (1200, 1))
HISTORY, LATER = WAVE[:1000], WAVE[1000:].copy()
LATER[50] = 3.0


def test_scores_are_the_detectors_own():
    detector, model = StreamDetector(), PyodStreamDetector().fit(HISTORY)
    assert (model.decision_scores_ == detector.push_many(HISTORY.ravel()).score).all()
    seen = detector.push_many(LATER.ravel())
    assert (model.decision_function(LATER) == seen.score).all()
    assert (model.p_value(LATER) == seen.p_value).all()


OPTIONS = {"season": (24, 48), "warmup": 100, "difference": True, "joint": True, "small": True}


def test_every_option_of_a_detector_has_the_same_name():
    two = np.column_stack([HISTORY, np.roll(HISTORY, 3)])
    model = PyodStreamDetector(**OPTIONS).fit(two)
    scores = StreamDetector(channels=2, **OPTIONS).push_many(two).score
    assert (model.decision_scores_ == np.nan_to_num(scores)).all()
    assert {name: clone(model).get_params()[name] for name in OPTIONS} == OPTIONS


def test_what_is_held_back_is_told():
    counts = np.random.default_rng(0).poisson(0.01, (4000, 1)).astype(float)
    detector = StreamDetector()
    detector.push_many(counts[:1000].ravel())
    held = PyodStreamDetector().fit(counts[:1000]).held(counts[1000:])
    assert (held == detector.push_many(counts[1000:].ravel()).held).all()
    assert held.any()


def test_the_contaminated_share_of_the_history_is_labelled():
    model = PyodStreamDetector(contamination=0.05).fit(HISTORY)
    assert model.labels_.sum() == 50
    assert (model.labels_ == (model.decision_scores_ > model.threshold_)).all()


def test_new_rows_are_labelled_with_a_probability():
    model = PyodStreamDetector(contamination=0.01).fit(HISTORY)
    labels, probability = model.predict(LATER), model.predict_proba(LATER)
    assert labels[50] == 1
    assert labels[:50].sum() <= 2
    assert probability.shape == (200, 2)
    assert probability[50, 1] == 1.0
    assert (model.predict(LATER) == labels).all()


def test_a_missing_row_has_score_0_and_no_p_value():
    model, gap = PyodStreamDetector().fit(HISTORY), LATER.copy()
    gap[20] = np.nan
    assert model.decision_function(gap)[20] == 0.0
    assert np.isnan(model.p_value(gap)[20])


def test_it_is_a_model_of_pyod():
    model = PyodStreamDetector(contamination=0.02, tokens=False)
    assert clone(model).get_params() == model.get_params()
    model.fit(HISTORY)
    restored = pickle.loads(pickle.dumps(model))
    assert (restored.decision_function(LATER) == model.decision_function(LATER)).all()


def test_an_unfitted_model_says_so():
    with pytest.raises(NotFittedError):
        PyodStreamDetector().predict(LATER)
    with pytest.raises(ValueError, match="contamination must be in"):
        PyodStreamDetector(contamination=0.9)
