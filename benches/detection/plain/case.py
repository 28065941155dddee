"""A plain case: a stream that every operator knows, once healthy and once with what happens to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from detection.series import Floats


class Twins(NamedTuple):
    """The same stream without and with what happens to it: shape (n,), or (n, channels)."""

    clean: Floats
    changed: Floats
    labels: NDArray[np.bool_]
    """Where it happens in ``changed``."""


@dataclass(frozen=True)
class Case:
    """How to make the twins, and what a user of such a stream would tell a detector."""

    name: str
    make: Callable[[np.random.Generator], Twins]
    options: Mapping[str, object] = field(default_factory=dict)
    """Arguments of ``StreamDetector``, where the case is about them."""
    silent: int = 500
    """Points at the start that are not judged."""
    quiet: bool = False
    """Whether what happens is harmless, so that it must not alarm."""

    def twins(self, seed: int) -> Twins:
        """Return the twins of a seed, which are the same wherever the case stands in the list."""
        return self.make(np.random.default_rng([seed, *self.name.encode()]))


def marked(length: int, *events: tuple[int, int]) -> NDArray[np.bool_]:
    """Return labels that are true from the first to before the last point of each event."""
    labels = np.zeros(length, bool)
    for first, last in events:
        labels[first:last] = True
    return labels
