"""A row of the table of causes."""

from __future__ import annotations

from typing import NamedTuple


class Clause(NamedTuple):
    """What is added to the reason where a feature was found: said only where it is known."""

    feature: str
    en: str
    ja: str


class Cause(NamedTuple):
    """One thing that can be wrong with a run."""

    name: str
    """A stable name, such as ``rate_too_high``."""
    weights: dict[str, float]
    """How much each feature of a snapshot counts for it, by the feature's name; below 0 it counts against it.

    A rule's name is a feature, from its onset on and while it fires; ``anet_lite.diagnosis.features`` adds others."""
    en: tuple[str, str, str]
    """What it is, why it is likely, what to do next."""
    ja: tuple[str, str, str]
    """The same in Japanese."""
    clauses: tuple[Clause, ...] = ()
    """What else speaks for it."""


NO_RISE = Clause("rate_steady", "; the rate has not risen in the last 64 rows", "。直近64行で学習率は上がっていない")
"""Said only where so many rates are known."""
