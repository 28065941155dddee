"""What a merge check says: of each pair of models, and in a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.one_line import one_line
from anet_lite.merge.tensor_report import cosine_of, ratio_of

if TYPE_CHECKING:
    from anet_lite.merge.finding import Finding
    from anet_lite.merge.tensor_report import TensorReport


@dataclass(frozen=True, repr=False)
class PairReport:
    """Two models, over all tensors that both have."""

    models: tuple[str, str]
    """Their letters."""
    tensors: tuple[TensorReport, ...]

    @property
    def distance(self) -> float:
        """As of a tensor: 0 for equal models, √2 for unrelated ones of equal norms."""
        mean = (self._sum("squares", 0) + self._sum("squares", 1)) / 2
        return sqrt(sum(tensor.distance_squares for tensor in self.tensors) / mean) if mean else 0.0

    @property
    def change_cosine(self) -> float:
        """The cosine of the two changes since the base; NaN without one."""
        products = sum(tensor.change_products for tensor in self._based)
        return cosine_of(products, *self.change_squares)

    @property
    def ratio(self) -> float:
        """The norm of the second's change over that of the first's; NaN without a base."""
        return ratio_of(*self.change_squares)

    @property
    def balanced_alpha(self) -> float:
        """The weight of the second at which both changes are as large: a place to begin, no answer."""
        first, second = map(sqrt, self.change_squares)
        return first / (first + second) if first + second else nan

    @property
    def conflict(self) -> float:
        """The share of opposite changes, of what both changed: to be known, never to be judged by."""
        opposed, moved = (sum(tensor.signs[place] for tensor in self.tensors) for place in (0, 1))
        return opposed / moved if moved else nan

    @property
    def rounding(self) -> float:
        """What part of the change is lost when the average is stored in the first model's type."""
        lost, changed = (sum(tensor.rounding_squares[place] for tensor in self.tensors) for place in (0, 1))
        return sqrt(lost / changed) if changed else nan

    @property
    def change_squares(self) -> tuple[float, float]:
        """The squared norms of the changes since the base; NaN without one."""
        if not self._based:
            return nan, nan
        return sum(each.change_squares[0] for each in self._based), sum(each.change_squares[1] for each in self._based)

    @property
    def _based(self) -> list[TensorReport]:
        return [tensor for tensor in self.tensors if tensor.change_squares[0] == tensor.change_squares[0]]

    def _sum(self, name: str, place: int) -> float:
        return sum(getattr(tensor, name)[place] for tensor in self.tensors)

    def to_dict(self) -> dict[str, Any]:
        """Return the measures over all tensors as plain types."""
        names = ("distance", "change_cosine", "ratio", "balanced_alpha", "conflict", "rounding")
        return {"models": list(self.models), **{name: getattr(self, name) for name in names}}

    def __repr__(self) -> str:
        return f"<PairReport {'-'.join(self.models)}: {len(self.tensors)} tensors, distance {self.distance:.3g}>"


@dataclass(frozen=True, repr=False)
class MergeReport:
    """What stands between models and their merge. ``print`` tells it in words."""

    verdict: str
    """``stop``: an average would be broken; ``warn``: look first; ``ok``: nothing was found that weights can tell."""
    findings: tuple[Finding, ...]
    """The worst first."""
    pairs: tuple[PairReport, ...]
    """A with B, A with C, ..., B with C, ..."""
    paths: dict[str, str]
    """The path of each model by its letter, and of the ``base``."""

    def explain(self, lang: str = "en") -> str:
        """Return the verdict and the findings in lines of text, English or Japanese.

        Raises:
            AnetValueError: ``lang`` is neither ``en`` nor ``ja``.

        """
        from anet_lite.merge.words import report_lines

        return "\n".join(map(one_line, report_lines(self, lang)))

    def plot(self, path: str | PathLike[str]) -> None:
        """Draw cosines and changes by layer into a file whose ending says its form.

        Raises:
            ImportError: matplotlib is not installed.
            OSError: The file cannot be written.

        """
        from anet_lite.merge.plot.check import draw

        draw(self, fspath(path))

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain types that JSON carries."""
        tensors = [{"models": list(pair.models), **tensor.to_dict()} for pair in self.pairs for tensor in pair.tensors]
        said = {
            "verdict": self.verdict,
            "models": self.paths,
            "findings": [finding.to_dict() for finding in self.findings],
            "pairs": [pair.to_dict() for pair in self.pairs],
            "tensors": tensors,
        }
        found = to_jsonable(said)
        return found if isinstance(found, dict) else {}

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return f"<MergeReport: {self.verdict}, {len(self.findings)} findings in {len(self.pairs)} pairs>"
