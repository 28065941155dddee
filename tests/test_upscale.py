"""``upscale``: means exact, texture of the reference, known answers, and the naive twin beside it."""

from __future__ import annotations

import warnings
from itertools import accumulate
from math import fsum, inf, nan
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from anet_lite import upscale
from anet_lite._native import AnetValueError, upscale_series
from anet_lite.upscaling import Support, Upscaled
from numpy_reference import upscale as twin

Floats = NDArray[np.float64]
METHODS, KINDS = ("fragments", "spectral"), ("mean", "sample")
both_methods = pytest.mark.parametrize("method", METHODS)
both_kinds = pytest.mark.parametrize("kind", KINDS)


def red(seed: int, length: int, persistence: float = 0.9) -> Floats:
    noise = np.random.default_rng(seed).normal(size=length)
    return np.array(list(accumulate(noise, lambda last, new: persistence * last + new)))


def made(*arguments: Any, **named: Any) -> Floats:
    return upscale_series(*arguments, **named)[0]


def coarse(samples: Floats, factor: int, kind: str) -> Floats:
    return samples.reshape(-1, factor).mean(1) if kind == "mean" else samples[::factor]


def holed(random: np.random.Generator, length: int, share: float) -> Floats:
    return np.where(random.random(length) < share, nan, random.normal(size=length))


def told(*arguments: Any, **named: Any) -> tuple[Upscaled, list[str]]:
    """What is upscaled, and the warnings."""
    with warnings.catch_warnings(record=True) as given:
        warnings.simplefilter("always")
        return upscale(*arguments, **named), [str(each.message) for each in given]


NASTY = {
    "noise": lambda r: (r.normal(size=60), r.normal(size=900)),
    "ties": lambda r: (r.integers(0, 3, 60).astype(float), r.integers(0, 3, 900).astype(float)),
    "one value": lambda r: (np.full(12, 3.0), r.normal(size=900)),
    "a step in zeros": lambda _: (np.repeat([0.0, 1.0], 20), np.repeat([0.0, 1.0, 0.0], 300)),
    "holes": lambda r: (holed(r, 60, 0.1), holed(r, 900, 0.02)),
    "infinities": lambda r: (np.append(r.normal(size=30), inf), np.append(-inf, r.normal(size=900))),
    "huge": lambda r: (1e300 * r.normal(size=40), 1e300 * r.normal(size=900)),
    "tiny": lambda r: (1e-300 * r.normal(size=40), 1e-300 * r.normal(size=900)),
    "far from zero": lambda r: (1e9 + r.normal(size=40), 1e9 + r.normal(size=900)),
    "four points": lambda r: (r.normal(size=4), r.normal(size=16 * 9)),
}  # fmt: skip


@both_methods
@both_kinds
@pytest.mark.parametrize("factor", [1, 2, 8, 9])
@pytest.mark.parametrize("name", NASTY)
def test_the_naive_twin_gives_the_same(name: str, factor: int, kind: str, method: str) -> None:
    for seed in range(2):
        series, reference = NASTY[name](np.random.default_rng(seed))
        unit = 2.0 ** np.floor(np.log2(np.nanmax(np.abs(series[np.isfinite(series)])) or 1.0))
        small, other = (np.where(np.isfinite(x), x, nan) / unit for x in (series, reference))
        expected = getattr(twin, method)(small, factor, other, kind, seed)
        found = made(series, factor, reference, kind, method, seed) / unit
        scale = np.nanmax(np.abs(expected))
        assert np.array_equal(np.isnan(found), np.isnan(expected))
        assert np.nanmax(np.abs(found - expected)) <= 1e-9 * scale


@both_methods
@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("factor", [3, 9])
def test_means_are_exact_to_one_unit_in_the_last_place(name: str, method: str, factor: int) -> None:
    series, reference = NASTY[name](np.random.default_rng(7))
    for block, point in zip(made(series, factor, reference, "mean", method).reshape(-1, factor), series):
        if np.isfinite(point):
            assert abs(fsum(block) / factor - point) <= np.spacing(max(abs(block).max(), abs(point)))
        else:
            assert np.isnan(block).all()


@both_methods
def test_of_samples_every_mth_is_the_point_itself(method: str) -> None:
    series, reference = NASTY["holes"](np.random.default_rng(1))
    assert np.array_equal(made(series, 7, reference, "sample", method)[::7], series, equal_nan=True)


@both_methods
@both_kinds
def test_a_factor_of_1_changes_nothing(method: str, kind: str) -> None:
    series = red(0, 100)
    assert made(series, 1, red(1, 200), kind, method) == pytest.approx(series, abs=1e-13)


