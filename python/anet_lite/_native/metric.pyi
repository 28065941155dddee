"""The published metrics of a training run, and all of them at once."""

from dataclasses import Field
from typing import Any, ClassVar, SupportsFloat, SupportsIndex, final

from numpy.typing import ArrayLike
from typing_extensions import Self

def theta_consistency(noise_seq: ArrayLike, ref_seq: ArrayLike, beta: SupportsFloat | SupportsIndex = 3.0) -> float:
    """Return the consistency of two noise series: how alike their power spectra are, from 0 to 1 (1 is alike).

    ``theta = exp(-beta JSD(p, q))``, where p and q are the spectra ``S = |rfft(x - mean x)|^2``, zero-padded to a power
    of two and divided by their sum, and JSD is the Jensen-Shannon divergence in nats, probabilities clipped to
    [1e-12, 1]. Spectra with nothing in common have ``JSD = ln 2``, so ``theta = 2^-beta``.

    Args:
        noise_seq: Recent noise, such as gradient norms: a one-dimensional series.
        ref_seq: The same from a time known to be healthy. Of series of different lengths the longer one sets the
            padding for both.
        beta: How sharply theta falls with the divergence: finite, at least 0.

    Returns:
        A number in [0, 1]. Two empty series are alike: 1.0. An empty series counts as 1 at every frequency of the other
        one, with sum 1: a number near 0. NaN where a sample is NaN or infinite, or so large that the spectrum overflows
        (from about 1e150). The transform rounds as the processor's vector unit does: 1e-12 is promised, not each bit.

    Raises:
        TypeError: A series does not hold real numbers, or ``beta`` is not one.
        ValueError: A series is not one-dimensional, or ``beta`` is out of its domain.

    Example:
        >>> import math
        >>> from anet_lite import theta_consistency
        >>> slow = [math.sin(0.2 * t) for t in range(64)]
        >>> fast = [math.sin(2.0 * t) for t in range(64)]
        >>> theta_consistency(slow, slow)
        1.0
        >>> round(theta_consistency(fast, slow), 3)
        0.126

    Source: J. Lin, *Divergence measures based on the Shannon entropy*, IEEE Trans. Inf. Theory 37 (1991).
    """

def entropy_rate(values: ArrayLike, window: SupportsIndex = 32) -> float:
    """Return the entropy of the last ``window`` samples minus that of the ``window`` samples before, in nats.

    The entropy of a window is ``H = -sum p ln p`` over a histogram of ``max(8, floor(sqrt(window)))`` equal-width bins
    between its own minimum and maximum: ``p = h / (sum h + 1e-12)``, where h is the density in a bin. Equal samples lie
    in the middle of a range of width 1.

    Args:
        values: Losses or any other history: a one-dimensional series.
        window: Samples in a window, at least 1.

    Returns:
        The difference; positive where the last window is the more even spread. 0.0 for fewer than two windows. NaN
        where one of the two windows holds a NaN or an infinity, or spans more than the largest float64. Where the range
        of a window has fewer floats than bins, p is the share of samples in a bin.

    Raises:
        TypeError: ``values`` does not hold real numbers, or ``window`` is not an integer.
        ValueError: ``values`` is not one-dimensional, or ``window`` is out of its domain.

    Example:
        >>> from anet_lite import entropy_rate
        >>> still, busy = [1.0] * 32, [float(t) for t in range(32)]
        >>> round(entropy_rate(still + busy), 6)  # ln 8: all eight bins filled alike
        2.079442
        >>> entropy_rate(busy)
        0.0

    Source: C. E. Shannon, *A Mathematical Theory of Communication* (1948).
    """

def processivity(grad_norms: ArrayLike, step_norms: ArrayLike) -> float:
    """Return how well gradients turn into parameter updates: the cosine of the two histories.

    ``P = <g, s> / (|g| |s| + 1e-12)``.

    Args:
        grad_norms: Norms of the gradients: a one-dimensional series.
        step_norms: Norms of the updates at the same steps.

    Returns:
        A number in [-1, 1]; 0.0 where either series is empty. NaN where a sample is NaN or infinite, or so large that a
        sum of squares overflows (from about 1e154).

    Raises:
        TypeError: A series does not hold real numbers.
        ValueError: A series is not one-dimensional, or the lengths differ.

    Example:
        >>> from anet_lite import processivity
        >>> round(processivity([1.0, 2.0, 3.0], [0.1, 0.2, 0.3]), 9)
        1.0
        >>> processivity([1.0, 0.0], [0.0, 1.0])
        0.0
    """

def f_total(
    s_dot: SupportsFloat | SupportsIndex,
    p: SupportsFloat | SupportsIndex,
    w_s: SupportsFloat | SupportsIndex = 1.0,
    w_p: SupportsFloat | SupportsIndex = 1.0,
) -> float:
    """Return ``F = w_s s_dot + w_p p``, one operational score out of entropy rate and processivity.

    Args:
        s_dot: Entropy rate: more disorder where it is positive.
        p: Processivity: more work done where it is near 1.
        w_s: Weight of the entropy rate, finite.
        w_p: Weight of the processivity, finite.

    Returns:
        The score; NaN where ``s_dot`` or ``p`` is NaN.

    Raises:
        TypeError: An argument is not a real number.
        ValueError: A weight is not finite.

    Example:
        >>> from anet_lite import f_total
        >>> f_total(0.5, 0.25, w_p=2.0)
        1.0
    """

