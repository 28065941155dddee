"""The way between models: places, losses, barriers and pictures with known answers."""

from __future__ import annotations

import json
from math import inf, isnan, nan
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import weight_files as files
from anet_lite import AnetError, merge

if TYPE_CHECKING:
    from pathlib import Path

ZERO, ONE = {"w": np.zeros(1), "v": np.zeros(1)}, {"w": np.ones(1), "v": np.ones(1)}


def bump(weights: dict[str, Any]) -> float:
    x = weights["w"][0]
    return float(x * (1 - x))


def test_a_parabola_has_the_barrier_of_a_quarter() -> None:
    found = merge.path([ZERO, ONE], bump, alphas=5)
    assert (found.barrier, found.reading) == (0.25, "bump")
    assert found.mean.tolist() == [0, 3 / 16, 0.25, 3 / 16, 0]
    assert found.safe.tolist() == [True, False, False, False, True]


def test_a_valley_between_two_slopes_is_no_barrier() -> None:
    found = merge.path(
        [ZERO, ONE], lambda w: {"x": w["w"][0] ** 2, "y": (1 - w["w"][0]) ** 2}, alphas=[0, 0.25, 0.5, 1]
    )
    assert (found.barrier, found.reading, found.best) == (0.0, "valley", (0.5, 0.5))
    assert found.data_sets == ("x", "y")
    assert found.alphas.tolist() == [0, 0.25, 0.5, 1]


def test_safe_is_where_no_data_set_is_worse_than_the_base() -> None:
    base = {"w": np.full(1, 0.5), "v": np.zeros(1)}
    found = merge.path([ZERO, ONE], lambda w: [w["w"][0], 0.5], base=base)
    assert found.safe_range == (0.0, 0.5)
    assert found.base_losses is not None
    assert found.base_losses.tolist() == [0.5, 0.5]
    assert "Safe: alpha from 0 to 0.5." in found.explain()


def test_the_tolerance_widens_what_is_safe() -> None:
    ranges = [merge.path([ZERO, ONE], lambda w: w["w"][0], tolerance=t).safe_range for t in (0.0, 0.35)]
    assert ranges == [(0.0, 0.0), (0.0, pytest.approx(0.3))]


def test_a_loss_that_is_not_finite_is_infinite_and_never_safe() -> None:
    found = merge.path([ZERO, ONE], lambda w: nan if 0.3 < w["w"][0] < 0.7 else w["w"][0])
    assert found.barrier == inf
    assert not found.safe[5]
    ends = merge.path([ZERO, ONE], lambda w: nan if w["w"][0] == 1 else 0.0)
    assert isnan(ends.barrier)
    assert ends.reading == "not_finite"
    assert "no barrier to be told" in ends.explain()
    assert json.dumps(found.to_dict())


def test_each_layer_is_moved_alone() -> None:
    found = merge.path([ZERO, ONE], lambda w: 4 * bump(w) + w["v"][0], layers=True, alphas=3)
    assert found.layers == ("v", "w")
    assert found.layer_losses.tolist() == [[0, 0.5, 1], [0, 1, 0]]
    assert "Moved alone, v harms most: a mean loss of up to 1." in found.explain()
    assert "層はv" in found.explain("ja")


def test_no_layer_is_blamed_where_none_harms() -> None:
    found = merge.path([ZERO, ONE], lambda w: 3.0 - w["w"][0] - w["v"][0], layers=True)
    said = "No layer that is moved alone lifts the mean loss above that of the first model, 3."
    assert said in found.explain()
    assert "層はありません" in found.explain("ja")


def test_three_models_span_a_triangle() -> None:
    corners = [{"w": np.eye(3)[n]} for n in range(3)]
    found = merge.path(corners, lambda w: float(w["w"] @ [1, 2, 3]), alphas=6)
    assert len(found.weights) == 21
    np.testing.assert_allclose(found.weights.sum(axis=1), 1)
    assert found.best == (1.0, 0.0, 0.0)
    assert found.barrier == pytest.approx(0, abs=1e-12)
    assert found.safe_range is None
    assert "Best of the places measured: 1 A + 0 B + 0 C" in found.explain()


@given(st.lists(st.floats(-5, 5), min_size=11, max_size=11))
def test_the_barrier_is_at_least_zero_and_what_its_formula_says(losses: list[float]) -> None:
    found = merge.path([ZERO, ONE], lambda w: losses[round(10 * w["w"][0])])
    want = max(loss - (losses[0] + n / 10 * (losses[10] - losses[0])) for n, loss in enumerate(losses))
    assert found.barrier == pytest.approx(max(0, want), abs=1e-9)
    assert found.reading in ("bump", "valley", "slope")


def test_mix_is_the_weighted_sum_of_files_and_of_arrays(tmp_path: Path) -> None:
    a, b = files.base(1), files.base(2)
    paths = [files.model(tmp_path / name, arrays) for name, arrays in (("a", a), ("b", b))]
    for models in (paths, [a, b]):
        mixed = dict(merge.mix(*models, 0.25, layers="blocks"))
        for name, array in mixed.items():
            alpha = 0.25 if "blocks" in name else 0.0
            np.testing.assert_allclose(array, (1 - alpha) * a[name] + alpha * b[name], rtol=1e-5, atol=1e-6)


