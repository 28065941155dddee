"""Gaps, pairs and Gram blocks of zeros, beside the laws of random matrices and beside plain loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
from mpmath.functions.zetazeros import _ROSSER_EXCEPTIONS

from anet_lite import AnetError, zeta
from rh_sparse_anomaly import generate_gammas, gram_point, hardy_z, zero_count


def test_gaps_repel_as_those_of_random_matrices_do() -> None:
    """Low zeros are near the law but measurably narrower; the smooth stand-ins have no statistics at all."""
    found = zeta.gap_statistics(zeta.zeros(1, 100_001))
    assert found.from_surmise == pytest.approx(0.0193, abs=1e-4)
    assert found.from_law == pytest.approx(0.0207, abs=1e-4)
    assert found.std == pytest.approx(0.4009, abs=1e-4)
    assert found.chance == pytest.approx(0.0043, abs=1e-4)
    for method in ("newton", "centred"):
        assert zeta.gap_statistics(generate_gammas(100_001, method)).from_surmise > 0.5


def test_a_range_and_its_heights_have_the_same_statistics() -> None:
    found = zeta.zeros(1, 2000)
    ours, theirs = zeta.gap_statistics(found).to_dict(), zeta.gap_statistics(found.heights).to_dict()
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_the_laws_of_gaps() -> None:
    """The mean is 1, the variance 0.178 for the surmise and 0.17999 for the exact law (Mehta, Random Matrices 2004)."""
    places = np.linspace(0, 6, 6001)
    for law, variance in ((zeta.wigner_surmise, 3 * math.pi / 8 - 1), (zeta.gap_law, 0.179_99)):
        above, step = 1 - law(places), places[1]
        assert step * (above.sum() - 0.5) == pytest.approx(1, abs=1e-6)
        assert 2 * step * (places * above).sum() - 1 == pytest.approx(variance, abs=2e-5)


def test_the_density_is_the_slope_of_the_surmise() -> None:
    places = np.linspace(0, 5, 5001)
    slope = np.gradient(zeta.wigner_surmise(places), places)
    assert np.abs(slope - zeta.wigner_density(places)).max() < 1e-5


def test_laws_keep_shapes_and_missing_numbers() -> None:
    odd = np.array([[0.0, np.nan], [np.inf, 1.0]])
    for law in (zeta.wigner_surmise, zeta.gap_law, zeta.pair_law):
        got = law(odd)
        assert got.shape == (2, 2)
        assert np.isnan(got[0, 1])


def naive_pairs(places: np.ndarray, reach: float, bins: int) -> np.ndarray:
    """Count pairs by two loops."""
    counts = np.zeros(bins)
    firsts = [i for i in range(len(places)) if places[i] <= places[-1] - reach]
    for i in firsts:
        for j in range(i + 1, len(places)):
            if places[j] - places[i] < reach:
                counts[int((places[j] - places[i]) / reach * bins)] += 1
    return counts / (len(firsts) * reach / bins)


@pytest.mark.parametrize(("count", "reach", "bins"), [(400, 3.0, 12), (40, 30.0, 7), (3, 1.0, 1)])
def test_pairs_are_those_of_two_loops(count: int, reach: float, bins: int) -> None:
    found = zeta.zeros(1, count)
    places = np.concatenate([[0], np.cumsum(found.gaps)])
    got = zeta.pair_correlation(found, reach, bins)
    assert got.density == pytest.approx(naive_pairs(places, reach, bins))
    assert len(got.to_frame()) == bins


def test_pairs_follow_the_law_within_their_errors() -> None:
    found = zeta.pair_correlation(zeta.zeros(10**9, 20_000), reach=2.0, bins=10)
    assert np.abs(found.density - found.law).max() < 5 * found.error.max()
    assert found.law == pytest.approx(zeta.pair_law(found.distance), abs=0.02)


def naive_blocks(first: int, count: int) -> list[tuple[int, int]]:
    """Go from good Gram point to good Gram point, by the sign of Hardy's function."""
    good = [n for n in range(first, first + count + 40) if (-1) ** (n % 2) * hardy_z(gram_point(n)) > 0]
    return [(a, b - a) for a, b in zip(good, good[1:]) if a < first + count]


@pytest.mark.parametrize(("first", "count"), [(-1, 1500), (126, 1), (5000, 300), (10**7, 200)])
def test_blocks_are_those_of_the_signs(first: int, count: int) -> None:
    found = zeta.gram_blocks(first, count)
    assert list(zip(found.first.tolist(), found.length.tolist())) == naive_blocks(first, count)
    assert found.zeros.tolist() == [sum(map(int, pattern)) for pattern in found.pattern]
    assert list(map(len, found.pattern)) == found.length.tolist()


@pytest.mark.parametrize("which", range(0, 200, 20))
def test_exceptions_of_rossers_rule_are_those_of_mpmath(which: int) -> None:
    (start, end), pattern = _ROSSER_EXCEPTIONS[2 * which], _ROSSER_EXCEPTIONS[2 * which + 1]
    found = zeta.gram_blocks(start, end - start)
    assert "".join(found.pattern) == pattern.replace("(", "").replace(")", "")
    assert f"({found.pattern[int((found.zeros - found.length).argmin())]})" in pattern


def test_the_first_failure_of_grams_law_is_at_126() -> None:
    found = zeta.gram_blocks(-1, 127)
    assert [n for n, k in zip(found.first.tolist(), found.length.tolist()) if k > 1] == [125]
    assert zero_count(gram_point(126)) == 126  # one fewer than its index asks for


def test_no_points_are_no_blocks() -> None:
    assert len(zeta.gram_blocks(5, 0)) == 0


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: zeta.gap_statistics([14.1, 21.0]), "zeros must have at least 3 gaps, got 1"),
        (lambda: zeta.pair_correlation(zeta.zeros(1, 3), 9.0), "zeros must reach farther than reach, 9.0, got 1.6"),
        (lambda: zeta.pair_correlation(zeta.zeros(1, 3), -1), "reach must be positive"),
        (lambda: zeta.pair_correlation(zeta.zeros(1, 3), 1, 0), "bins at least 1, got 1.0 and 0"),
        (lambda: zeta.gram_blocks(-2), "-2"),
        (lambda: zeta.gram_blocks(0, -1), "count must be at least 0, got -1"),
    ],
)
def test_what_is_wrong_is_named(call, text: str) -> None:
    with pytest.raises(AnetError, match=text):
        call()
