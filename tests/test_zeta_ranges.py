"""Zeros by ordinals and by heights, as texts and frames, and how far their count is from its smooth part."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anet_lite import AnetError, zeta
from rh_sparse_anomaly import zeta_zeros

REFERENCE = Path(__file__).parent / "reference" / "zeta_zeros.json"
WINDOWS = json.loads(REFERENCE.read_text(encoding="utf-8"))["windows"]
zeros = zeta_zeros(1, 3000)


def test_a_range_holds_what_the_seed_names_give() -> None:
    found, seed = zeta.zeros(100, 50), zeta_zeros(100, 50, full=True)
    assert (found.heights == seed.zeros).all()
    assert (found.low == seed.low).all()
    assert found.certificate is not None
    assert found.certificate.found == seed.certificate.found
    assert found.ordinals.tolist() == list(range(100, 150))


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 2800), st.floats(0, 2800))
def test_the_zeros_between_heights_are_those_of_a_mask(a: float, b: float) -> None:
    low, high = sorted((a, b))
    wanted = zeros[(zeros > low) & (zeros <= high)]
    found = zeta.zeros_between(low, high)
    assert (found.heights == wanted).all()
    assert len(found) == wanted.size


def test_neighbouring_intervals_share_no_zero() -> None:
    for edge in zeros[:50].tolist():  # which side it is on depends on how it was rounded
        below, above = zeta.zeros_between(0, edge), zeta.zeros_between(edge, 200)
        assert len(below) + 1 == above.start


def test_no_zeros_are_an_empty_range() -> None:
    found = zeta.zeros_between(1, 2)
    assert (len(found), found.gaps.size, found.decimals(3), found.certificate) == (0, 0, [], None)
    assert len(found.to_frame()) == 0


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: str(window["first"]))
def test_every_place_is_within_one_of_the_true_one(window: dict[str, object]) -> None:
    first, texts = int(str(window["first"])), list(map(str, window["zeros"]))  # type: ignore[call-overload]
    found = zeta.zeros(first, len(texts))
    for places in (3, 11 if first >= 10**12 else 12 if first >= 10**9 else 13 if first >= 10**4 else 14):
        unit = Decimal(1).scaleb(-places)
        for text, wanted in zip(found.decimals(places), texts):
            assert -Decimal(text).as_tuple().exponent == places
            assert abs(Decimal(text) - Decimal(wanted)) <= unit


def test_more_places_are_those_of_mpmath() -> None:
    with mpmath.workdps(60):
        wanted = [mpmath.nstr(mpmath.zetazero(n).imag, 52)[:43] for n in (1, 2, 30)]
    found = [*zeta.zeros(1, 2).decimals(40), *zeta.zeros(30).decimals(40)]
    assert [text[:42] for text in found] == [text[:42] for text in wanted]
    assert [len(text.partition(".")[2]) for text in found] == [40] * 3


def test_a_copied_height_finds_its_zero() -> None:
    ordinals = np.array([1, 2, 29, 30, 6709, 6710, 10**6])  # the closest pair of the first ten thousand among them
    heights = np.concatenate([zeta.zeros(int(n)).heights for n in ordinals])
    for places in (3, 6):
        assert (zeta.ordinal_at(heights.round(places)) == ordinals).all()
    assert zeta.ordinal_at(14.13) == 1
    assert zeta.ordinal_at(-5.0) == 1
    assert zeta.ordinal_at(heights.reshape(7, 1)).shape == (7, 1)
    assert zeta.ordinal_at([]).shape == (0,)


@given(st.floats(0, 2500))
@settings(max_examples=60, deadline=None)
def test_the_nearest_zero_is_the_nearest(height: float) -> None:
    assert zeta.ordinal_at(height) == int(np.abs(zeros - height).argmin()) + 1


@pytest.mark.parametrize("height", [0.5, 14.1, 14.2, 100.0, 1000.0, 74920.83])
def test_the_argument_is_that_of_mpmath(height: float) -> None:
    wanted = mpmath.nzeros(height) - mpmath.siegeltheta(height) / mpmath.pi - 1
    assert zeta.argument(height) == pytest.approx(float(wanted), abs=1e-10)


def test_the_argument_rises_by_one_at_a_zero_and_averages_nothing() -> None:
    some = zeros[:200]
    assert (zeta.argument(some + 1e-9) - zeta.argument(some - 1e-9)).round(6).tolist() == [1.0] * 200
    assert abs(zeta.argument(np.linspace(20, 2500, 20_000)).mean()) < 0.01


def test_a_frame_has_a_row_for_each_zero() -> None:
    frame = zeta.zeros(5, 4).to_frame()
    assert list(frame.columns) == ["ordinal", "height", "low", "gap"]
    assert np.asarray(frame["ordinal"]).tolist() == [5, 6, 7, 8]
    assert np.isnan(np.asarray(frame["gap"])).tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: zeta.zeros_between(5, 4), "high must be at least low, 5.0, got 4.0"),
        (lambda: zeta.zeros_between(float("nan"), 4), "NaN|nan"),
        (lambda: zeta.zeros(0), "start must be at least 1, got 0"),
        (lambda: zeta.zeros(1).decimals(-1), "digits must be at least 0, got -1"),
        (lambda: zeta.argument(-1.0), "t must be at least 0, got -1.0"),
        (lambda: zeta.ordinal_at(float("nan")), "NaN|nan"),
    ],
)
def test_what_is_wrong_is_named(call, text: str) -> None:
    with pytest.raises(AnetError, match=text):
        call()