@both_methods
@both_kinds
def test_the_result_is_affine_in_series_and_reference_together(method: str, kind: str) -> None:
    series, reference = red(0, 200), red(1, 2000)
    moved = made(7 - 3 * series, 8, 7 - 3 * reference, kind, method)
    # The signs of contexts and of noise turn with a negative factor: those of fragments with their blocks.
    expected = 7 + 3 * made(series, 8, reference, kind, method)
    assert made(7 + 3 * series, 8, 7 + 3 * reference, kind, method) == pytest.approx(expected, abs=1e-10)
    if method == "fragments":
        assert moved == pytest.approx(7 - 3 * made(series, 8, reference, kind, method), abs=1e-10)


@both_methods
def test_the_same_seed_gives_the_same_bits_and_another_one_others(method: str) -> None:
    series, reference = red(0, 200), red(1, 2000)
    first, again, other = (made(series, 8, reference, "mean", method, seed) for seed in (5, 5, 6))
    assert np.array_equal(first, again)
    assert (first != other).mean() > 0.9


def test_every_block_is_a_tooth_of_a_saw_and_as_large() -> None:
    """The means of the reference stand still: shapes keep their size."""
    series, teeth = red(1, 50), np.tile(np.arange(3.0), 4)
    found = made(series, 12, np.tile(teeth, 100), "mean").reshape(-1, 12)
    assert np.allclose(found, series[:, None] + teeth - 1)


@both_methods
def test_a_constant_reference_holds_each_point(method: str) -> None:
    series = red(0, 200)
    found, texts = told(series, 4, np.ones(400), method=method)
    assert "The reference is constant: each point is held." in texts
    assert np.array_equal(found.values, np.repeat(series, 4))


