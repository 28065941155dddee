"""scikit-learn (https://scikit-learn.org), from 1.6 on: the stream detector as an outlier detector."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite._internal.optional_import import need
from anet_lite._internal.validate import between
from anet_lite.integrations.detector_options import detector_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import bool_, float64, int64
    from numpy.typing import NDArray
    from sklearn.base import BaseEstimator, OutlierMixin
    from typing_extensions import Self

    from anet_lite import Detections, StreamDetector

_base: Any = need("sklearn.base", "sklearn")
_validation: Any = need("sklearn.utils.validation", "sklearn")
if not TYPE_CHECKING:
    BaseEstimator, OutlierMixin = _base.BaseEstimator, _base.OutlierMixin

LEAST = np.finfo(float).tiny
"""A p-value of 0 counts as this one, so that its logarithm is finite."""


class StreamOutlierDetector(OutlierMixin, BaseEstimator):
    """An outlier detector whose rows are the samples of one stream, in the order in which they were measured.

    ``fit`` learns the history. ``score_samples``, ``decision_function`` and ``predict`` score rows as the stream's
    continuation, each by those before it, and leave what was fitted as it is: the same call gives the same answer.
    ``partial_fit`` takes a continuation in. ``fit_predict`` labels the history itself, each row by those before it.
    So rows are not judged one by one: another order, or a part of them, has other scores.

    A sample's score is log10 of its p-value: 0 is usual, -4 is one false alarm in 10,000 samples. A missing row has
    score 0; where ``missing="flag"``, it has the lowest. Features are the channels of a ``StreamDetector``.

    Args:
        threshold: A row whose p-value is below this is an outlier. It sets ``offset_``, in place of a contamination:
            how many rows of a stream are outliers is not known beforehand.
        seed: Key of the hash; this and what follows as for :class:`anet_lite.StreamDetector`.
        tokens: Whether there is a part ``tokens``.
        long: Whether there are the parts that look back further than 1024 samples.
        adaptive_threshold: Whether the stream raises its own alarm threshold.
        missing: What a missing sample means.
        season: The period in samples, or several, where it is known.
        warmup: Samples that are learned and not judged.
        difference: Whether the differences between samples are judged.
        counter: Whether growth is judged, of a count that only grows.
        joint: Whether all channels are judged together, too.
        small: Little memory: neither ``tokens`` nor ``long``.

    Attributes:
        detector_: The fitted ``StreamDetector``.
        offset_: log10 of the threshold: ``decision_function`` is ``score_samples`` less this.
        n_features_in_: The number of channels.
        feature_names_in_: Their names, where ``fit`` was given a data frame.

    Raises:
        ImportError: The extra ``anet-lite[sklearn]`` is not installed.

    Example:
        >>> import numpy as np
        >>> from anet_lite.integrations.sklearn import StreamOutlierDetector
        >>> wave = np.sin(np.arange(1100) / 8).reshape(-1, 1)
        >>> model = StreamOutlierDetector().fit(wave[:1000])
        >>> later = wave[1000:].copy()
        >>> later[50] = 3.0
        >>> int(model.predict(later)[50]), int((model.predict(wave[1000:]) == -1).sum())
        (-1, 0)

    """

    def __init__(
        self,
        threshold: float = 1e-4,
        *,
        seed: str = "rh_sparse",
        tokens: bool = True,
        long: bool = True,
        adaptive_threshold: bool = True,
        missing: str = "skip",
        season: int | Sequence[int] | None = None,
        warmup: int = 64,
        difference: bool = False,
        counter: bool = False,
        joint: bool = False,
        small: bool = False,
    ) -> None:
        self.threshold = threshold
        self.seed = seed
        self.tokens = tokens
        self.long = long
        self.adaptive_threshold = adaptive_threshold
        self.missing = missing
        self.season = season
        self.warmup = warmup
        self.difference = difference
        self.counter = counter
        self.joint = joint
        self.small = small

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002
        """Learn the history of a stream: n rows of one number a channel, in order. NaN is a missing number."""
        self._learn(self._rows(X, reset=True), anew=True)
        return self

    def partial_fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002
        """Learn rows that follow those learned so far; the first call is ``fit``."""
        anew = not hasattr(self, "detector_")
        self._learn(self._rows(X, reset=anew), anew)
        return self

    def fit_predict(self, X: Any, y: Any = None) -> NDArray[int64]:  # noqa: ARG002
        """Learn the history, and return -1 for each of its rows that was an outlier when it came, else 1."""
        return self._labels(self._learn(self._rows(X, reset=True), anew=True))

    def score_samples(self, X: Any) -> NDArray[float64]:
        """Return log10 of the p-value of each row as the stream's continuation; the lower, the stranger."""
        return _log10(self._continued(X).p_value)

    def decision_function(self, X: Any) -> NDArray[float64]:
        """Return ``score_samples(X) - offset_``: negative for outliers."""
        return self.score_samples(X) - self.offset_

    def predict(self, X: Any) -> NDArray[int64]:
        """Return -1 for each row that is an outlier as the stream's continuation, else 1."""
        _validation.check_is_fitted(self)
        return self._labels(self.score_samples(X))

    def held(self, X: Any) -> NDArray[bool_]:
        """Return of each row whether only the stream's own habits keep it from being an outlier."""
        return self._continued(X).held

    def _continued(self, X: Any) -> Detections:
        _validation.check_is_fitted(self)
        return copy.copy(self.detector_).push_many(self._rows(X, reset=False), parts=False)

    def _learn(self, rows: NDArray[float64], anew: bool) -> NDArray[float64]:
        if anew:
            between("threshold", self.threshold, 0.0, 1.0)
            options: Any = {"channels": self.n_features_in_, "missing": self.missing, "joint": self.joint}
            self.detector_: StreamDetector = detector_of(self, **options)
            self.offset_: float = float(np.log10(self.threshold))
        return _log10(self.detector_.push_many(rows, parts=False).p_value)

    def _rows(self, X: Any, reset: bool) -> NDArray[float64]:
        """Return the rows as scikit-learn checks them; reset what is known of the features in ``fit``."""
        options = {"dtype": np.float64, "ensure_all_finite": False, "reset": reset}
        return _validation.validate_data(self, X, order="C", **options)

    def _labels(self, scores: NDArray[float64]) -> NDArray[int64]:
        return np.where(scores - self.offset_ < 0, -1, 1)

    n_features_in_: int

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags


def _log10(p_values: NDArray[float64]) -> NDArray[float64]:
    return np.log10(np.maximum(np.nan_to_num(p_values, nan=1.0), LEAST))
