"""The outlier detector keeps scikit-learn's contract, and says what the stream detector says."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from anet_lite import StreamDetector
from anet_lite.integrations.sklearn import StreamOutlierDetector

NEEDS = ("sklearn", "pandas")

WAVE = np.sin(np.arange(1200) / 8).reshape(-1, 1)
HISTORY, LATER = WAVE[:1000], WAVE[1000:]

NOTHING_RARE = "wants outliers among 300 shuffled rows of one cloud, in whose order nothing is rare"
EXPECTED_FAILURES = {"check_outliers_fit_predict": NOTHING_RARE, "check_outliers_train": NOTHING_RARE}


def spiked() -> np.ndarray:
    later = LATER.copy()
    later[50] = 3.0
    return later


@parametrize_with_checks([StreamOutlierDetector()], expected_failed_checks=lambda _: EXPECTED_FAILURES)
def test_it_keeps_scikit_learns_contract(estimator, check):
    check(estimator)


def test_scores_are_the_logarithms_of_the_detectors_p_values():
    detector = StreamDetector()
    detector.push_many(HISTORY.ravel())
    wanted = np.log10(detector.push_many(spiked().ravel()).p_value)
    assert StreamOutlierDetector().fit(HISTORY).score_samples(spiked()) == pytest.approx(wanted)


OPTIONS = {"season": (24, 48), "warmup": 100, "difference": True, "joint": True, "small": True}


def test_every_option_of_a_detector_has_the_same_name():
    two = np.column_stack([WAVE, np.roll(WAVE, 3)])
    model, detector = StreamOutlierDetector(**OPTIONS).fit(two[:1000]), StreamDetector(channels=2, **OPTIONS)
    detector.push_many(two[:1000])
    assert model.score_samples(two[1000:]) == pytest.approx(np.log10(detector.push_many(two[1000:]).p_value))
    assert {name: clone(model).get_params()[name] for name in OPTIONS} == OPTIONS


def test_what_is_held_back_is_told():
    counts = np.random.default_rng(0).poisson(0.01, (4000, 1)).astype(float)
    detector = StreamDetector()
    detector.push_many(counts[:1000].ravel())
    held = StreamOutlierDetector().fit(counts[:1000]).held(counts[1000:])
    assert (held == detector.push_many(counts[1000:].ravel()).held).all()
    assert held.any()


def test_the_same_question_has_the_same_answer():
    model = StreamOutlierDetector().fit(HISTORY)
    first = model.score_samples(spiked())
    assert (model.score_samples(spiked()) == first).all()
    assert (copy.deepcopy(model).score_samples(spiked()) == first).all()
    assert (pickle.loads(pickle.dumps(model)).score_samples(spiked()) == first).all()


def test_outliers_are_the_rows_below_the_threshold():
    model = StreamOutlierDetector(threshold=1e-3).fit(HISTORY)
    found = model.predict(spiked())
    assert found[50] == -1
    assert (found[:50] == 1).all()
    assert ((found == -1) == (model.score_samples(spiked()) < -3)).all()
    assert ((found == -1) == (model.decision_function(spiked()) < 0)).all()


def test_the_history_is_labelled_as_it_came():
    found = StreamOutlierDetector().fit_predict(np.concatenate([HISTORY, spiked()]))
    p_values = StreamDetector().push_many(np.concatenate([HISTORY, spiked()]).ravel()).p_value
    assert ((found == -1) == (p_values < 1e-4)).all()
    assert found[1050] == -1


def test_more_rows_are_learned_where_the_history_ended():
    whole = StreamOutlierDetector().fit(WAVE)
    parts = StreamOutlierDetector().partial_fit(HISTORY).partial_fit(LATER)
    assert (whole.score_samples(spiked()) == parts.score_samples(spiked())).all()


def test_features_are_channels():
    two = np.column_stack([WAVE, WAVE[::-1]])
    model = StreamOutlierDetector().fit(two[:1000])
    assert (model.n_features_in_, model.detector_.channels) == (2, 2)
    with pytest.raises(ValueError, match="X has 1 features, but StreamOutlierDetector is expecting 2"):
        model.predict(LATER)


def test_a_missing_row_is_no_outlier_unless_it_is_asked_for():
    gap = LATER.copy()
    gap[50] = np.nan
    assert StreamOutlierDetector().fit(HISTORY).predict(gap)[50] == 1
    flagging = StreamOutlierDetector(missing="flag").fit(HISTORY)
    assert flagging.predict(gap)[50] == -1
    assert np.isfinite(flagging.score_samples(gap)).all()


def test_a_frame_with_nulls_is_read_and_its_columns_are_remembered():
    frame = pd.DataFrame({"load": pd.array([*HISTORY.ravel()[:-1], None], dtype="Float64")})
    model = StreamOutlierDetector().fit(frame)
    assert list(model.feature_names_in_) == ["load"]
    assert model.predict(frame).shape == (1000,)


def test_it_ends_a_pipeline_and_is_cloned():
    model = clone(make_pipeline(StandardScaler(), StreamOutlierDetector(threshold=1e-3)))
    assert model.get_params()["streamoutlierdetector__threshold"] == 1e-3
    assert model.fit(HISTORY).predict(spiked())[50] == -1
    assert roc_auc_score(np.arange(200) != 50, model.decision_function(spiked())) > 0.9


def test_a_threshold_that_is_none_is_refused():
    with pytest.raises(ValueError, match="threshold must be between"):
        StreamOutlierDetector(threshold=2.0).fit(HISTORY)
    with pytest.raises(NotFittedError):
        StreamOutlierDetector().predict(HISTORY)