@both_methods
def test_red_noise_gets_its_correlation_its_power_and_its_tails_back(method: str) -> None:
    """Lag-1 correlation .9 of .9, power above the coarse band 1, kurtosis of steps 3."""
    reference, truth = red(0, 40_000), red(1, 40_000)
    found = made(truth.reshape(-1, 8).mean(1), 8, reference, "mean", method)
    assert np.corrcoef(found[1:], found[:-1])[0, 1] == pytest.approx(0.9, abs=0.015)
    above = [(np.abs(np.fft.rfft(x)) ** 2)[len(x) // 16 :].sum() for x in (found, truth)]
    assert above[0] / above[1] == pytest.approx(1, abs=0.12)
    steps = np.diff(found)
    assert (steps**4).mean() / (steps**2).mean() ** 2 == pytest.approx(3, abs=0.4)


def test_fragments_keep_heavy_tails_and_spectral_noise_is_gaussian() -> None:
    reference = np.random.default_rng(0).standard_t(3, size=20_000)
    series = np.random.default_rng(1).standard_t(3, size=20_000).reshape(-1, 10).mean(1)
    tails = [np.quantile(np.abs(made(series, 10, reference, "mean", m)), 0.999) for m in METHODS]
    assert tails[0] > 1.3 * tails[1]


def test_the_reference_of_the_same_noise_is_supported_and_another_is_not() -> None:
    reference, healthy = red(0, 20_000), red(1, 20_000)
    louder = healthy * np.repeat([1, 2], 10_000)
    slow = healthy + 6 * np.sin(2 * np.pi * np.arange(20_000) / 50)
    for samples, ok in ((healthy, True), (louder, False), (slow, False), (np.cumsum(healthy), False)):
        support = Support(*upscale_series(samples.reshape(-1, 10).mean(1), 10, reference)[1])
        assert (support.ok, support.judged) == (ok, True)


@both_methods
def test_healthy_series_are_seldom_called_unlike_their_reference(method: str) -> None:
    """From 96 blocks on: at most 2 of 30."""
    unlike = 0
    for seed in range(30):
        samples = red(seed, 4960, 0.5)
        unlike += not upscale_series(samples[:4000].reshape(-1, 10).mean(1), 10, samples[4000:], "mean", method)[1][4]
    assert unlike <= 2


def test_a_band_holds_as_many_samples_as_it_says() -> None:
    reference, truth = red(0, 20_000), red(1, 20_000)
    found = upscale(truth.reshape(-1, 10).mean(1), 10, reference, method="spectral", band=True)
    assert found.band is not None
    low, high = found.band
    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(0.81, abs=0.04)
    assert found.coverage == pytest.approx(0.81, abs=0.04)


def spiky(seed: int) -> Floats:
    """Quiet but for rare spikes, which make a Gaussian band too wide."""
    random = np.random.default_rng(seed)
    return random.normal(size=20_000) + 30 * (random.random(20_000) < 0.02)


@pytest.mark.parametrize(
    ("truth", "reference", "reason"),
    [
        (red(1, 20_000), red(0, 20_000, 0.0), "No band is given: the reference does not fit, or that was not judged."),
        (spiky(1), spiky(0), "No band is given: the band of the reference's own points holds 9"),
    ],
)
def test_a_band_that_does_not_hold_is_not_given(truth: Floats, reference: Floats, reason: str) -> None:
    found, texts = told(truth.reshape(-1, 10).mean(1), 10, reference, method="spectral", band=True)
    assert found.band is None
    assert any(reason in text for text in texts)


@both_methods
@both_kinds
def test_no_sample_is_outside_of_the_limits_and_no_mean_moves(method: str, kind: str) -> None:
    samples = np.maximum(red(2, 4000), 0)
    series = coarse(samples[:2000], 8, kind)
    for low, high in ((0, None), (None, series.max()), (0, series.max() + 0.1)):
        found = made(series, 8, samples[2000:], kind, method, low=low, high=high)
        assert found.min() >= (-inf if low is None else low)
        assert found.max() <= (inf if high is None else high)
        assert coarse(found, 8, kind) == pytest.approx(series, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"factor": 0}, "factor must be at least 1, got 0"),
        ({"factor": -1}, "factor must be at least 1, got -1"),
        ({"series": [1.0, 2.0, 3.0]}, "series must hold at least 4 points, got 3"),
        ({"series": np.ones((3, 2))}, r"series must be one-dimensional, got shape \(3, 2\)"),
        ({"reference": [1.0] * 159}, "reference must hold at least 16 factor = 160 finite samples, got 159"),
        ({"reference": [1.0] * 159 + [nan]}, "reference must hold at least 16 factor = 160 finite samples, got 159"),
        ({"reference": [1.0, 2, 3, nan] * 100}, "blocks of factor = 10 samples without a missing one, got none"),
        ({"kind": "median"}, 'kind must be "mean" or "sample", got "median"'),
        ({"method": "linear"}, 'method must be "fragments" or "spectral", got "linear"'),
        ({"seed": -1}, "seed must be from 0 to 18446744073709551615, got -1"),
        ({"low": 0.5}, r"series must be at least low = 0.5, got series\[0\] = 0"),
        ({"high": 2.5}, r"series must be at most high = 2.5, got series\[3\] = 3"),
        ({"low": 4, "high": 3}, "low must be below high, and neither NaN, got low=4 and high=3"),
        ({"low": nan}, "low must be below high, and neither NaN, got low=NaN"),
        ({"band": True}, 'band must be False with method="fragments"'),
        ({"factor": 2**40, "reference": [0.0]}, "at least 16 factor = 17592186044416 finite samples, got 1"),
        (
            {"factor": 100_000, "series": np.zeros(1000), "reference": np.zeros(1_600_000)},
            "series times factor must be at most 67108864 samples, got 1000 x 100000",
        ),
    ],
)
def test_a_wrong_argument_is_named(arguments: dict[str, Any], reason: str) -> None:
    usual = {"series": np.arange(5.0), "factor": 10, "reference": red(0, 800)}
    with pytest.raises(AnetValueError, match=reason):
        upscale(**{**usual, **arguments})


def test_what_a_reference_is_too_short_for_is_said() -> None:
    found, texts = told(red(0, 100), 10, red(1, 320))
    assert any("not judged" in text for text in texts)
    assert "The reference holds 32 blocks of 10 samples; at least 64 are better." in texts
    assert not found.support.judged
    assert not found.support.ok


def test_sentences_are_there_in_both_languages_and_missing_points_are_told() -> None:
    samples = red(0, 20_000)
    series = samples[:10_000].reshape(-1, 10).mean(1)
    series[[3, 4]] = nan
    found, texts = told(series, 10, samples[10_000:], method="spectral", band=True)
    assert texts == ["Points that are missing in the series: 2. Their samples are missing, too."]
    english, japanese = found.explain(), found.explain("ja")
    assert english[0] == "1000 points became 10000 samples."
    assert english[1].startswith("The reference fits")
    assert (japanese[0], len(japanese)) == ("1000点から10000サンプルを作りました。", len(english))
    with pytest.raises(AnetValueError, match="lang must be 'en' or 'ja', got 'fr'"):
        found.explain("fr")


def test_the_frame_has_the_band() -> None:
    pytest.importorskip("pandas")
    samples = red(0, 20_000)
    found = upscale(samples[:10_000].reshape(-1, 10).mean(1), 10, samples[10_000:], method="spectral", band=True)
    assert list(found.to_frame().columns) == ["value", "low", "high"]
    assert found.support.to_dict()["ok"] is True
