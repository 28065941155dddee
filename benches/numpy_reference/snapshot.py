"""All training metrics at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from numpy_reference.entropy import entropy_rate
from numpy_reference.precursor import two_second_precursor
from numpy_reference.processivity import processivity
from numpy_reference.theta import theta_consistency

if TYPE_CHECKING:
    import numpy.typing as npt


class ANETSnapshot(NamedTuple):
    """The metrics of one moment of a training run."""

    theta: float
    sdot: float
    proc: float
    f_total: float
    precursor: bool
    zscore: float


def f_total(s_dot: float, p: float, w_s: float = 1.0, w_p: float = 1.0) -> float:
    """Return w_s s_dot + w_p p."""
    return w_s * s_dot + w_p * p


def snapshot(
    loss_hist: npt.ArrayLike,
    grad_norms: npt.ArrayLike,
    step_norms: npt.ArrayLike,
    noise_seq: npt.ArrayLike,
    ref_seq: npt.ArrayLike,
    w_s: float = 0.7,
    w_p: float = 0.3,
    rate_hz: float = 5,
) -> ANETSnapshot:
    """Return every metric of the five histories."""
    theta = theta_consistency(noise_seq, ref_seq)
    sdot = entropy_rate(loss_hist)
    proc = processivity(grad_norms, step_norms)
    alert, score = two_second_precursor(loss_hist, rate_hz=rate_hz)
    return ANETSnapshot(theta, sdot, proc, f_total(sdot, proc, w_s, w_p), alert, score)
