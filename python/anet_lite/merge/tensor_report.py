"""What one pass says of a tensor of two models."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log, nan, prod, sqrt
from typing import Any

SHORTEST_SIDE = 8
"""Rows and columns that a matrix has at least: of fewer numbers a cosine says little."""


@dataclass(frozen=True)
class RowReport:
    """Cosines of the rows of two matrices."""

    rows: int
    """Rows with a cosine: a row that is all zero has none."""
    median: float
    """To 0.01 below."""
    other: int
    """Rows with a cosine below 0.5."""
    named: tuple[tuple[int, float], ...]
    """The first 16 of those, with their cosines."""


@dataclass(frozen=True)
class TensorReport:
    """Sums over a tensor x of one model and y of another, with o of their base, and what follows from them.

    Numbers that are not finite count as 0. Without a base, what is said of changes is NaN. Of an adapter's module x and
    y are the changes B A of the matrix themselves.
    """

    name: str
    shape: tuple[int, ...]
    dtypes: tuple[str, str]
    squares: tuple[float, float]
    """Σ x² and Σ y²."""
    products: float
    """Σ x y."""
    distance_squares: float
    """Σ (x - y)²."""
    base_squares: float = nan
    """Σ o²."""
    change_squares: tuple[float, float] = (nan, nan)
    """Σ (x - o)² and Σ (y - o)²."""
    change_products: float = nan
    """Σ (x - o)(y - o)."""
    signs: tuple[int, int] = (0, 0)
    """Of one number in eight: where x - o and y - o have opposite signs, and where neither is 0."""
    rounding_squares: tuple[float, float] = (0.0, 0.0)
    """Of the same numbers: what rounding the average to the type of x loses, and what it changed, squared."""
    largest: tuple[float, float] = (nan, nan)
    """The largest abs(x) and abs(y)."""
    not_finite: tuple[int, int, int] = (0, 0, 0)
    """Numbers that are NaN or infinite, in x, y and o."""
    rows: RowReport | None = None
    """Of matrices."""
    is_change: bool = False
    """Whether it is a module of an adapter."""

    @property
    def sides(self) -> tuple[int, int]:
        """Rows and columns: the first axis against all others."""
        rows = self.shape[0] if self.shape else 1
        return rows, prod(self.shape) // rows if rows else 0

    @property
    def is_matrix(self) -> bool:
        """Whether it has at least two axes, and 8 rows and columns, so that its cosine is judged."""
        return len(self.shape) > 1 and min(self.sides) >= SHORTEST_SIDE and not self.is_change

    @property
    def cosine(self) -> float:
        """Σ x y / √(Σ x² Σ y²), NaN where one is all zero."""
        return cosine_of(self.products, *self.squares)

    @property
    def distance(self) -> float:
        """√(Σ (x - y)² / ((Σ x² + Σ y²) / 2)): 0 for equal ones, √2 for orthogonal ones of equal norms."""
        mean = sum(self.squares) / 2
        return sqrt(self.distance_squares / mean) if mean else 0.0

    @property
    def norm_ratio(self) -> float:
        """√(Σ y² / Σ x²)."""
        return ratio_of(*self.squares)

    @property
    def change_cosine(self) -> float:
        """The cosine of the two changes; around 0 for models of different tasks."""
        return cosine_of(self.change_products, *self.change_squares)

    @property
    def change_ratio(self) -> float:
        """√(Σ (y - o)² / Σ (x - o)²)."""
        return ratio_of(*self.change_squares)

    @property
    def log_change_ratio(self) -> float:
        """The logarithm of it; NaN where one did not change."""
        return log(self.change_ratio) if 0 < self.change_ratio < inf else nan

    @property
    def conflict(self) -> float:
        """The share of the numbers that both models changed which they changed to opposite sides."""
        return self.signs[0] / self.signs[1] if self.signs[1] else nan

    @property
    def rounding(self) -> float:
        """What part of the change is lost when the average is stored in the type of x."""
        lost, changed = self.rounding_squares
        return sqrt(lost / changed) if changed else nan

    def to_dict(self) -> dict[str, Any]:
        """Return the measures as plain types."""
        measures = ("cosine", "distance", "norm_ratio", "change_cosine", "change_ratio", "conflict", "rounding")
        named = {name: getattr(self, name) for name in measures}
        other = self.rows.other if self.rows else 0
        return {
            "tensor": self.name,
            "shape": list(self.shape),
            "dtypes": list(self.dtypes),
            **named,
            "other_rows": other,
        }


def cosine_of(products: float, first: float, second: float) -> float:
    """Return the cosine that sums of products and of squares give; NaN where one is all zero, or not known."""
    norm = sqrt(first * second)
    return max(-1.0, min(1.0, products / norm)) if norm > 0 else nan


def ratio_of(first: float, second: float) -> float:
    """Return the ratio of two norms, the second over the first, by their squares."""
    return sqrt(second / first) if first else inf if second else nan