def test_an_end_of_the_way_does_not_feel_what_is_broken_in_the_other_model() -> None:
    broken = {"w": np.full(1, nan), "v": np.ones(1)}
    assert dict(merge.mix(ZERO, broken, 0.0))["w"].tolist() == [0.0]
    mixed = dict(merge.mix(ZERO, ONE, 0))["w"]
    mixed[0] = 7
    assert ZERO["w"][0] == 0


def test_wrong_arguments_of_mix_are_named() -> None:
    with pytest.raises(AnetError, match="alpha must be finite, got nan"):
        merge.mix(ZERO, ONE, nan)
    with pytest.raises(AnetError, match="alpha must be a real number, got str"):
        merge.mix(ZERO, ONE, "1")  # type: ignore[arg-type]
    with pytest.raises(AnetError, match=r"layers must be a regular expression, got '\(': missing \)"):
        merge.mix(ZERO, ONE, 0.5, "(")
    with pytest.raises(AnetError, match="a and b must have the same tensors, got v in one of them only"):
        merge.mix(ZERO, {"w": np.ones(1)}, 0.5)
    with pytest.raises(AnetError, match=r"models must have tensors of one shape, got \[\(1,\), \(2,\)\] for w"):
        dict(merge.mix(ZERO, {"w": np.ones(2), "v": np.ones(1)}, 0.5))


def test_wrong_arguments_of_path_are_named() -> None:
    for arguments, text in (
        ({"models": [ZERO]}, "models must be 2 or 3, got 1"),
        ({"models": [ZERO, ONE, ONE], "layers": True}, "layers must be False for three models"),
        ({"models": [ZERO, ONE, ONE], "alphas": [0, 1]}, "alphas must be an integer for three models"),
        ({"models": [ZERO, ONE], "alphas": 1}, "alphas must be at least 2, got 1"),
        (
            {"models": [ZERO, ONE], "alphas": [0.5, 1]},
            r"alphas must be finite and hold both ends, 0 and 1, got \[0.5, 1.0\]",
        ),
        ({"models": [ZERO, ONE], "alphas": ["x"]}, "alphas must be an integer or a list of numbers, got list"),
        ({"models": "a"}, "models must be a list, got str"),
        ({"models": [ZERO, ONE], "losses": lambda _: "x"}, "losses must return numbers, got str"),
        (
            {"models": [ZERO, ONE], "losses": lambda _: []},
            r"losses must return one number a data set, got shape \(0,\)",
        ),
        (
            {"models": [ZERO, ONE], "losses": lambda w: [1] * (1 + int(w["w"][0]))},
            "losses must give the same data sets",
        ),
    ):
        with pytest.raises(AnetError, match=text):
            merge.path(**{"losses": bump, **arguments})


def test_activations_tell_a_collapse_without_labels() -> None:
    random = np.random.default_rng(0)
    inputs, w = random.standard_normal((32, 10)), random.standard_normal((10, 40))

    def activations(weights: dict[str, Any]) -> dict[str, Any]:
        return {"hidden": np.maximum(inputs @ weights["w"], 0)}

    near = merge.probe({"w": w}, {"w": w + 0.05 * random.standard_normal(w.shape)}, activations)
    assert near.verdict == "ok"
    assert near.variance_ratio[0] == pytest.approx(1, abs=0.05)
    other = merge.probe({"w": w}, {"w": w[:, random.permutation(40)]}, activations)
    assert other.verdict == "warn"
    assert other.layers == ("hidden",)
    itself = merge.probe({"w": w}, {"w": w}, activations)
    assert (itself.cka, itself.variance_ratio) == ((pytest.approx(1),), (pytest.approx(1),))


def test_wrong_activations_are_named() -> None:
    for found, text in (
        (7, "activations must return a list or a mapping of arrays, got int"),
        ([np.ones(3)], r"activations must be inputs by units, with 2 inputs or more, got \(3,\) for 0"),
        ([], "activations must return the same layers for all weights, at least one"),
    ):
        with pytest.raises(AnetError, match=text):
            merge.probe(ZERO, ONE, lambda _, found=found: found)


@pytest.mark.parametrize("name", ["two", "base", "three", "infinite"])
def test_pictures_are_drawn(tmp_path: Path, name: str) -> None:
    pytest.importorskip("matplotlib")
    corners = [{"w": np.eye(3)[n]} for n in range(3)]
    found = {
        "two": lambda: merge.path([ZERO, ONE], bump, layers=True),
        "base": lambda: merge.path([ZERO, ONE], lambda w: [bump(w), 0.1], base=ZERO),
        "three": lambda: merge.path(corners, lambda w: float((w["w"] ** 2).sum())),
        "infinite": lambda: merge.path([ZERO, ONE], lambda w: inf if bump(w) > 0.2 else 1.0, layers=True),
    }[name]()
    found.plot(tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
