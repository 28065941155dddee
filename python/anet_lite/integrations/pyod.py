"""PyOD (https://pyod.readthedocs.io), from 3 on: the stream detector as one of its detectors."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite._internal.optional_import import need
from anet_lite.integrations.detector_options import detector_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import bool_, float64
    from numpy.typing import NDArray
    from pyod.models.base import BaseDetector
    from typing_extensions import Self

    from anet_lite import Detections, StreamDetector

_base: Any = need("pyod.models.base", "pyod")
_validation: Any = need("sklearn.utils.validation", "pyod")
if not TYPE_CHECKING:
    BaseDetector = _base.BaseDetector


class PyodStreamDetector(BaseDetector):
    """A detector of PyOD whose rows are the samples of one stream, in the order in which they were measured.

    ``fit`` scores the history, each row by those before it. ``decision_function`` and what stands on it score rows as
    the stream's continuation and leave what was fitted as it is: the same call gives the same answer. Scores are those
    of :class:`anet_lite.StreamDetector`, higher is stranger; a missing row has score 0.

    ``threshold_``, ``labels_``, ``predict`` and ``predict_proba`` are PyOD's own, from the history's scores: a share
    ``contamination`` of the history is labelled 1, whether or not something happened. What is not said in that way is
    ``p_value``: about how often a healthy stream shows the like.

    Args:
        contamination: Share of the history that is taken for outliers, above 0, at most 0.5.
        seed: Key of the hash; this and what follows as for :class:`anet_lite.StreamDetector`.
        tokens: Whether there is a part ``tokens``.
        long: Whether there are the parts that look back further than 1024 samples.
        adaptive_threshold: Whether the stream raises its own alarm threshold.
        season: The period in samples, or several, where it is known.
        warmup: Samples that are learned and not judged.
        difference: Whether the differences between samples are judged.
        counter: Whether growth is judged, of a count that only grows.
        joint: Whether all channels are judged together, too.
        small: Little memory: neither ``tokens`` nor ``long``.

    Attributes:
        detector_: The fitted ``StreamDetector``.
        decision_scores_: The scores of the history.
        p_values_: Its p-values, NaN for missing rows.
        threshold_: The score above which a row is labelled an outlier.
        labels_: 1 for each row of the history with a higher score, else 0.

    Raises:
        ImportError: The extra ``anet-lite[pyod]`` is not installed.

    Example:
        >>> import numpy as np
        >>> from anet_lite.integrations.pyod import PyodStreamDetector
        >>> wave = np.sin(np.arange(1100) / 8).reshape(-1, 1)
        >>> later = wave[1000:].copy()
        >>> later[50] = 3.0
        >>> model = PyodStreamDetector(contamination=0.01).fit(wave[:1000])
        >>> int(model.predict(later)[50]), bool(model.p_value(later)[50] < 1e-4)
        (1, True)

    """

    def __init__(
        self,
        contamination: float = 0.1,
        seed: str = "rh_sparse",
        tokens: bool = True,
        long: bool = True,
        adaptive_threshold: bool = True,
        season: int | Sequence[int] | None = None,
        warmup: int = 64,
        difference: bool = False,
        counter: bool = False,
        joint: bool = False,
        small: bool = False,
    ) -> None:
        super().__init__(contamination=contamination)
        self.seed = seed
        self.tokens = tokens
        self.long = long
        self.adaptive_threshold = adaptive_threshold
        self.season = season
        self.warmup = warmup
        self.difference = difference
        self.counter = counter
        self.joint = joint
        self.small = small

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002
        """Learn the history of a stream: n rows of one number a channel, in order. NaN is a missing number."""
        rows = _rows(X)
        self._set_n_classes(None)
        self.detector_: StreamDetector = detector_of(self, channels=rows.shape[1], joint=self.joint)
        seen = self.detector_.push_many(rows, parts=False)
        self.decision_scores_: NDArray[float64] = np.nan_to_num(seen.score)
        self.p_values_: NDArray[float64] = seen.p_value
        self._process_decision_scores()
        return self

    def decision_function(self, X: Any) -> NDArray[float64]:
        """Return the score of each row as the stream's continuation; the higher, the stranger."""
        return np.nan_to_num(self._continued(X).score)

    def p_value(self, X: Any) -> NDArray[float64]:
        """Return the p-value of each row as the stream's continuation; NaN for a missing row."""
        return self._continued(X).p_value

    def held(self, X: Any) -> NDArray[bool_]:
        """Return of each row whether only the stream's own habits keep it from alarming."""
        return self._continued(X).held

    def _continued(self, X: Any) -> Detections:
        _validation.check_is_fitted(self, ["detector_"])
        return copy.copy(self.detector_).push_many(_rows(X), parts=False)


def _rows(X: Any) -> NDArray[float64]:
    return _validation.check_array(X, dtype=np.float64, order="C", ensure_all_finite=False)
