"""Peers score each point by what came before it, where they are not said to see the future."""

from __future__ import annotations

import numpy as np
import pytest

from detection import peers
from detection.peers.series import filled, lagged
from detection.peers.simple import rolling_z, seasonal_naive, sums_before

RNG = np.random.default_rng(0)
X = np.sin(np.arange(1500) / 8) + 0.1 * RNG.normal(size=1500)
# A peer's environment is made by `make detection`, not by a test.
QUICK = [name for name in peers.ALL if name != peers.SALMON]


def test_sums_before():
    expected = [X[max(t - 7, 0) : t].sum() for t in range(len(X))]
    np.testing.assert_allclose(sums_before(X, 7), expected, atol=1e-12)


def test_a_huge_value_is_forgotten_with_its_window():
    x = RNG.normal(size=2000)
    spoilt = x.copy()
    spoilt[300] = 1e20
    np.testing.assert_allclose(rolling_z(spoilt)[900:], rolling_z(x)[900:])


def test_rolling_z_on_large_numbers():
    np.testing.assert_allclose(rolling_z(1e9 + X), rolling_z(X), rtol=1e-3, atol=1e-3)


def test_a_missing_job_is_found_by_the_season():
    x = np.where(np.arange(4000) % 100 < 3, 50.0, 0.0) + RNG.normal(size=4000)
    x[3500:3503] -= 50
    assert np.argmax(seasonal_naive(x, 100)[1000:]) in {2500, 2501, 2502}
    assert np.argmax(seasonal_naive(x, None)[1000:]) not in {2500, 2501, 2502}


def test_lags_and_gaps():
    np.testing.assert_array_equal(lagged(np.array([1.0, 2.0, 3.0]), 2), [[1, 1], [1, 2], [2, 3]])
    np.testing.assert_array_equal(filled(np.array([np.nan, 1, np.nan, np.inf, 2])), [1, 1, 1, 1, 2])
    np.testing.assert_array_equal(filled(np.full(2, np.nan)), [0, 0])


@pytest.mark.parametrize("name", QUICK)
def test_each_peer_scores_each_point_by_the_past(name: str):
    for module in peers.ALL[name].needs:
        pytest.importorskip(module)
    whole = peers.scorer(name)(X, 50)
    assert whole.shape == X.shape
    if "sees the future" in name:
        return
    part = peers.scorer(name)(X[:1300], 50)
    np.testing.assert_allclose(np.nan_to_num(part[:1300]), np.nan_to_num(whole[:1300]), rtol=1e-6, atol=1e-6)


def test_what_is_not_installed_is_named_with_the_reason(monkeypatch: pytest.MonkeyPatch):
    known = {"none": peers.Peer(rolling_z, ("no_such", "nor_this")), "one": peers.Peer(rolling_z)}
    monkeypatch.setattr(peers, "ALL", known)
    assert peers.installed() == (["one"], {"none": "no_such and nor_this are not installed"})
    assert peers.installed("plain") == ([], {})
