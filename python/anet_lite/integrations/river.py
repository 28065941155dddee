"""The stream detector as an anomaly detector of River (https://riverml.xyz), version 0.26 or later."""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Any

from river.base import AnomalyDetector

from anet_lite._native import Detection, StreamDetector

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

__all__ = ["RiverStreamDetector"]


class RiverStreamDetector(AnomalyDetector):
    """Scores one feature of each observation by what came before it.

    River asks for a score first and lets the model learn later, or never. ``score_one`` leaves the detector as it is;
    ``learn_one`` takes the observation in. An observation that was just scored is not computed again.

    Args:
        feature: Key of the number in an observation; None where each observation has a single one. An observation
            without it is a missing sample.
        seed: Key of the hash; this and what follows as for ``StreamDetector``.
        words: Whether there is a part ``words``.
        long: Whether there are the parts over block means.
        own_line: Whether the stream raises its own line.

    Example:
        >>> from anet_lite.integrations.river import RiverStreamDetector
        >>> model = RiverStreamDetector("load")
        >>> for t in range(300):
        ...     model.learn_one({"load": float(t % 7)})
        >>> model.score_one({"load": 3.0 + 300 % 7}) > model.score_one({"load": float(300 % 7)})
        True

    """

    def __init__(
        self,
        feature: Hashable | None = None,
        seed: str = "rh_sparse",
        words: bool = True,
        long: bool = True,
        own_line: bool = True,
    ) -> None:
        self.feature = feature
        self.seed = seed
        self.words = words
        self.long = long
        self.own_line = own_line
        self._detector = StreamDetector(seed, words, long, own_line)
        self._ahead: tuple[float | None, StreamDetector, Detection] | None = None

    def score_one(self, x: Mapping[Hashable, Any]) -> float:
        """Return the score of an observation, 0.0 where its number is missing; nothing is learned."""
        detection = self._look_ahead(self._number(x))[2]
        return 0.0 if math.isnan(detection.score) else detection.score

    def p_value_one(self, x: Mapping[Hashable, Any]) -> float:
        """Return the p-value of an observation, NaN where its number is missing; nothing is learned."""
        return self._look_ahead(self._number(x))[2].p_value

    def learn_one(self, x: Mapping[Hashable, Any]) -> None:
        """Learn an observation."""
        self._detector = self._look_ahead(self._number(x))[1]
        self._ahead = None

    def _number(self, x: Mapping[Hashable, Any]) -> float | None:
        if self.feature is not None:
            return x.get(self.feature)
        if len(x) != 1:
            raise ValueError(
                f"feature must be named where an observation has not one number, got {sorted(map(str, x))}"
            )
        return next(iter(x.values()))

    def _look_ahead(self, number: float | None) -> tuple[float | None, StreamDetector, Detection]:
        if self._ahead is None or self._ahead[0] != number:
            detector = copy.copy(self._detector)
            self._ahead = (number, detector, detector.push(number))
        return self._ahead
