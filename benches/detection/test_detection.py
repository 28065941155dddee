"""The bench itself: its series, its ablation and its pages are what they say."""

from __future__ import annotations

import json

import numpy as np
import pytest

from anet_lite import StreamDetector
from detection import combination, judge, ours
from detection.measures.alarms import Count
from detection.measures.vus import vus
from detection.plain.table import lines
from detection.report import tables
from detection.report.__main__ import full
from detection.report.figures import Figures
from detection.series import Series, autoregressive, healthy, sines, synth


def test_series_have_four_events_each():
    for series in [*synth(0), *sines(288, 1)]:
        assert (np.diff(series.labels.astype(int)) == 1).sum() == 4


def test_healthy_streams_are_finite_and_differ_by_seed():
    first, second = healthy(0), healthy(1)
    assert all(len(x) == 40_000 and np.isfinite(x).all() for x in first.values())
    assert not any(np.array_equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize("memory", [0.0, 0.7])
def test_autoregressive_noise_has_its_memory(memory: float):
    noise = autoregressive(np.random.default_rng(0), 20_000, memory)
    assert np.corrcoef(noise[1:], noise[:-1])[0, 1] == pytest.approx(memory, abs=0.03)


@pytest.mark.parametrize("kind", [0, 1, 4])
def test_the_score_is_put_together_again_from_its_components(kind: int):
    found = ours.detect(synth(0)[kind].x)
    again = combination.score_of(found.parts, combination.character(found.parts, found.score))
    assert np.quantile(np.abs(again - found.score), [0.5, 0.99]) == pytest.approx([0, 0], abs=0.2)


def test_every_component_of_the_package_has_a_part_in_the_score_or_only_alarms():
    assert set(ours.components()) >= combination.COMPONENTS
    assert set(ours.components()) - combination.COMPONENTS == {"drift", "fall", "place"}


def test_rho_and_the_share_of_the_season_are_solved_for():
    n = 4000
    parts = {name: np.random.default_rng(0).normal(size=n) * 3 for name in sorted(combination.COMPONENTS)}
    parts = {name: np.roll(values, 100 * place) for place, (name, values) in enumerate(parts.items())}
    true = combination.Character(np.linspace(0.2, 0.8, n), np.full(n, 0.7))
    solved = combination.character(parts, combination.score_of(parts, true))
    np.testing.assert_allclose(solved.rho[200:-200], true.rho[200:-200], atol=0.03)
    np.testing.assert_allclose(solved.season[200:-200], 0.7, atol=0.03)


def test_a_sum_of_nothing_falls_away():
    found = ours.detect(synth(0)[1].x)
    zero = np.zeros(len(found.score))
    others = combination.COMPONENTS - {"flatline"}
    only = combination.score_of(found.parts, combination.Character(zero, zero), others)
    np.testing.assert_array_equal(only[64:], found.parts["flatline"][64:])


def test_another_score_is_not_said_to_lose_anything():
    series = short()
    found = ours.detect(series.x)
    assert set(judge.lost_without(series, found)) == combination.COMPONENTS
    other = ours.Found(found.score[::-1].copy(), found.p_value, found.parts)
    assert judge.lost_without(series, other) == {}
    assert judge.lost_without(series, ours.Found(found.score, found.p_value, {"d4": found.score})) == {}


def test_switches_are_options_of_the_package():
    assert "tokens" in ours.switches()
    for name in ours.switches():
        StreamDetector(**{name: False})


def test_options_and_channels_reach_the_detector():
    x = np.random.default_rng(0).normal(size=(300, 2))
    expected = StreamDetector(channels=2, tokens=False).push_many(x).p_value
    np.testing.assert_array_equal(ours.p_values(x, {"tokens": False}), expected)


def test_the_detector_reaches_its_quality_on_fresh_sines():
    values = [vus(one.labels[one.burn :], ours.detect(one.x).score[one.burn :], one.window)[0] for one in synth(7)]
    assert np.mean(values) > 0.86


def test_a_series_without_an_event_has_no_quality_and_a_missing_sample_scores_nothing():
    labels = np.zeros(2000, bool)
    nothing = Series("x", np.zeros(2000), labels, 100, 10)
    assert judge.quality(nothing, np.zeros(2000)) == judge.Quality(None, None)
    labels[1500:1510] = True
    score = np.where(labels, 1.0, np.nan)
    assert judge.quality(Series("x", np.zeros(2000), labels, 100, 10), score).f1 == 1.0


def short() -> Series:
    """Return a sine with one event in it."""
    series = synth(0)[1]
    return Series("x", series.x[:4000], series.labels[:4000], 1100, 20)


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """Figures of one short series, written and read again."""
    path = tmp_path_factory.mktemp("figures") / "figures.json"
    judged = judge.judge_ours(short())
    known = Figures(path, us={judge.OURS: 1.5}, missing={"a peer": "it is not installed"})
    for row, quality in judged.rows.items():
        known.record(row, "a set", [quality])
    for component, values in judged.components.items():
        known.record_component(component, "a set", [values])
    known.record_alarms("a set", judged.counts)
    known.record_false("noise", judged.counts)
    known.record_false("noise", judged.counts)
    known.write()
    return json.loads(path.read_text())


def test_figures_of_two_streams_of_a_kind_are_added(figures: dict):
    once, twice = (found["all"]["0.0001"] for found in (figures["alarms"]["a set"], figures["false"]["noise"]))
    assert twice["points"] == 2 * once["points"] > 0


def test_tables_name_every_row_that_differs_and_every_component(figures: dict):
    quality = "\n".join(tables.quality(figures))
    assert "| **StreamDetector** |" in quality
    assert "tokens=False" in quality
    # It moves the alarm threshold, not the score.
    assert "adaptive_threshold=False" not in quality
    assert "Not measured: a peer (it is not installed)." in quality
    components = "\n".join(tables.components(figures))
    assert all(f"| `{name}` | " in components for name in ours.components())
    assert "| `d4` | +" in components
    assert "| `drift` | 0." in components


def test_alarms_of_young_streams_have_columns_of_their_own(figures: dict):
    header, _, row = tables.alarms(figures)
    assert header.count("first 1000") == 3
    assert row.startswith("| a set | ")
    assert row.count("|") == header.count("|") == 8
    nothing = {at: vars(Count()) for at in figures["alarms"]["a set"]["young"]}
    without = {"alarms": {"a set": {**figures["alarms"]["a set"], "young": nothing}}}
    assert list(tables.alarms(without))[-1].endswith("|  |  |  |")


def test_a_component_whose_worth_is_unknown_is_said_to_be(figures: dict):
    unknown = {name: {"a set": [None, values["a set"][1]]} for name, values in figures["components"].items()}
    page = "\n".join(tables.components({**figures, "components": unknown}))
    assert "Where nothing is said to be lost" in page


def test_the_page_of_all_figures_has_each_chapter(figures: dict):
    plain = {"rows": {}, "seeds": 2, "missing": {}}
    page = full(figures, plain)
    assert [line for line in page if line.startswith("## ")] == [
        "## Quality",
        "## Alarms",
        "## False alarms of streams without an event",
        "## Components",
        "## Plain cases, 2 seeds each",
    ]


def test_plain_cases_are_told_apart_by_whether_they_must_ring():
    found, quiet = vars(Count(3, 4, 2, 10_000)), vars(Count(0, 4, 0, 10_000))
    rows = {
        "a spike": {"quiet": False, "options": {"season": "24"}, "as it comes": found},
        "a gap": {"quiet": True, "options": {}, "as it comes": quiet},
    }
    text = list(lines({"rows": rows, "missing": {"a peer": "why"}}))
    assert "| a spike | `season=24` | 3 of 4 (2.0) |" in text
    assert "| a gap |  | 0 of 4 (0.0) |" in text
    assert [line for line in text if "in full" in line] == [
        "| **cases in full** | | 0 of 1 |",
        "| **cases in full** | | 1 of 1 |",
    ]
    assert text[-1] == "Not measured: a peer (why).\n"
