"""What a rule sees: two models and what was measured of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite.merge.models import Model
    from anet_lite.merge.report import PairReport
    from anet_lite.merge.tensor_report import TensorReport


@dataclass(frozen=True)
class Pair:
    """Two models, their base, and what was measured of them."""

    report: PairReport
    first: Model
    second: Model
    base: Model | None

    @property
    def letters(self) -> tuple[str, str]:
        """Their letters."""
        return self.report.models

    @property
    def models(self) -> tuple[tuple[str, Model], tuple[str, Model]]:
        """Each with its letter."""
        return (self.letters[0], self.first), (self.letters[1], self.second)

    @property
    def matrices(self) -> list[TensorReport]:
        """The tensors whose cosine is judged."""
        return [tensor for tensor in self.report.tensors if tensor.is_matrix]
