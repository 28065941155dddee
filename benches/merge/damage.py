"""Ways in which a model becomes one that cannot be averaged with its kin, each known."""

from __future__ import annotations

from typing import Callable

import numpy as np

Array = np.ndarray
Arrays = dict[str, Array]
Damage = Callable[[Arrays, Arrays, Arrays, np.random.Generator], Arrays]
"""From a model, its base and a model of another start to what is left of it."""


def matrices(arrays: Arrays) -> list[str]:
    """Return the names of hidden matrices: tables of tokens and places are no layers."""
    return [name for name, array in arrays.items() if array.ndim == 2 and min(array.shape) >= 8 and "table" not in name]


def one(change: Callable[[Array, Array, Array, np.random.Generator], Array]) -> Damage:
    """Change one matrix, drawn at random."""

    def damaged(model: Arrays, base: Arrays, alien: Arrays, rng: np.random.Generator) -> Arrays:
        name = str(rng.choice(matrices(model)))
        return {**model, name: change(model[name], base[name], alien[name], rng)}

    return damaged


def scaled(factor: float) -> Damage:
    return one(lambda w, _o, _a, _r: factor * w)


def noised(size: float) -> Damage:
    return one(lambda w, _o, _a, rng: w + size * w.std() * rng.normal(size=w.shape))


def with_nan(w: Array, _o: Array, _a: Array, _r: np.random.Generator) -> Array:
    w = w.copy()
    w[0, 0] = np.nan
    return w


def quantised(bits: int) -> Damage:
    """Round every matrix to as many levels, between its extremes."""

    def damaged(model: Arrays, _base: Arrays, _alien: Arrays, _rng: np.random.Generator) -> Arrays:
        found = dict(model)
        for name in matrices(model):
            step = 2 * np.abs(model[name]).max() / (2**bits - 1)
            found[name] = step * np.round(model[name] / step)
        return found

    return damaged


def low_rank(rank: int, factor: float) -> Damage:
    """Keep the leading part of every matrix' change, at a wrong scale, as an adapter with a wrong alpha."""

    def damaged(model: Arrays, base: Arrays, _alien: Arrays, _rng: np.random.Generator) -> Arrays:
        found = dict(model)
        for name in matrices(model):
            u, s, v = np.linalg.svd(model[name] - base[name], full_matrices=False)
            found[name] = base[name] + factor * (u[:, :rank] * s[:rank]) @ v[:rank]
        return found

    return damaged


def hidden(model: Arrays) -> list[tuple[str, str]]:
    """Return which matrix feeds which, where nothing stands between them but what works unit by unit."""
    return [
        (one, other)
        for one, other in (("0", "1"), ("1", "2"), ("2", "3"), ("up", "down"))
        if f"{other}.weight" in model
    ]


def permuted(layers: int) -> Damage:
    """Put the hidden units of some layers into another order: the net computes the same."""

    def damaged(model: Arrays, _base: Arrays, _alien: Arrays, rng: np.random.Generator) -> Arrays:
        found = dict(model)
        for one, other in hidden(model)[:layers]:
            order = rng.permutation(len(found[f"{one}.bias"]))
            found |= {f"{one}.{kind}": found[f"{one}.{kind}"][order] for kind in ("weight", "bias")}
            found[f"{other}.weight"] = found[f"{other}.weight"][:, order]
        return found

    return damaged


def rescaled(model: Arrays, _base: Arrays, _alien: Arrays, _rng: np.random.Generator) -> Arrays:
    """Multiply a layer and divide the next: the net computes the same."""
    one, other = hidden(model)[-1]
    found = {**model, **{f"{one}.{kind}": 4 * model[f"{one}.{kind}"] for kind in ("weight", "bias")}}
    return {**found, f"{other}.weight": found[f"{other}.weight"] / 4}


def swapped(model: Arrays, _base: Arrays, _alien: Arrays, _rng: np.random.Generator) -> Arrays:
    """Exchange two matrices of one shape."""
    names = matrices(model)
    pairs = [(a, b) for at, a in enumerate(names) for b in names[at + 1 :] if model[a].shape == model[b].shape]
    first, second = pairs[0]
    return {**model, first: model[second], second: model[first]}


def other_tokens(part: float) -> Damage:
    """Exchange the rows of a part of the tokens in the table, and in the head."""

    def damaged(model: Arrays, _base: Arrays, _alien: Arrays, rng: np.random.Generator) -> Arrays:
        order, count = np.arange(len(model["table.weight"])), int(part * len(model["table.weight"]))
        chosen = rng.choice(len(order), count, replace=False)
        order[chosen] = np.roll(chosen, 1)
        return {**model, **{name: model[name][order] for name in ("table.weight", "head.weight", "head.bias")}}

    return damaged


def missing(model: Arrays, _base: Arrays, _alien: Arrays, _rng: np.random.Generator) -> Arrays:
    name = matrices(model)[-1]
    return {key: array for key, array in model.items() if key != name}


def nothing(model: Arrays, _base: Arrays, _alien: Arrays, _rng: np.random.Generator) -> Arrays:
    return model


DAMAGES: dict[str, Damage] = {
    "all of another start": lambda _m, _o, alien, _r: alien,
    "units of a layer permuted": permuted(1),
    "units of all layers permuted": permuted(3),
    "rescaled, the function kept": rescaled,
    "one matrix of another start": one(lambda _w, _o, alien, _r: alien),
    "one matrix all zero": one(lambda w, _o, _a, _r: 0 * w),
    "one number NaN": one(with_nan),
    "a matrix missing": missing,
    "two layers swapped": swapped,
    **{f"one matrix times {factor:g}": scaled(factor) for factor in (0.25, 0.5, 2.0, 4.0, 16.0)},
    **{f"noise of {size:g} sd in one matrix": noised(size) for size in (0.3, 1.0)},
    **{f"all matrices in {bits} bits": quantised(bits) for bits in (4, 3)},
    **{f"a change of rank 4 times {factor:g}": low_rank(4, factor) for factor in (4.0, 16.0)},
    **{f"{part:.0%} of the tokens exchanged": other_tokens(part) for part in (0.05, 1.0)},
}
"""By name; those of tokens are of the transformer alone, those of units not of the recurrent net."""


def fits(name: str, model: Arrays) -> bool:
    """Whether a damage can be done to a model."""
    if "tokens" in name:
        return "table.weight" in model
    return bool(hidden(model)) or ("permuted" not in name and "rescaled" not in name)
