"""The stream detector and the stream scorer as anomaly detectors of River (https://riverml.xyz), from 0.26 on."""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Any

from river.base import AnomalyDetector

from anet_lite._native import Detection, StreamDetector, StreamScorer
from anet_lite.integrations.detector_options import detector_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

__all__ = ["RiverStreamDetector", "RiverStreamScorer"]


class RiverStreamDetector(AnomalyDetector):
    """Scores one feature of each observation by what came before it.

    River asks for a score first and lets the model learn later, or never. ``score_one`` leaves the detector as it is;
    ``learn_one`` takes the observation in. An observation that was just scored is not computed again.

    The detector's score has no bound, and metrics such as River's ``ROCAUC`` want 0 to 1: ``probability=True``
    gives s / (s + 4) with s = -log10(p-value), in the same order as the p-values: 0 where p is 1, 0.5 where p is 1e-4,
    1 where a missing sample is flagged. It is a rank on a bounded scale, not the probability of anything.

    Args:
        feature: Key of the number in an observation; None where each observation has a single one. An observation
            without it is a missing sample.
        seed: Key of the hash, a text or an integer; this and what follows as for ``StreamDetector``.
        tokens: Whether there is a part ``tokens``.
        long: Whether there are the parts that look back further than 1024 samples.
        adaptive_threshold: Whether the stream raises its own alarm threshold.
        probability: Whether ``score_one`` returns numbers from 0 to 1.
        season: The period in samples, or several, where it is known.
        warmup: Samples that are learned and not judged.
        difference: Whether the differences between samples are judged.
        counter: Whether growth is judged, of a count that only grows.
        small: Little memory: neither ``tokens`` nor ``long``.

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
        seed: str | int = "rh_sparse",
        tokens: bool = True,
        long: bool = True,
        adaptive_threshold: bool = True,
        probability: bool = False,
        season: int | Sequence[int] | None = None,
        warmup: int = 64,
        difference: bool = False,
        counter: bool = False,
        small: bool = False,
    ) -> None:
        self.feature = feature
        self.probability = probability
        self.seed = seed
        self.tokens = tokens
        self.long = long
        self.adaptive_threshold = adaptive_threshold
        self.season = season
        self.warmup = warmup
        self.difference = difference
        self.counter = counter
        self.small = small
        self._detector = detector_of(self)
        self._ahead: tuple[float | None, StreamDetector, Detection] | None = None

    def score_one(self, x: Mapping[Hashable, Any]) -> float:
        """Return the score of an observation, 0.0 where its number is missing; nothing is learned."""
        detection = self._look_ahead(_number(x, self.feature))[2]
        score = _bounded(detection.p_value) if self.probability else detection.score
        return 0.0 if math.isnan(score) else score

    def p_value_one(self, x: Mapping[Hashable, Any]) -> float:
        """Return the p-value of an observation, NaN where its number is missing; nothing is learned."""
        return self._look_ahead(_number(x, self.feature))[2].p_value

    def held_one(self, x: Mapping[Hashable, Any]) -> bool:
        """Return whether only the stream's own habits keep an observation from alarming; nothing is learned."""
        return self._look_ahead(_number(x, self.feature))[2].held

    def learn_one(self, x: Mapping[Hashable, Any]) -> None:
        """Learn an observation."""
        self._detector = self._look_ahead(_number(x, self.feature))[1]
        self._ahead = None

    def _look_ahead(self, number: float | None) -> tuple[float | None, StreamDetector, Detection]:
        if self._ahead is None or self._ahead[0] != number:
            detector = copy.copy(self._detector)
            self._ahead = (number, detector, detector.push(number))
        return self._ahead


class RiverStreamScorer(AnomalyDetector):
    """Scores how new the latest window of one feature is, as :class:`anet_lite.StreamScorer` does.

    The score is 0 until a window is full; from then on 1 is new and 0 has been seen. ``score_one`` scores the window
    that would end with the observation and learns nothing; ``learn_one`` takes the observation in.

    Args:
        feature: Key of the number in an observation; None where each observation has a single one. An observation
            without it scores 0 and is not learned.
        window: Samples in a window; this and what follows as for ``StreamScorer``.
        dimension: Number of positions of a signature.
        max_positions: Most positions that a signature holds.
        scales: How many of the latest windows each score looks back on.
        knn_k: How many nearest windows a score averages.
        seed: Key of the hash, a text or an integer.

    Example:
        >>> from river import compose, preprocessing
        >>> from anet_lite.integrations.river import RiverStreamScorer
        >>> model = compose.Pipeline(preprocessing.StandardScaler(), RiverStreamScorer("load", window=3, scales=(8,)))
        >>> for t in range(20):
        ...     model.learn_one({"load": float(t % 5)})
        >>> 0 < model.score_one({"load": 9.0}) <= 1
        True

    """

    def __init__(
        self,
        feature: Hashable | None = None,
        window: int = 256,
        dimension: int = 4096,
        max_positions: int = 128,
        scales: Sequence[int] = (64, 256, 1024),
        knn_k: int = 5,
        seed: str | int = "rh_sparse",
    ) -> None:
        self.feature = feature
        self.window = window
        self.dimension = dimension
        self.max_positions = max_positions
        self.scales = scales
        self.knn_k = knn_k
        self.seed = seed
        self._scorer = StreamScorer(window, dimension, max_positions, scales, knn_k, str(seed))

    def score_one(self, x: Mapping[Hashable, Any]) -> float:
        """Return the score of an observation, 0.0 until a window is full; nothing is learned."""
        number = _number(x, self.feature)
        score = None if number is None else self._scorer.peek(number)
        return 0.0 if score is None else score.combined

    def learn_one(self, x: Mapping[Hashable, Any]) -> None:
        """Learn an observation."""
        number = _number(x, self.feature)
        if number is not None:
            self._scorer.push(number)


def _bounded(p_value: float) -> float:
    """Return s / (s + 4), where s is -log10 of the p-value: 0.5 at p = 1e-4."""
    if p_value == 0.0:
        return 1.0
    surprise = -math.log10(p_value)
    return surprise / (surprise + 4.0)


def _number(x: Mapping[Hashable, Any], feature: Hashable | None) -> float | None:
    if feature is not None:
        return x.get(feature)
    if len(x) != 1:
        raise ValueError(f"feature must be named where an observation has not one number, got {sorted(map(str, x))}")
    return next(iter(x.values()))