def two_second_precursor(
    series: ArrayLike,
    rate_hz: SupportsFloat | SupportsIndex = 10,
    window_sec: SupportsFloat | SupportsIndex = 2.0,
    z: SupportsFloat | SupportsIndex = 2.5,
) -> tuple[bool, float]:
    """Tell whether the last seconds stand out above everything before them.

    With ``w = max(1, floor(rate_hz window_sec))`` recent samples and the base of all samples before them,
    ``score = (mean(recent) - mean(base)) / (std(base) + 1e-12)``; std is the population form.

    Args:
        series: Losses or any other history: a one-dimensional series.
        rate_hz: Samples a second, finite and above 0.
        window_sec: Seconds that are recent, finite and above 0.
        z: Threshold in standard deviations, any number but NaN.

    Returns:
        ``(score > z, score)``.

        - Fewer than ``2 w`` samples: ``(False, 0.0)``.
        - A NaN or an infinity, of either sign, among the recent samples is the failure itself: ``(True, inf)``.
        - Samples of the base that are not finite are left out; where none is left, ``(False, 0.0)``.
        - Where a sum of squares overflows (from about 1e154) the score is 0.0 or NaN. NaN is no alert.

    Raises:
        TypeError: ``series`` does not hold real numbers, or another argument is not one.
        ValueError: ``series`` is not one-dimensional, or another argument is out of its domain.

    Example:
        >>> from anet_lite import two_second_precursor
        >>> calm = [1.0, 2.0] * 20
        >>> two_second_precursor(calm + [1.0, 2.0], rate_hz=1)
        (False, 0.0)
        >>> alert, score = two_second_precursor(calm + [4.0, 5.0], rate_hz=1)
        >>> alert, round(score, 6)
        (True, 6.0)
    """

@final
class ANETSnapshot:
    """All metrics at one moment: what :func:`snapshot` returns.

    A value: equal where all fields are equal, hashable, pickled and copied by its fields, never changed. The functions
    of :mod:`dataclasses` (``fields``, ``asdict``, ``astuple``, ``replace``) take it for a dataclass.

    Attributes:
        theta: Consistency of the noise with its reference, see :func:`theta_consistency`.
        sdot: Entropy rate of the loss, see :func:`entropy_rate`.
        proc: Processivity, see :func:`processivity`.
        f_total: Weighted sum of the two, see :func:`f_total`.
        precursor: Whether the loss alerts, see :func:`two_second_precursor`.
        zscore: The score behind the alert.

    Example:
        >>> from anet_lite import ANETSnapshot
        >>> ANETSnapshot(theta=0.9, sdot=0.1, proc=1.0, f_total=0.37, precursor=False, zscore=0.5)
        ANETSnapshot(theta=0.9, sdot=0.1, proc=1.0, f_total=0.37, precursor=False, zscore=0.5)
    """

    __match_args__: ClassVar[tuple[str, ...]]
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    def __new__(
        cls,
        theta: SupportsFloat | SupportsIndex,
        sdot: SupportsFloat | SupportsIndex,
        proc: SupportsFloat | SupportsIndex,
        f_total: SupportsFloat | SupportsIndex,
        precursor: bool,
        zscore: SupportsFloat | SupportsIndex,
    ) -> Self: ...
    @property
    def theta(self) -> float: ...
    @property
    def sdot(self) -> float: ...
    @property
    def proc(self) -> float: ...
    @property
    def f_total(self) -> float: ...
    @property
    def precursor(self) -> bool: ...
    @property
    def zscore(self) -> float: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Self], tuple[float, float, float, float, bool, float]]: ...

def snapshot(
    loss_hist: ArrayLike,
    grad_norms: ArrayLike,
    step_norms: ArrayLike,
    noise_seq: ArrayLike,
    ref_seq: ArrayLike,
    w_s: SupportsFloat | SupportsIndex = 0.7,
    w_p: SupportsFloat | SupportsIndex = 0.3,
    rate_hz: SupportsFloat | SupportsIndex = 5,
) -> ANETSnapshot:
    """Return all metrics at once.

    Each is the function of its name with the defaults that are not arguments here: ``beta=3.0``, ``window=32``,
    ``window_sec=2.0``, ``z=2.5``.

    Args:
        loss_hist: Losses, for the entropy rate and the precursor.
        grad_norms: Norms of the gradients.
        step_norms: Norms of the updates at the same steps.
        noise_seq: Recent noise, for the consistency.
        ref_seq: The same from a time known to be healthy.
        w_s: Weight of the entropy rate in ``f_total``, finite.
        w_p: Weight of the processivity in ``f_total``, finite.
        rate_hz: Samples of ``loss_hist`` a second, finite and above 0.

    Returns:
        The snapshot. Each function says what NaN, infinities, overflow and short series do to its field; none raises.

    Raises:
        TypeError: A series does not hold real numbers, or another argument is not one.
        ValueError: A series is not one-dimensional, ``grad_norms`` and ``step_norms`` differ in length, or another
            argument is out of its domain.

    Example:
        >>> from anet_lite import snapshot
        >>> loss, norms = [1.0, 0.9] * 32, [0.5, 0.4] * 32
        >>> snap = snapshot(loss, norms, norms, norms, norms)
        >>> snap.theta, snap.precursor
        (1.0, False)
    """
