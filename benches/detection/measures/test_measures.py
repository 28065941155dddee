"""The measures have known answers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from detection.measures.alarms import Count, count, count_young
from detection.measures.event_f1 import event_f1, false_alarms
from detection.measures.nab_score import score_at
from detection.measures.vus import vus
from detection.series import Series

CASES = json.loads((Path(__file__).parents[3] / "tests" / "golden" / "vus.json").read_text())["cases"]


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


def test_alarms_are_counted_as_events_and_episodes():
    labels, p_values = np.zeros(3000, bool), np.ones(3000)
    labels[1000:1010] = labels[2000:2010] = True
    p_values[[100, 1030, 1500, 1540, 1600]] = 1e-9
    assert count(labels, p_values, 1e-4) == Count(found=1, events=2, false=2, points=2500 - 2 * 35)


def test_a_missing_sample_is_no_alarm():
    p_values = np.full(1000, np.nan)
    assert count(np.zeros(1000, bool), p_values, 1e-4).false == 0


def test_young_streams_are_judged_from_their_first_point_to_their_thousandth():
    p_values = np.ones(2000)
    p_values[[0, 900, 1000]] = 1e-5
    assert count_young(p_values, 1e-4) == Count(false=2, points=1000)
    assert count_young(p_values[:700], 1e-4) == Count(false=1, points=700)


def test_event_f1_of_a_perfect_and_of_a_constant_score():
    labels = np.zeros(3000, bool)
    labels[1000:1010] = labels[2000:2010] = True
    assert event_f1(labels, labels.astype(float)) == 1.0
    # Both events, and a false alarm for every 50 of the 2930 points outside: 20 before the first, 20 and 20 after.
    assert event_f1(labels, np.zeros(3000)) == pytest.approx(2 * 2 / (2 * 2 + 20 + 20 + 20))


def test_event_f1_takes_the_best_threshold():
    labels, scores = np.zeros(3000, bool), np.zeros(3000)
    labels[1000:1010] = labels[2000:2010] = True
    scores[[1005, 1500, 2034]] = 3.0, 2.0, 1.0
    # The higher threshold finds the first event and nothing else; the lower one both, at one false alarm more.
    assert event_f1(labels, scores) == pytest.approx(2 * 2 / (2 * 2 + 1))
    scores[[200, 300, 400]] = 2.0
    assert event_f1(labels, scores) == pytest.approx(2 * 1 / (2 * 1 + 1))


def test_false_alarms_are_50_apart_from_the_last_that_was_counted():
    assert false_alarms(np.array([], int)) == 0
    assert false_alarms(np.array([0, 49, 50, 60, 99, 100])) == 3


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
