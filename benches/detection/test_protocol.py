"""The bench itself: its measures have known answers, its series and its ablation are what they say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from detection import ours
from detection.alarms import Count, count
from detection.nab_score import score_at
from detection.series import Series, healthy, sines, synth
from detection.vus import vus

CASES = json.loads((Path(__file__).parents[2] / "tests" / "golden" / "vus.json").read_text())["cases"]


def test_the_golden_file_is_whole():
    assert len(CASES) == 14


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_vus_has_its_known_answers(case):
    i = np.arange(case["n"])
    formulas = {
        "ramp": i / case["n"],
        "mod": (i * 7919 % 1009) / 1009,
        "mod_few": (i * 7919 % 13) / 13,
        "mod2": ((i * i * 31 + i * 17) % 997) / 997,
        "constant": np.full(case["n"], 0.5),
    }
    scores = np.array(case["scores"]) if "scores" in case else formulas[case["formula"]]
    for first, last, value in case.get("add", []):
        scores[first : last + 1] += value
    labels = np.zeros(case["n"], bool)
    for first, last in case["events"]:
        labels[first : last + 1] = True
    pr, roc = vus(labels, scores, case["window"])
    assert pr == pytest.approx(case["vus_pr"], abs=1e-12)
    assert roc == pytest.approx(case["vus_roc"], abs=1e-12)


def test_series_have_four_events_each():
    for series in [*synth(0), *sines(288, 1)]:
        assert (np.diff(series.labels.astype(int)) == 1).sum() == 4
    assert all(len(x) == 40_000 for x in healthy(0).values())


def test_alarms_are_counted_as_events_and_episodes():
    labels, p_values = np.zeros(3000, bool), np.ones(3000)
    labels[1000:1010] = labels[2000:2010] = True
    p_values[[100, 1030, 1500, 1540, 1600]] = 1e-9
    assert count(labels, p_values) == Count(found=1, events=2, false=2, points=2500 - 2 * 35)


def test_nab_gives_0_to_silence_and_100_to_the_first_point_of_each_window():
    labels = np.zeros(1000, bool)
    labels[500:600] = True
    series = Series("x", np.zeros(1000), labels, 150, 50)
    alarms = np.zeros(1000)
    assert score_at([(series, alarms)], 1.0) == 0.0
    alarms[500] = 1.0
    assert score_at([(series, alarms)], 1.0) == 100.0
    alarms[200] = 1.0
    assert score_at([(series, alarms)], 1.0) == pytest.approx(100 - 11 / 2)


def test_the_score_without_nothing_is_the_score():
    found = ours.detect(synth(0)[1].x)
    np.testing.assert_allclose(ours.score_without(found, ()), found.score, atol=1e-9)


def test_the_detector_reaches_its_quality_on_fresh_sines():
    values = [vus(one.labels[one.burn :], ours.detect(one.x).score[one.burn :], one.window)[0] for one in synth(7)]
    assert np.mean(values) > 0.86
