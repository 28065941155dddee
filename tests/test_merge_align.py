"""Units that sit elsewhere are put back, and what cannot be put back is left and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weight_files as files
from anet_lite import AnetError, merge

if TYPE_CHECKING:
    from pathlib import Path

BASE = files.base()
A, B = files.moved(BASE, 1), files.moved(BASE, 2)


def chain(sides: list[int], seed: int) -> files.Arrays:
    """Return a perceptron."""
    random = np.random.default_rng(seed)
    layers = list(zip(sides[1:], sides))
    weights = {f"net.{n}.weight": random.standard_normal(shape) for n, shape in enumerate(layers)}
    return {**weights, **{f"net.{n}.bias": random.standard_normal(rows) for n, (rows, _) in enumerate(layers)}}


def output(net: files.Arrays, inputs: np.ndarray) -> np.ndarray:
    layers = len(net) // 2
    for n in range(layers):
        inputs = inputs @ net[f"net.{n}.weight"].T + net[f"net.{n}.bias"]
        inputs = np.maximum(inputs, 0) if n < layers - 1 else inputs
    return inputs


def shuffled(net: files.Arrays, seed: int) -> files.Arrays:
    """Return a net that computes the same with all hidden units elsewhere."""
    random, found = np.random.default_rng(seed), dict(net)
    for n in range(len(net) // 2 - 1):
        order = random.permutation(len(found[f"net.{n}.bias"]))
        found[f"net.{n}.weight"], found[f"net.{n}.bias"] = (
            found[f"net.{n}.weight"][order],
            found[f"net.{n}.bias"][order],
        )
        found[f"net.{n + 1}.weight"] = found[f"net.{n + 1}.weight"][:, order]
    return found


def same(found: merge.Alignment, wanted: files.Arrays) -> bool:
    return all(np.array_equal(found.tensors[name], array) for name, array in wanted.items())


@given(seed=st.integers(0, 1000), width=st.integers(16, 60), depth=st.integers(1, 4))
@settings(max_examples=30)
def test_every_hidden_unit_of_a_perceptron_is_put_back(seed: int, width: int, depth: int) -> None:
    a = chain([24, *[width] * depth, 6], seed)
    b = files.moved(a, seed + 1, 0.05)
    moved = shuffled(b, seed + 2)
    found = merge.align(a, moved)
    assert same(found, b)
    assert len(found.undone) == depth
    inputs = np.random.default_rng(0).standard_normal((5, 24))
    np.testing.assert_allclose(output(found.tensors, inputs), output(moved, inputs), rtol=1e-9)


def test_blocks_of_a_file_are_put_back_and_the_check_is_content(tmp_path: Path) -> None:
    moved = files.permuted(files.permuted(B, 0, 1), 2, 2)
    paths = [files.model(tmp_path / name, arrays) for name, arrays in (("a", A), ("b", moved))]
    assert merge.compare(paths).verdict == "stop"
    found = merge.align(*paths)
    assert same(found, {name: array.astype("f4") for name, array in B.items()})
    merge.save(tmp_path / "aligned", found.tensors)
    assert merge.compare([paths[0], tmp_path / "aligned"]).verdict == "ok"
    found_axes = {order.axes[:2] for order in found.undone}
    assert found_axes == {((f"blocks.{n}.up.weight", 0), (f"blocks.{n}.down.weight", 1)) for n in (0, 2)}


def test_channels_of_convolutions_and_their_norms_are_put_back() -> None:
    random = np.random.default_rng(0)
    a = {
        "conv1.weight": random.standard_normal((20, 3, 3, 3)), "bn1.weight": random.standard_normal(20),
        "bn1.running_var": random.random(20), "conv2.weight": random.standard_normal((30, 20, 3, 3)),
    }  # fmt: skip
    order = random.permutation(20)
    b = {name: array[order] if "1" in name else array[:, order] for name, array in a.items()}
    assert same(merge.align(a, b), a)


def test_a_residual_stream_is_put_back() -> None:
    order = np.random.default_rng(4).permutation(32)
    moved = {name: array[..., order] if array.shape[-1] == 32 else array for name, array in B.items()}
    moved |= {name: array[order] for name, array in moved.items() if name.endswith("down.weight")}
    moved["norm.weight"] = B["norm.weight"][order]
    assert same(merge.align({**A, "norm.weight": B["norm.weight"]}, moved), B)


@pytest.mark.parametrize("name", ["embed.weight", "head.weight"])
def test_an_order_on_one_side_alone_is_left(name: str) -> None:
    order = np.random.default_rng(0).permutation(len(B[name]))
    found = merge.align(A, {**B, name: B[name][order]})
    assert (found.undone, [order.axes for order in found.left]) == ((), [((name, 0),)])
    assert np.array_equal(found.tensors[name], B[name][order])
    assert np.array_equal(order[found.left[0].order], np.arange(len(order)))
    assert "left as it is, since only inputs or only outputs have moved" in found.explain()
    assert "そのまま" in found.explain("ja")


def test_models_of_other_starts_and_equal_ones_are_left_as_they_are() -> None:
    for other in (files.base(7), B):
        found = merge.align(A, other)
        assert (found.undone, found.left) == ((), ())
        assert same(found, other)
        assert str(found) == "No order of units could be undone."


def test_dead_units_do_not_stand_in_the_way() -> None:
    a = chain([24, 40, 6], 0)
    a["net.0.weight"][:4] = 0
    assert merge.align(a, shuffled(a, 1)).distance[1] < 0.3


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(AnetError, match="a and b must have a tensor of one shape in common, got none"):
        merge.align({"x": np.ones(3)}, {"x": np.ones(4)})
    with pytest.raises(AnetError, match="b must be a path or a mapping of arrays, got int"):
        merge.align({"x": np.ones(3)}, 7)  # type: ignore[arg-type]
    with pytest.raises(AnetError, match="a must hold tensors of floating-point numbers, got none"):
        merge.align({"x": np.ones(3, int)}, {"x": np.ones(3)})
