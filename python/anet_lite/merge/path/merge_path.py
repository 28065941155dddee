"""Losses on the way between models, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

_BUMP = 0.05
"""The part of the spread of losses that a barrier must exceed to be told. Of 405 clean pairs none exceeded .041."""


@dataclass(frozen=True, repr=False)
class MergePath:
    """The losses of places between two models, or three. A loss that is not finite counts as infinite."""

    weights: NDArray[float64]
    """Places by models: the weight of each; rows sum to 1."""
    losses: NDArray[float64]
    """Places by data sets."""
    data_sets: tuple[str, ...]
    base_losses: NDArray[float64] | None
    """Of the base, a number a data set."""
    tolerance: float
    layers: tuple[str, ...]
    layer_losses: NDArray[float64]
    """Layers by places: the mean loss with one layer moved, the rest staying the first model."""

    @property
    def alphas(self) -> NDArray[float64]:
        """The weight of the last model at each place."""
        return self.weights[:, -1]

    @property
    def mean(self) -> NDArray[float64]:
        """J: the mean over data sets, at each place."""
        import numpy as np

        return np.where(np.isfinite(self.losses), self.losses, inf).mean(axis=1)

    @property
    def ends(self) -> NDArray[float64]:
        """J of the models themselves."""
        return self.mean[self.weights.argmax(axis=0)]

    @property
    def barrier(self) -> float:
        """The largest J(w) - Σ wᵢ J(model i): how far the losses rise above the straight way (Frankle et al., 2020).

        Places with a negative weight are left out; NaN where a model itself has no finite loss.
        """
        import numpy as np

        inside = (self.weights >= 0).all(axis=1)
        if not np.isfinite(self.ends).all():
            return float("nan")
        return float((self.mean - self.weights @ self.ends)[inside].max())

    @property
    def best(self) -> tuple[float, ...]:
        """The weights at which J is least."""
        return tuple(self.weights[int(self.mean.argmin())].tolist())

    @property
    def safe(self) -> NDArray[bool_]:
        """Whether each place is safe.

        With a base: no data set has a larger loss than the base. Without one: J is at most that of the best model plus
        the tolerance.
        """
        import numpy as np

        if self.base_losses is not None:
            return np.asarray((self.losses <= self.base_losses).all(axis=1))
        return np.less_equal(self.mean, self.ends.min() + self.tolerance)

    @property
    def safe_range(self) -> tuple[float, float] | None:
        """The longest run of safe places of two models, by the weight of the second; None where none is safe."""
        runs: list[list[float]] = [[]]
        for alpha, safe in zip(self.alphas.tolist(), self.safe.tolist()):
            if safe:
                runs[-1].append(alpha)
            elif runs[-1]:
                runs.append([])
        longest = max(runs, key=lambda run: (run[-1] - run[0], 1) if run else (-1, 0))
        return (longest[0], longest[-1]) if longest and self.weights.shape[1] == 2 else None

    @property
    def reading(self) -> str:
        """What the way looks like.

        ``bump``: a barrier between models; ``valley``: an average is better than each of them; ``slope``: from the
        better to the worse; ``not_finite``: a model itself has no finite loss.
        """
        import numpy as np

        if not np.isfinite(self.ends).all():
            return "not_finite"
        finite = self.mean[np.isfinite(self.mean)]
        spread = float(finite.max() - finite.min())
        if self.barrier > _BUMP * spread and self.mean.max() > self.ends.max():
            return "bump"
        return "valley" if self.mean.min() < self.ends.min() else "slope"

    def explain(self, lang: str = "en") -> str:
        """Return what the losses say in lines of text, English or Japanese.

        Raises:
            AnetValueError: ``lang`` is neither ``en`` nor ``ja``.

        """
        from anet_lite.merge.path.texts import lines

        return "\n".join(lines(self, lang))

    def plot(self, path: str | PathLike[str]) -> None:
        """Draw the losses over the way, and the heat map of layers, into a file whose ending says its form.

        Raises:
            ImportError: matplotlib is not installed.
            OSError: The file cannot be written.

        """
        from anet_lite.merge.plot.path import draw

        draw(self, fspath(path))

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain types."""
        from anet_lite._internal.jsonable import to_jsonable

        names = ("weights", "losses", "base_losses", "data_sets", "layers", "layer_losses", "barrier", "best", "safe")
        return {name: to_jsonable(getattr(self, name)) for name in (*names, "safe_range", "reading")}

    def __str__(self) -> str:
        return self.explain()

    def __repr__(self) -> str:
        return f"<MergePath: {len(self.weights)} places, barrier {self.barrier:.3g}, {self.reading}>"
