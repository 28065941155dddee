"""How the components come to the score, as the docstring of ``StreamDetector`` has it, and what is left without some.

Two numbers of that formula are not returned: how well the stream can be forecast, rho, and the share s of it that its
season explains. Both change slowly, and are solved for where the score tells them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from numpy.typing import NDArray

    from detection.series import Floats

CUT, WARMUP = 5.0, 64
UNCUT = ("d4", "flatline", "r1", "r8", "r16", "r32")
SMOOTHED, MOST = 51, 20_000
GRID = np.linspace(0, 1, 101)


class Character(NamedTuple):
    """How well a stream can be forecast, and the share of it that its season explains, at each sample."""

    rho: Floats
    season: Floats


class Group(NamedTuple):
    """Components that count alike: how much at what character, and the weight of each."""

    counts: Callable[[Character], Floats]
    weights: dict[str, float]


class WeightedSum(NamedTuple):
    """Groups of components, and what is added to them."""

    groups: tuple[Group, ...]
    offset: float = 0.0

    def of(self, parts: Mapping[str, Floats], character: Character, left_out: Container[str] = ()) -> Floats:
        """Return the sum without some components; minus infinity where nothing is left of it."""
        kept = [(group, name) for group in self.groups for name in group.weights if name not in left_out]
        terms = [group.counts(character) * group.weights[name] * cut(name, parts) for group, name in kept]
        return np.sum(terms, axis=0) + self.offset if terms else np.full_like(character.rho, -np.inf)


def cut(name: str, parts: Mapping[str, Floats]) -> Floats:
    """Return a component as it is added."""
    return parts[name] if name in UNCUT else np.minimum(parts[name], CUT)


def _always(character: Character) -> Floats:
    return np.ones_like(character.rho)


SAMPLES = WeightedSum(
    (
        Group(_always, {"d4": 1, "d16": 1, "tokens": 1}),
        Group(lambda of: 1 - of.rho, {"d32": 1, "d64": 0.5, "rarity": 2}),
        Group(lambda of: of.rho, {"r1": 1, "r8": 1, "r16": 1, "r32": 1}),
        Group(lambda of: of.rho * (1 + 2 * of.rho**8), {"b2_d16": 1, "b2_d32": 1}),
    )
)
FLATLINE = WeightedSum((Group(_always, {"flatline": 1}),))
EIGHT = WeightedSum((Group(_always, {"b8_d8": 0.8, "b8_d16": 0.8, "b8_d32": 0.4, "b8_rarity": 2}),), -1.0)
SIXTY_FOUR = WeightedSum((Group(_always, {"b64_d4": 1.3, "b64_d8": 1.3, "b64_d16": 0.65, "b64_rarity": 1.3}),), -2.0)
SEASON = WeightedSum((Group(lambda of: of.season, {"season32": 3, "season128": 3}),), -1.0)
SUMS = (SAMPLES, FLATLINE, EIGHT, SIXTY_FOUR, SEASON)

COMPONENTS = frozenset(name for each in SUMS for group in each.groups for name in group.weights)
"""The components that have a part in the score; others only alarm."""


def score_of(parts: Mapping[str, Floats], character: Character, left_out: Container[str] = ()) -> Floats:
    """Return the score as it would be if some components had nothing to say."""
    score = np.max([each.of(parts, character, left_out) for each in SUMS], axis=0)
    score[:WARMUP] = 0.0
    return score


def character(parts: Mapping[str, Floats], score: Floats) -> Character:
    """Solve for rho where only the sum of single samples can be the score, then for s where only the season's can."""
    unknown = Character(np.zeros(len(score)), np.zeros(len(score)))
    fixed = np.max([each.of(parts, unknown) for each in (FLATLINE, EIGHT, SIXTY_FOUR)], axis=0)
    rho = _rho(parts, score, np.flatnonzero(score > fixed + 1e-9))
    others = np.maximum(fixed, SAMPLES.of(parts, Character(rho, unknown.season)))
    whole = SEASON.of(parts, Character(rho, np.ones(len(score)))) - SEASON.offset
    told = np.flatnonzero((score > others + 0.01) & (whole > 0))
    return Character(rho, _smooth(len(score), told, np.clip((score - SEASON.offset)[told] / whole[told], 0, 1)))


def _rho(parts: Mapping[str, Floats], score: Floats, told: NDArray[np.intp]) -> Floats:
    """Return rho for all samples, from those where the sum of single samples is the score at one rho only."""
    told = told[told >= WARMUP]
    told = told[:: max(len(told) // MOST, 1)]
    some = {name: values[told, None] for name, values in parts.items()}
    over = SAMPLES.of(some, Character(np.tile(GRID, (len(told), 1)), np.zeros(1))) - score[told, None]
    crossings = np.diff(over > 0, axis=1)
    zero = np.abs(over[:, 0]) < 1e-9
    once = (crossings.sum(axis=1) == 1) & ~zero
    row, left = np.arange(len(told)), np.argmax(crossings, axis=1)
    before, after = over[row, left], over[row, np.minimum(left + 1, len(GRID) - 1)]
    root = np.where(once, (left + before / np.where(once, before - after, 1.0)) * GRID[1], 0.0)
    return _smooth(len(score), told[once | zero], root[once | zero])


def _smooth(length: int, places: NDArray[np.intp], values: Floats) -> Floats:
    """Return a running median of values at some places for all places; 0 where there are too few."""
    if len(places) < SMOOTHED:
        return np.zeros(length)
    medians = np.median(np.lib.stride_tricks.sliding_window_view(values, SMOOTHED), axis=1)
    return np.interp(np.arange(length), places[SMOOTHED // 2 : len(places) - SMOOTHED // 2], medians)
