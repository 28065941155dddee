"""The zoo is what it says, and the check keeps its promise on one family of each net."""

from __future__ import annotations

import numpy as np
import pytest

from merge import tables
from merge.damage import DAMAGES, fits, matrices
from merge.nets import NETS, arrays_of, flat_of, value_of
from merge.zoo import Family, Pair

ALWAYS = (
    "all of another start",
    "units of a layer permuted",
    "units of all layers permuted",
    "rescaled, the function kept",
    "one matrix of another start",
    "one matrix all zero",
    "one number NaN",
    "a matrix missing",
    "two layers swapped",
    "a base of another start",
    *(f"one matrix times {factor:g}" for factor in (0.25, 0.5, 2.0, 4.0, 16.0)),
)
"""Kinds that are stopped each time."""


@pytest.fixture(scope="module")
def family() -> Family:
    return Family(NETS[0], 0)


@pytest.fixture(scope="module")
def pairs(family: Family) -> list[Pair]:
    return list(family.pairs())


@pytest.mark.parametrize("net", NETS, ids=[net.name for net in NETS])
def test_arrays_and_parameters_are_the_same_numbers(net) -> None:
    model = net.make(np.random.default_rng(0))
    arrays = arrays_of(model, model.flat)
    assert len(arrays) == len(model.shapes)
    assert np.array_equal(flat_of(model, arrays), model.flat)


@pytest.mark.parametrize(
    "kind", ["units of a layer permuted", "units of all layers permuted", "rescaled, the function kept"]
)
def test_what_keeps_the_function_keeps_the_loss(family: Family, kind: str) -> None:
    flat, batch = family.same[0].flat, family.batches[0]
    changed = DAMAGES[kind](arrays_of(family.model, flat), {}, {}, np.random.default_rng(0))
    loss = value_of(family.model, flat_of(family.model, changed), batch)
    assert loss == pytest.approx(value_of(family.model, flat, batch), rel=1e-4)
    assert not np.array_equal(flat_of(family.model, changed), flat)


def test_every_damage_changes_something_and_nothing_of_the_model_itself(family: Family) -> None:
    base, alien = (arrays_of(family.model, flat) for flat in (family.base, family.alien.flat))
    for kind, damage in DAMAGES.items():
        model = arrays_of(family.model, family.same[1].flat)
        if fits(kind, model):
            before = flat_of(family.model, model)
            damaged = damage(model, base, alien, np.random.default_rng(0))
            assert any(
                name not in damaged or not np.array_equal(damaged[name], model[name]) for name in matrices(model)
            )
            assert np.array_equal(flat_of(family.model, model), before)


def test_no_clean_pair_is_stopped_and_what_is_caught_each_time_is_caught(pairs: list[Pair]) -> None:
    assert [pair.kind for pair in pairs if pair.is_clean and pair.verdict == "stop"] == []
    assert {pair.kind for pair in pairs if pair.kind in ALWAYS} == set(ALWAYS)
    assert [pair.kind for pair in pairs if pair.kind in ALWAYS and pair.verdict != "stop"] == []


def test_the_tables_are_complete(pairs: list[Pair]) -> None:
    kinds = {pair.kind for pair in pairs}
    assert len(list(tables.by_kind(pairs))) == 2 + len(kinds)
    assert all(table for table in map(list, (tables.summary(pairs), tables.predictions(pairs))))


def test_the_area_under_a_curve_counts_ties_half() -> None:
    assert tables.auc(np.array([3.0, 1.0, 2.0, 2.0]), np.array([True, False, True, False])) == 0.875
