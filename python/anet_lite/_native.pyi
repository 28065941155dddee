"""The compiled core. Its docstrings live here: the build copies them into the module, so ``help()`` shows the same."""

from collections.abc import Iterable, Mapping
from dataclasses import Field
from typing import Any, ClassVar, Literal, SupportsFloat, SupportsIndex, final, overload

from numpy import bool_, float64, int64
from numpy.typing import ArrayLike, NDArray
from typing_extensions import Buffer, Self, disjoint_base

from anet_lite.tombstone import TombstoneLog

__version__: str

# --- errors -----------------------------------------------------------------------------------------------------------

class AnetError(Exception):
    """Base class of every error that anet_lite and rh_sparse_anomaly raise."""

class AnetValueError(AnetError, ValueError):
    """An argument of the right type whose value cannot be used."""

class AnetTypeError(AnetError, TypeError):
    """An argument of the wrong type."""

# --- detect -----------------------------------------------------------------------------------------------------------

@final
class Detection:
    """What a :class:`StreamDetector` says of one sample."""

    @property
    def score(self) -> float:
        """How strange the sample is.

        Higher is stranger, without a bound. 0 for the first 64 samples, NaN where nothing was measured, infinity
        where a missing sample is flagged.
        """

    @property
    def p_value(self) -> float:
        """About how often a healthy stream begins an episode of points like this.

        1 is usual, 1e-4 is one episode in 10,000 samples. 1 for the first 64 samples, NaN where nothing was measured,
        0 where a missing sample is flagged.
        """

    @property
    def channel(self) -> int:
        """The channel with the smallest p-value, from 0; of equals the one with the highest score."""

    @property
    def parts(self) -> dict[str, float]:
        """What each part says of that channel, in deviations from the part's own recent mean.

        NaN where nothing was measured. The names are those of :class:`StreamDetector`.
        """

@final
class Detections:
    """What a detector says of many samples: an array for each attribute of :class:`Detection`.

    The arrays have one value a sample; those of ``StreamDetectorPool.push_many`` have a row a step and a column a
    stream.
    """

    @property
    def score(self) -> NDArray[float64]:
        """The scores."""

    @property
    def p_value(self) -> NDArray[float64]:
        """The p-values."""

    @property
    def channel(self) -> NDArray[int64]:
        """The channels with the smallest p-values."""

    @property
    def parts(self) -> dict[str, NDArray[float64]]:
        """The parts; empty where ``parts=False`` was asked for."""

    def __len__(self) -> int: ...

@final
class Explanation:
    """Why the last sample of a channel has its score. ``str(explanation)`` is one sentence."""

    @property
    def samples(self) -> int:
        """Samples learned so far."""

    @property
    def score(self) -> float:
        """The score of the channel."""

    @property
    def p_value(self) -> float:
        """The p-value of the channel."""

    @property
    def part(self) -> str | None:
        """The part that adds most to the score; None for the first 64 samples, of which nothing is said."""

    @property
    def contributions(self) -> dict[str, float]:
        """What each part of the winning sum adds to the score, the most first."""

    @property
    def raw(self) -> float:
        """The value of ``part`` in its own units; NaN right after a long gap."""

    @property
    def usual(self) -> float:
        """The recent mean of that value."""

    @property
    def stretches(self) -> list[tuple[int, float]]:
        """The nearest earlier stretches, where ``part`` compares with such, the nearest first.

        How many samples before the last one the stretch ended, and its distance (deviations a sample for shapes, one
        minus the cosine for words).
        """

    @property
    def sights(self) -> list[tuple[str, int, float]]:
        """The rarest tokens of the last eight samples, the rarest first.

        What it says, how many samples before the last one, and how often it was counted, this time included (old
        counts fade).
        """

@final
class StreamDetector:
    """Scores each sample of a stream by what came before it.

    One causal pass, a few microseconds a sample, a state of fixed size. The score is an ensemble of parts, each put
    on the scale of its own recent past:

    - ``d4``, ``d16``, ``d32``, ``d64``: the last so many samples have no like among the lag vectors of the last 1024
      (mean distance to the five nearest).
    - ``words``: the hashed tokens of the last 16 samples have no like (cosine of sparse signatures, over the last 64,
      256 and 1024 samples).
    - ``rarity``: the tokens of the last 8 samples are rare.
    - ``still``: the stream moves less than it used to (binomial surprise, in nats).
    - ``b8_...``, ``b64_...``: the same questions asked of means over 8 and over 64 samples.

    A sample has nine tokens: its level in whole deviations from the recent mean, its step, and its level beside the
    level 1, 2, 4, ..., 64 samples before. Their positions are blake2b hashes under ``seed``, mod 4096. With z the
    parts, each but ``d4`` and ``still`` cut at 5, the score is the largest of ``d4 + d16 + d32 + d64 / 2 + words + 2
    rarity``, ``still``,
    ``0.8 (b8_d8 + b8_d16 + b8_d32 / 2) + 2 b8_rarity - 1`` and
    ``1.3 (b64_d4 + b64_d8 + b64_d16 / 2 + b64_rarity) - 2``.
    The first 64 samples have score 0. The p-value is a reference map of the first two sums on their own recent scale,
    fitted so that p <= 1e-4 begins about one false episode in 10,000 samples of healthy series; it is not an exact
    test. It does not see what only the block means see.

    Missing samples (NaN, infinities, ``None``) teach nothing. A gap of fewer than 16 samples is closed up, as if they
    had never been due. After a longer one, whatever reaches across the gap is no evidence: the stream may come back
    in another phase without an alarm, but not at another level. Finite samples beyond 1e150 in size count as 1e150.

    Args:
        seed: Key of the hash, at most 64 bytes in UTF-8.
        words: Whether there is a part ``words``. Without it the detector takes about half the time.
        long: Whether there are the parts over block means.
        own_line: Whether a stream that is in the habit of high scores raises its own line, so that heavy tails and
            sparse counts raise few alarms: by the fourth highest of its episodes in the last 4096 samples, and by the
            sixteenth highest in the last 32,768.
        channels: Numbers in a sample, 1 to 1024. Each has a detector of its own; the score is the highest of theirs,
            the p-value the smallest times their number, at most 1.
        missing: ``"skip"``: a missing sample has score and p-value NaN. ``"flag"``: it is an event, with score
            infinity and p-value 0.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from math import sin
        >>> from anet_lite import StreamDetector
        >>> detector = StreamDetector()
        >>> detections = detector.push_many([sin(t / 8) for t in range(1000)])
        >>> bool((detections.p_value > 1e-4).all())
        True
        >>> detector.push(3.0).p_value < 1e-4
        True
        >>> print(detector.explain().part)
        d4
    """

    def __new__(
        cls,
        seed: str = "rh_sparse",
        words: bool = True,
        long: bool = True,
        own_line: bool = True,
        channels: SupportsIndex = 1,
        missing: Literal["skip", "flag"] = "skip",
    ) -> Self: ...
    def push(self, x: SupportsFloat | SupportsIndex | ArrayLike | None) -> Detection:
        """Score one sample by what came before it, then learn it.

        Args:
            x: A number, or ``None`` where it is missing; with several channels a sequence of one number a channel.

        Raises:
            TypeError: ``x`` is not a real number, or not a sequence of real numbers.
            ValueError: ``x`` has not one number a channel. Nothing is learned then.
        """

    def push_many(self, values: ArrayLike, *, parts: bool = True) -> Detections:
        """Score many samples, one after another, as ``push`` would.

        Args:
            values: n samples, one-dimensional; with several channels of shape (n, channels).
            parts: Whether to return the parts, which are most of the memory.

        Raises:
            TypeError: ``values`` does not hold real numbers.
            ValueError: ``values`` is of another shape. Nothing is learned then.

        Example:
            >>> from anet_lite import StreamDetector
            >>> len(StreamDetector().push_many([1.0, None, 2.0]))
            3
        """

    def score(self, rows: ArrayLike, order: Iterable[SupportsIndex] | None = None) -> Detections:
        """Score many samples as ``push_many`` without the parts, and remember how far the stream has come.

        Args:
            rows: n samples, one-dimensional; with several channels of shape (n, channels).
            order: Where each sample stands, such as a time: n integers of 64 bits. Samples are scored as they come;
                ``last_order`` tells the highest.

        Raises:
            TypeError: ``rows`` does not hold real numbers, or ``order`` integers.
            ValueError: ``rows`` is of another shape, or ``order`` of another length. Nothing is learned then.

        Example:
            >>> from anet_lite import StreamDetector
            >>> detector = StreamDetector()
            >>> detector.score([1.0, None, 2.0], order=[10, 20, 30]).score
            array([ 0., nan,  0.])
            >>> detector.last_order
            30
        """

    @property
    def last_order(self) -> int | None:
        """The highest order of any row so far; ``None`` where no row had one."""

    def head(self) -> bytes:
        """Return which state this is, in less than 100 bytes.

        The head holds a format version, a hash of the parameters, the number of events, the last order, a digest to
        which each event is chained, and a hash of all pages. Two heads are equal only where the states are. Call it
        after ``take_dirty_pages``, which has done its work already.

        The events are those since a detector was made, or read from ``to_bytes``, which holds none of this.
        """

    def take_dirty_pages(self, page_bytes: SupportsIndex = 65_536) -> dict[int, bytes]:
        """Return the pages that are not as they were when they were last taken, by number.

        All pages, in a dict that is kept up to date with what this returns, and the head hold the whole state. A page
        that is no more comes once as ``b""``.

        Args:
            page_bytes: The most bytes of a page, 256 to 1,048,576. Another size than before gives other pages.

        Raises:
            TypeError: ``page_bytes`` is not an integer.
            ValueError: ``page_bytes`` is out of its range.
        """

    def restore(self, head: bytes, pages: Mapping[int, bytes]) -> None:
        """Take over the memory of a detector that was made with the same parameters; it goes on bit for bit.

        Args:
            head: What ``head`` gave when the pages were last taken.
            pages: All pages by number, each as it was last taken.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The head or a page is damaged, of another format version, or of another class; the parameters
                differ; a page is missing, or was taken before or after the head. Nothing has changed then.

        Example:
            >>> from anet_lite import StreamDetector
            >>> detector, store = StreamDetector(), {}
            >>> for sample in [0.5, 1.5, 1.0]:
            ...     _ = detector.push(sample)
            ...     store.update(detector.take_dirty_pages())
            >>> restored = StreamDetector()
            >>> restored.restore(detector.head(), store)
            >>> restored.head() == detector.head()
            True
        """

    def explain(self, channel: SupportsIndex | None = None) -> Explanation:
        """Say why the last sample that was not missing has its score.

        Args:
            channel: The channel to explain; without it the one with the smallest p-value.

        Raises:
            TypeError: ``channel`` is not an integer.
            ValueError: There is no such channel.
        """

    @property
    def channels(self) -> int:
        """Numbers in a sample."""

    def to_bytes(self) -> bytes:
        """Return the whole state in a versioned, checksummed byte form.

        What is restored from it goes on bit for bit as this detector would.
        """

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Restore a detector from ``to_bytes``.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, of another version, or the state of something else.
        """

    def __copy__(self) -> Self: ...
    def __deepcopy__(self, memo: dict[int, Any], /) -> Self: ...

@final
class StreamDetectorPool:
    """Many independent :class:`StreamDetector` of one channel each, pushed together in parallel threads.

    Streams stand in an order, like the items of a list: sample ``i`` of a batch goes to stream ``i``, and those after
    a removed stream move up. The interpreter is released while they work. Threads live only as long as a call, so a
    process can fork between calls.

    Args:
        n: Number of streams to begin with, 0 to 1,048,576.
        seed: Key of the hash; this and what follows as for :class:`StreamDetector`.
        words: Whether there is a part ``words``.
        long: Whether there are the parts over block means.
        own_line: Whether each stream raises its own line.
        missing: What a missing sample means.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from anet_lite import StreamDetectorPool
        >>> pool = StreamDetectorPool(3)
        >>> pool.push([0.0, 1.0, None]).score
        array([ 0.,  0., nan])
        >>> pool.push_many([[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]).score.shape
        (2, 3)
    """

    def __new__(
        cls,
        n: SupportsIndex,
        seed: str = "rh_sparse",
        words: bool = True,
        long: bool = True,
        own_line: bool = True,
        missing: Literal["skip", "flag"] = "skip",
    ) -> Self: ...
    def push(self, samples: ArrayLike, *, parts: bool = True) -> Detections:
        """Take one sample for each stream.

        Args:
            samples: n samples, one-dimensional, n the number of streams.
            parts: Whether to return the parts.

        Raises:
            TypeError: ``samples`` does not hold real numbers.
            ValueError: ``samples`` is not one-dimensional or has not one for each stream. No stream is changed then.
        """

    def push_many(self, samples: ArrayLike, *, parts: bool = True) -> Detections:
        """Take several samples for each stream, row by row.

        Args:
            samples: t rows of n samples, n the number of streams.
            parts: Whether to return the parts, which are most of the memory.

        Returns:
            Arrays of t rows of n values.

        Raises:
            TypeError: ``samples`` does not hold real numbers.
            ValueError: ``samples`` is not two-dimensional or its rows have not one for each stream. No stream is
                changed then.
        """

    def add(self, count: SupportsIndex = 1) -> None:
        """Append streams that have seen nothing.

        Raises:
            TypeError: ``count`` is not an integer.
            ValueError: ``count`` is negative, or the streams would be more than 1,048,576.
        """

    def remove(self, index: SupportsIndex) -> StreamDetector:
        """Take a stream out of the pool; those after it move up by one.

        Returns:
            The stream, which can be pushed on its own.

        Raises:
            TypeError: ``index`` is not an integer.
            ValueError: There is no such stream.
        """

    def __len__(self) -> int: ...
    @property
    def threads(self) -> int:
        """The most threads that a push uses: at first one for each processor."""

    @threads.setter
    def threads(self, value: SupportsIndex) -> None: ...
    def to_bytes(self) -> bytes:
        """Return the whole state of all streams in a versioned, checksummed byte form."""

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Restore a pool from ``to_bytes``.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, of another version, or the state of something else.
        """

@final
class WordEncoder:
    """Encodes a window by the words in it, so that similar windows share positions.

    The finite samples of a window, in deviations from their mean within +-6, give the nine tokens of
    :class:`StreamDetector` each. The elevation of a position is ln(1 + its occurrences); the 128 highest stay (of
    equals the lower positions first), scaled to unit length. A window has no history, so no token is rarer than
    another.

    ``SparseEncoder`` prints values to six decimals before it hashes them, so windows that differ in the seventh share
    next to nothing. Here nothing changes until a sample crosses a whole deviation.

    Args:
        seed: Key of the hash, at most 64 bytes in UTF-8.

    Raises:
        TypeError: ``seed`` is not a str.
        ValueError: ``seed`` is too long.

    Example:
        >>> from math import sin
        >>> from anet_lite import WordEncoder
        >>> from rh_sparse_anomaly import MultiScaleAnomaly, SparseEncoder, sparse_cosine
        >>> wave = [sin(t / 8) for t in range(256)]
        >>> moved = [x + 0.0001 * (-1) ** t for t, x in enumerate(wave)]
        >>> def similarity(encoder):
        ...     a, b = (MultiScaleAnomaly.to_dict(encoder.encode(x)) for x in (wave, moved))
        ...     return sparse_cosine(a, b)
        >>> similarity(WordEncoder()) > 0.98
        True
        >>> similarity(SparseEncoder()) < 0.2
        True
    """

    def __new__(cls, seed: str = "rh_sparse") -> Self: ...
    @property
    def seed(self) -> str:
        """Key of the hash."""

    def encode(self, x: ArrayLike) -> SparseSignature:
        """Encode one window.

        Args:
            x: The window, one-dimensional. Samples that are not finite are left out.

        Returns:
            A signature of dimension 4096 for ``sparse_cosine`` and ``MultiScaleAnomaly``; empty where no sample is
            finite.

        Raises:
            TypeError: ``x`` does not hold real numbers.
            ValueError: ``x`` is not one-dimensional.
        """

@final
class Episode:
    """A run of alarming samples. Samples are counted from 0."""

    @property
    def start(self) -> int:
        """The first alarming sample."""

    @property
    def peak(self) -> int:
        """The sample with the smallest p-value so far; the first of them."""

    @property
    def p_value(self) -> float:
        """That p-value."""

    @property
    def end(self) -> int | None:
        """The last alarming sample; None while the episode goes on."""

@final
class Alarms:
    """Turns p-values, one a sample, into episodes that a person is told of once.

    A sample is alarming where ``p <= threshold``. Alarming samples fewer than ``merge`` apart belong to one episode,
    which is over once no further sample can belong to it. For ``cooldown`` samples after its end no new episode
    begins. A NaN is a sample of which nothing is known: it is not alarming, and time passes.

    Args:
        threshold: The largest alarming p-value, 0 to 1.
        merge: Alarming samples fewer than this apart are one episode; at least 2.
        cooldown: Samples after an episode in which none begins; at least 0.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from anet_lite import Alarms
        >>> alarms = Alarms(merge=3)
        >>> for t, p_value in enumerate([1.0, 1e-5, 1e-9, 1.0, 1.0, 1.0]):
        ...     told = alarms.push(p_value)
        ...     if told is not None:
        ...         print(t, told)
        1 Episode(start=1, peak=1, p_value=1.000e-5, end=None)
        4 Episode(start=1, peak=2, p_value=1.000e-9, end=2)
    """

    def __new__(
        cls, threshold: SupportsFloat = 1e-4, merge: SupportsIndex = 50, cooldown: SupportsIndex = 0
    ) -> Self: ...
    def push(self, p_value: SupportsFloat | SupportsIndex) -> Episode | None:
        """Take the p-value of the next sample.

        Returns:
            An episode that begins with this sample (its ``end`` is None) or that is over now, else None.

        Raises:
            TypeError: ``p_value`` is not a real number.
        """

    def push_many(self, p_values: ArrayLike) -> list[Episode]:
        """Take the p-values of many samples; return the episodes that are over by then.

        Raises:
            TypeError: ``p_values`` does not hold real numbers.
            ValueError: ``p_values`` is not one-dimensional.
        """

    def finish(self) -> Episode | None:
        """End the episode that goes on, as at the end of a stream, and return it."""

    @property
    def open(self) -> Episode | None:
        """The episode that goes on."""

    def to_bytes(self) -> bytes:
        """Return the whole state in a versioned, checksummed byte form."""

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Restore the alarms from ``to_bytes``.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, of another version, or the state of something else.
        """

# --- metric -----------------------------------------------------------------------------------------------------------

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
        window_sec: How many seconds are recent, finite and above 0.
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

# --- monitor ----------------------------------------------------------------------------------------------------------

@final
class Alarm:
    """One score that fires for the first time in its incident, in the units of its signal."""

    score: str
    """Name of the score, such as ``drift_loss``."""
    detector: str
    """Its family: drift, level, jump, vanishing, update_size, noise_share, drawdown, learning_rate, frozen,
    nonfinite or reference."""
    signal: str
    """The argument of ``update`` that it is about; for ``nonfinite`` the first that is not finite."""
    step: int
    """The caller's step, or the row where none was given."""
    row: int
    """Rows before this one."""
    value: float
    """What the score saw: a value or a block mean. For ``update_size`` the update per unit of rate, for ``noise_share``
    noise over gradient norm."""
    expected: float | None
    """What was usual before: the median of the baseline, the best, or the earlier rate; None for counts."""
    ratio: float | None
    """``value / expected``."""
    spread: float | None
    """The usual spread in logarithms: 0.1 is about ten percent."""
    strength: float
    """The score over the line that decides: above 1, or 1 for a count."""
    per_10k: float | None
    """In how many of 10,000 healthy steps a score reaches this; None for fixed lines. Below 0.1 an extrapolation."""
    since: int
    """The row in which the score began to stir (to exceed half its line)."""
    length: int
    """How many values: of the drift sum, of repeats, of rows that were not finite; else 1."""
    incident: int
    """The row in which the incident opened: alarms of one incident share it, so count incidents, not alarms."""
    groups: list[str]
    """Groups of parameters that alarmed in the same step, the loudest first."""

@final
class Snapshot:
    """What a monitor says of one step: status, alarms, evidence, and the six documented metrics.

    The metrics equal ``snapshot`` of the newest 64 values of each signal, finite or not: losses; (grad_norm, step_norm)
    pairs of steps that gave both; noise, or grad_norm where noise was never given. The reference of theta is the last
    64 of the first 99 noise values. They are computed when one of them is read; a snapshot carries its windows, 3 kB.
    """

    theta: float
    """``theta_consistency`` of the noise window and the reference."""
    sdot: float
    """``entropy_rate`` of the loss window."""
    proc: float
    """``processivity`` of the pairs."""
    f_total: float
    """``0.7 sdot + 0.3 proc``."""
    precursor: bool
    """Whether ``zscore`` is above 2.5."""
    zscore: float
    """The score of ``two_second_precursor`` on the loss window, ``rate_hz=5``."""
    status: str
    """``warming_up``, ``healthy``, ``suspect`` or ``failing``."""
    row: int
    """Rows before this one."""
    step: int
    """The caller's step, or the row where none was given."""
    segment: str | None
    """Why this row opened a segment: ``start``, ``note`` or ``rewind``; None where it did not."""
    note: tuple[str, int] | None
    """The text of the ``Monitor.note`` that opened this segment, and its first row; None where no note did."""
    alarms: list[Alarm]
    """What fires for the first time in its incident; empty when all is well."""
    firing: list[str]
    """The scores of the whole run that fire in this row, news or not."""
    incident: list[str]
    """The scores that have fired in the incident under way; empty when none is open."""
    moved_first: str | None
    """The score that began to stir first, where there are alarms."""
    stirring: list[tuple[str, int]]
    """Scores above half their line in the last nine rows, each with the row in which it began, the earliest first."""
    batch_id: object
    """What ``update`` was given."""
    records_lost: int
    """How many records the ``Recorder`` that was given this snapshot had lost by then; 0 where all were written."""
    def _set_records_lost(self, count: int) -> None:
        """Say how many records are lost; the recorder does."""
    def recent(self, signal: str) -> list[float | None]:
        """Return the newest values of a signal, at most 8, the oldest first; None where it was absent.

        Raises:
            ValueError: There is no such signal.
        """
    def window(self, signal: str) -> list[float]:
        """Return the newest values that were given of a signal, at most 64, the oldest first; of ``lr`` at most 8.

        ``grad_norm`` and ``step_norm`` are kept of steps that gave both, ``grad_norm`` also where noise never came.

        Raises:
            ValueError: There is no such signal.
        """

@final
class Reference:
    """The first 256 steps of known-good runs. Made by ``Monitor.reference``, given to ``Monitor(reference=...)``.

    With it a run that is bad from its first step alarms: every 8 steps the mean of loss, gradient norm, update per unit
    of rate and learning rate is compared with the lowest and highest of the good runs between two thirds of this time
    and half as late again. A score fires (family ``reference``) at three times the loss or gradient norm or a fifth of
    the gradient norm, at twice or half the update, for 16 steps; at 1.5 times the rate or less than two thirds of it,
    for 8; or at six of the good runs' own spreads outside, if that is more.

    One good run is enough. Several of other seeds (``joined``) tell what differs between good runs: fewer false alarms.

    Example:
        >>> from anet_lite import Monitor, Reference
        >>> def good(seed):
        ...     monitor = Monitor()
        ...     monitor.update_many([2.0 - 0.01 * step + 0.001 * seed for step in range(100)])
        ...     return monitor.reference(f"seed {seed}")
        >>> Reference.joined([good(0), good(1)])
        Reference(learned_on='seed 0; seed 1', rows=100)
    """

    learned_on: str
    """What it was learned on, in the user's words."""
    rows: int
    """Steps that it covers."""
    runs: int
    """Runs that it was learned on."""
    @classmethod
    def joined(cls, references: Iterable[Reference]) -> Self:
        """Return one reference of several: what lies between the extremes of all of them is good.

        Raises:
            TypeError: Something else than a Reference is among them.
            ValueError: There are none.
        """
    def to_dict(self) -> dict[str, Any]:
        """Return it as plain numbers and texts, for a file."""
    @classmethod
    def from_dict(cls, state: dict[str, Any]) -> Self:
        """Return the reference that ``to_dict`` gave.

        Raises:
            TypeError: The state is not a dict.
            ValueError: It is not a reference, of another version, or damaged.
        """
    def __reduce__(self) -> tuple[Any, ...]: ...

@disjoint_base
class Monitor:
    """Watches a training run and says, before the loss explodes, that it starts to fail and what moved first.

    A row of signals becomes four series: loss and gradient norm in units of their early size, compressed by asinh; the
    logarithm of the update per unit of rate; the logarithm of noise over gradient norm. Block means of each are
    compared with the run's own earlier block means (median, and the larger decile distance as spread), each score is
    divided by the largest value that the run itself has shown in its last few hundred steps, and what exceeds
    ``k = (0.6 + 0.09 n) / false_alarms_per_10k ** 0.28`` alarms, n being the number of scores whose signals came.
    Where the past speaks against an alarm, a score must be higher: at outliers in the baseline, twice the farthest of
    them; at values that hang together, for the sums, ``(1 + phi) / (1 - phi)`` times the line, phi being the
    baseline's autocorrelation; and for all but the sums, at peaks that differ, ``exp(1.5 (s - 0.2))`` times, at most
    9, s being the standard deviation of the logarithms of the twelve block maxima of which the own line is the
    largest. Hard rules stand beside: not finite, frozen, a rate far above or below all before, a loss far above its
    best, which must not be below zero: 7.4 times a best of at most a tenth of the early loss, 55 times a larger one.

    O(1) a step, about 14 kB, nothing grows. A value that is NaN or infinite alarms in its step and enters no baseline.
    The first 64 rows of a segment can only alarm for what is not finite; the scores begin after 139 to 231 rows. Cannot
    be seen: a run that is bad from its first step, faults that move none of the signals, a change of data that is
    benign but looks like wrong labels (announce it by ``note``), ramps slower than the windows.

    Args:
        false_alarms_per_10k: Accepted false alarms (incidents) in 10,000 healthy steps, from 0.1 to 20.
        remember: Whether the monitor learns what to distrust: its past as above, and that after an incident which has
            calmed down the next one in the same segment must be half as loud again, its families than they were.
            Without, an alarm needs the own line alone and ``k = 1 + 0.06 n - 0.5 log10(false_alarms_per_10k)``.
        reference: The first steps of a known-good run, to be compared with: see ``Reference``.
        tombstones: The ``TombstoneLog`` of this run. Its head travels in ``state_dict``, and so in the checkpoint.

    Raises:
        TypeError: ``false_alarms_per_10k`` is not a number, ``reference`` not a ``Reference``, or ``tombstones`` not a
            ``TombstoneLog``.
        ValueError: ``false_alarms_per_10k`` is outside 0.1 to 20.

    Example:
        >>> from anet_lite import Monitor
        >>> monitor = Monitor()
        >>> for step in range(300):
        ...     snap = monitor.update(loss=2.0 + 0.1 * (step % 7), grad_norm=1.0 + 0.1 * (step % 5), lr=0.1)
        >>> snap.status, snap.alarms
        ('healthy', [])
        >>> snap = monitor.update(loss=float("nan"), grad_norm=1.0, lr=0.1)
        >>> snap.status, snap.alarms[0].score
        ('failing', 'nonfinite')

    Source: cumulative sums after E. S. Page, *Continuous inspection schemes*, Biometrika 41 (1954); block maxima after
    M. Frechet, *Sur la loi de probabilite de l'ecart maximum*, Ann. Soc. Polon. Math. 6 (1927).
    """

    status: str
    """Status after the last row."""
    rows: int
    """Rows seen."""
    false_alarms_per_10k: float
    """The accepted false alarms."""
    remember: bool
    """Whether it learns what to distrust."""
    tombstones: TombstoneLog | None
    """The log that it was given."""
    def __new__(
        cls,
        false_alarms_per_10k: SupportsFloat | SupportsIndex | None = None,
        *,
        remember: bool = True,
        reference: Reference | None = None,
        tombstones: TombstoneLog | None = None,
    ) -> Self: ...
    def update(
        self,
        loss: SupportsFloat | SupportsIndex | None = None,
        grad_norm: SupportsFloat | SupportsIndex | None = None,
        step_norm: SupportsFloat | SupportsIndex | None = None,
        noise: SupportsFloat | SupportsIndex | None = None,
        lr: SupportsFloat | SupportsIndex | None = None,
        step: SupportsIndex | None = None,
        batch_id: object = None,
    ) -> Snapshot:
        """Take one step's signals, each of which may be absent, and return what they mean.

        Args:
            loss: The raw loss, not a moving average.
            grad_norm: The global gradient norm before clipping. Leave it out in steps that a loss scaler skips.
            step_norm: The norm of the true parameter update.
            noise: The gradient noise, as ``GradNoiseTap.norm`` measures it.
            lr: The learning rate; of several groups the largest.
            step: The step number. A step that is not above the last one opens a new segment: a resume or a rollback.
            batch_id: Kept in the snapshot, for the explanation.

        Returns:
            The snapshot of this step. NaN and the infinities are values like others: they alarm and raise nothing.

        Raises:
            TypeError: A signal is not a real number, or the step not an integer. The monitor is unchanged.
            ValueError: An integer is too large. The monitor is unchanged.
        """
    def update_many(
        self,
        loss: ArrayLike | None = None,
        *,
        grad_norm: ArrayLike | None = None,
        step_norm: ArrayLike | None = None,
        noise: ArrayLike | None = None,
        lr: ArrayLike | None = None,
        step: ArrayLike | None = None,
    ) -> list[Alarm]:
        """Take many steps at once: the same as ``update`` row by row. Return all their alarms.

        Args:
            loss: One value a step, as for all others. A signal is absent in all rows or in none; None in a list is NaN.
            grad_norm: As in ``update``.
            step_norm: As in ``update``.
            noise: As in ``update``.
            lr: As in ``update``.
            step: Step numbers.

        Raises:
            TypeError: A series does not hold real numbers. The monitor is unchanged.
            ValueError: A series is not one-dimensional, or lengths differ. The monitor is unchanged.

        Example:
            >>> from anet_lite import Monitor
            >>> [alarm.score for alarm in Monitor().update_many([1.0, 2.0, float("inf")])]
            ['nonfinite']
        """
    def score(
        self,
        rows: Iterable[Iterable[SupportsFloat | SupportsIndex | None]],
        order: Iterable[SupportsIndex] | None = None,
    ) -> list[tuple[str, list[Alarm]]]:
        """Take many rows of the whole run, and remember how far it has come.

        Args:
            rows: For each row its loss, gradient norm, step norm, noise and learning rate, as many of them as there
                are. ``None`` is a signal that was not given, NaN one that is not finite.
            order: Where each row stands, such as a time: as many integers of 64 bits. Rows are taken as they come;
                ``last_order`` tells the highest.

        Returns:
            For each row the status and the alarms that are news.

        Raises:
            TypeError: ``rows`` does not hold rows of real numbers, or ``order`` integers.
            ValueError: A row has more than five signals, or ``order`` is of another length. Nothing is learned then.

        Example:
            >>> from anet_lite import Monitor
            >>> [status for status, alarms in Monitor().score([(0.5, 1.0), (float("nan"), 1.0)])]
            ['warming_up', 'failing']
        """

    @property
    def last_order(self) -> int | None:
        """The highest order of any row so far; ``None`` where no row had one."""

    def head(self) -> bytes:
        """Return which state this is, in less than 100 bytes.

        The head holds a format version, a hash of the parameters, the number of events, the last order, a digest to
        which each event is chained, and a hash of all pages. Two heads are equal only where the states are. Call it
        after ``take_dirty_pages``, which has done its work already.

        The events are those since a monitor was made, or read from ``to_bytes``, which holds none of this.
        """

    def take_dirty_pages(self, page_bytes: SupportsIndex = 65_536) -> dict[int, bytes]:
        """Return the pages that are not as they were when they were last taken, by number.

        All pages, in a dict that is kept up to date with what this returns, and the head hold the whole state. A page
        that is no more comes once as ``b""``.

        Args:
            page_bytes: The most bytes of a page, 256 to 1,048,576. Another size than before gives other pages.

        Raises:
            TypeError: ``page_bytes`` is not an integer.
            ValueError: ``page_bytes`` is out of its range.
        """

    def restore(self, head: bytes, pages: Mapping[int, bytes]) -> None:
        """Take over the memory of a monitor that was made with the same parameters; it goes on bit for bit.

        Args:
            head: What ``head`` gave when the pages were last taken.
            pages: All pages by number, each as it was last taken.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The head or a page is damaged, of another format version, or of another class; the parameters
                differ; a page is missing, or was taken before or after the head. Nothing has changed then.

        Example:
            >>> from anet_lite import Monitor
            >>> monitor, store = Monitor(), {}
            >>> for loss in [0.5, 0.4, 0.3]:
            ...     _ = monitor.update(loss)
            ...     store.update(monitor.take_dirty_pages())
            >>> restored = Monitor()
            >>> restored.restore(monitor.head(), store)
            >>> restored.rows
            3
        """

    def note(self, text: str) -> None:
        """Announce a change that is intended, such as another mix of data: the next row opens a new segment.

        Baselines, own lines, the open incident and the memory start again; scales and the largest rate stay. The text
        stands in the snapshots of the segment and in the explanation of its alarms, and is saved with the state.

        Raises:
            ValueError: The text is empty.

        Example:
            >>> from anet_lite import Monitor
            >>> monitor = Monitor()
            >>> alarms = monitor.update_many([1.0, 1.1, 0.9])
            >>> monitor.note("data mix 2")
            >>> snap = monitor.update(1.4)
            >>> snap.segment, snap.note
            ('note', ('data mix 2', 3))
        """
    def group(self, name: str) -> MonitorGroup:
        """Return the monitor of a group of parameters, such as a layer; made on first mention.

        Update the groups of a step before the whole. While there are groups, the whole has half of the accepted false
        alarms and the groups share the other half. Their alarms are rolled up: where the whole alarms in the same step,
        its alarm names the groups; where only groups alarm, their strongest is one alarm of the whole, and no other
        follows until 50 steps are calm.
        """
    def scores(self) -> dict[str, float]:
        """Return the scores of the last row, before the knob: the raw value over its own or its fixed line."""
    def reference(self, learned_on: str) -> Reference:
        """Return the course of this run's first 256 steps, to be the reference of later runs if this one was good.

        Raises:
            ValueError: There were fewer than 8 steps.
        """
    def state_dict(self) -> dict[str, Any]:
        """Return all that the monitor has learned, as plain numbers and texts: ``load_state_dict`` goes on bit for bit.

        The settings and the reference are not part of it. Loading opens no segment; a resume from an earlier step does,
        when ``update`` is told the step. The entry ``tombstones`` holds length and head of the log that the monitor was
        given, for ``anet-lite tombstones verify --expect-head``; without a log, those of the state loaded last.
        """
    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Replace all that was learned by what ``state_dict`` gave. The settings of this monitor stay.

        Where it has a log that does not hold the head of the state, a RuntimeWarning says so.

        Raises:
            TypeError: The state is not a dict.
            ValueError: It is not a monitor's state, of another version, or damaged. The monitor is unchanged.
        """
    def __getstate__(self) -> dict[str, Any]: ...
    def __setstate__(self, state: dict[str, Any], /) -> None: ...
    def __getnewargs_ex__(self) -> tuple[tuple[float], dict[str, Any]]: ...

@final
class MonitorGroup:
    """The monitor of one group of parameters. Made by ``Monitor.group``."""

    name: str
    """The name of the group."""
    def update(
        self,
        loss: SupportsFloat | SupportsIndex | None = None,
        *,
        grad_norm: SupportsFloat | SupportsIndex | None = None,
        step_norm: SupportsFloat | SupportsIndex | None = None,
        noise: SupportsFloat | SupportsIndex | None = None,
        lr: SupportsFloat | SupportsIndex | None = None,
    ) -> str:
        """Take the group's signals of a step, before the whole takes its own; return the group's status.

        Where several groups move, ``update_up`` and ``update_down`` look at how much more than the middle of the others
        a group moved, one step later: what moves all of them is for the whole to tell.

        Raises:
            TypeError: A signal is not a real number.
            ValueError: An integer is too large.
        """

# --- record -----------------------------------------------------------------------------------------------------------

@final
class RecordLines:
    """Spells records: what ``anet_lite.Recorder`` writes, without the writing.

    Args:
        form: ``"jsonl"`` or ``"csv"``.
        extra: The user's columns, each with its kind: ``"number"``, ``"flag"`` or ``"text"``.

    Raises:
        ValueError: There is no such form or kind, or a name is taken.
    """

    columns: list[tuple[str, str]]
    """All columns in order, each with its kind: number, integer, flag or text."""
    def __new__(cls, form: str, extra: list[tuple[str, str]] = ...) -> Self: ...
    def header(self) -> bytes:
        """Return the line with the names that a CSV begins with; empty for JSON lines."""
    def line(
        self,
        snapshot: Snapshot | ANETSnapshot,
        values: dict[str, Any],
        time: float,
        row: int,
        explanation: str,
        note: str,
    ) -> bytes:
        """Return the line of a snapshot, with its newline.

        Args:
            snapshot: What the monitor or ``snapshot`` returned.
            values: The user's columns by name; those that are missing or None are empty. For an ``ANETSnapshot``, which
                does not know them, also ``step`` and the signals.
            time: Seconds since 1970.
            row: Number of the record, where the snapshot has none.
            explanation: The alarms in words.
            note: What is to be known of the records themselves.

        Raises:
            TypeError: A value is not of its column's kind.
            ValueError: There is no such column.
        """

# --- table ------------------------------------------------------------------------------------------------------------

@final
class TableReader:
    """Reads columns out of the bytes of a file of JSON lines or CSV.

    Args:
        form: ``"jsonl"``, or the delimiter of a CSV.
        numbers: Columns of numbers. A cell that is missing or no number counts as not given.
        texts: Columns of texts.
    """

    rows: int
    """Rows read."""
    def __new__(cls, form: str, numbers: list[str], texts: list[str] = ...) -> Self: ...
    def feed(self, data: bytes) -> None:
        """Take the next bytes, cut anywhere.

        Raises:
            ValueError: A line is not a JSON object.
        """
    def finish(self) -> None:
        """Take a last row without a newline; a torn one is left out."""
    def numbers(self) -> list[tuple[NDArray[float64], NDArray[bool_]]]:
        """Return for each column of numbers its values, and whether each was given."""
    def texts(self) -> list[list[tuple[int, str]]]:
        """Return for each column of texts the rows where it changes, with what it changes to."""

def replay_rows(monitor: Monitor, signals: list[tuple[NDArray[float64], NDArray[bool_]] | None]) -> list[Snapshot]:
    """Give many rows to a monitor, and return the snapshots that have alarms.

    Args:
        monitor: The monitor.
        signals: loss, grad_norm, step_norm, noise, lr and step: values and whether each was given, or None.
    """

# --- sparse -----------------------------------------------------------------------------------------------------------

@disjoint_base
class SparseSignature:
    """What an encoder makes of a window: positions in a large space, each with an elevation.

    A mutable dataclass: fields can be set, the lists changed in place; ``==``, ``repr``, ``dataclasses.fields``,
    ``asdict`` and ``replace``, ``copy`` and ``pickle`` work as on any dataclass, and like one it cannot be hashed.

    Example:
        >>> from rh_sparse_anomaly import SparseSignature
        >>> SparseSignature([7, 3], [0.9, 0.4], 4096, 2 / 4096)
        SparseSignature(positions=[7, 3], elevations=[0.9, 0.4], dimension=4096, sparsity=0.00048828125,
            version='sparse-minimal-0.1', salt_id='rh_sparse')
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __match_args__: ClassVar[tuple[str, ...]]
    positions: list[int]
    """Distinct positions in ``range(dimension)``, the highest elevation first."""
    elevations: list[float]
    """The elevation of each position, in 0..1."""
    dimension: int
    """The number of positions that there could be."""
    sparsity: float
    """``len(positions) / dimension``."""
    version: str
    """Name of the encoding."""
    salt_id: str
    """Seed of the encoder."""
    def __init__(
        self,
        positions: list[int],
        elevations: list[float],
        dimension: int,
        sparsity: float,
        version: str = "sparse-minimal-0.1",
        salt_id: str = "rh_sparse",
    ) -> None: ...
    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]

@disjoint_base
class SparseEncoder:
    """Encodes a window as the positions of its most unusual samples. Deterministic.

    Each sample ``x[i]`` has three elevations: ``z = tanh(|x[i] - mean| / s)``, ``q = tanh(|x[i] - median| / m)`` and
    ``dz = 0.8 tanh(|x[i] - x[i-1]| / (s + 1e-9))``, with ``s`` the population standard deviation and ``m`` the mean
    distance from the median, each plus 1e-9; ``dz[0] = 0``. Each elevation above zero claims the position
    ``blake2b(f"{seed}|{channel}|{i}|{elevation:.6f}", key=seed, digest_size=8) mod dimension``, read big-endian. A
    position keeps the highest elevation that claims it; the signature holds the ``max_positions`` highest.

    Args:
        dimension: Number of positions, at least 1.
        max_positions: Most positions that a signature holds, at least 0.
        seed: Key of the hash, at most 64 bytes in UTF-8. It may be empty.

    Raises:
        TypeError: ``dimension`` or ``max_positions`` is not an integer.
        ValueError: ``dimension`` is below 1, ``max_positions`` below 0, ``seed`` longer than 64 bytes.

    Example:
        >>> from rh_sparse_anomaly import SparseEncoder
        >>> signature = SparseEncoder(max_positions=3).encode([0.0, 0.1, -0.1, 5.0, 0.0])
        >>> len(signature.positions), signature.sparsity
        (3, 0.000732421875)

    Source: the published rh_sparse_anomaly.py; BLAKE2 is RFC 7693.
    """

    D: int
    """The ``dimension``; can be set."""
    K: int
    """The ``max_positions``; can be set."""
    seed: str
    """The ``seed``; can be set."""
    def __init__(self, dimension: int = 4096, max_positions: int = 128, seed: str = "rh_sparse") -> None: ...
    def encode(self, x: ArrayLike) -> SparseSignature:
        """Encode a window of any length.

        A sample that is not finite counts as 0. On a constant window everything hangs on how the mean is rounded: 0.5
        gives no position at all, 0.1 gives many. The mean is NumPy's, to the last bit.

        Args:
            x: The samples, one-dimensional.

        Returns:
            The signature; among equal elevations the position that any item claimed first comes first.

        Raises:
            TypeError: ``x`` does not hold real numbers.
            ValueError: ``x`` is not one-dimensional.

        Example:
            >>> from rh_sparse_anomaly import SparseEncoder
            >>> SparseEncoder().encode([]).positions
            []
        """

    def _hpos(self, i: int, tag: str, val: float) -> int:
        """Return the position that sample ``i`` of channel ``tag`` claims with the elevation ``val``.

        Example:
            >>> from rh_sparse_anomaly import SparseEncoder
            >>> SparseEncoder()._hpos(0, "z", 0.5)
            469
        """

    @staticmethod
    def _safe(arr: ArrayLike) -> NDArray[float64]:
        """Return a float64 copy with 0 for what is not finite.

        Example:
            >>> from rh_sparse_anomaly import SparseEncoder
            >>> SparseEncoder._safe([1.0, float("nan")])
            array([1., 0.])
        """

def sparse_cosine(a: dict[int, float], b: dict[int, float]) -> float:
    """Return ``a . b / (|a| |b|)`` of two sparse vectors.

    Args:
        a: Values by position. Positions are integers of up to 128 bits.
        b: The same.

    Returns:
        The cosine; 0.0 where either is empty or has a norm of zero, NaN where a value is not finite.

    Raises:
        TypeError: Not dicts of integers to real numbers.
        ValueError: A position is beyond 128 bits.

    Example:
        >>> from rh_sparse_anomaly import sparse_cosine
        >>> sparse_cosine({1: 1.0, 2: 1.0}, {2: 3.0})
        0.7071067811865475
    """

@disjoint_base
class MultiScaleAnomaly:
    """Scores how new each signature is against the latest ones, for each of several scales.

    The score of a scale is ``1 - mean of the knn_k largest cosines`` between the signature and the latest ``scale``
    signatures: 0 has been seen, 1 shares nothing with any. All scales look at one history, held once.

    Args:
        scales: How many of the latest signatures each score looks back on, each at least 1. One that comes twice counts
            once; without any the combined score is 0.
        knn_k: How many cosines are averaged; any integer, clipped to between 1 and what a scale holds.

    Raises:
        TypeError: ``scales`` does not hold integers, or ``knn_k`` is none.
        ValueError: A scale is below 1.

    Example:
        >>> from rh_sparse_anomaly import MultiScaleAnomaly, SparseEncoder
        >>> encoder, detector = SparseEncoder(), MultiScaleAnomaly(scales=(4, 16))
        >>> detector.update_and_score(encoder.encode([0.0, 1.0, 0.0, 3.0]))
        (1.0, {4: 1.0, 16: 1.0})
        >>> combined, per_scale = detector.update_and_score(encoder.encode([0.0, 1.0, 0.0, 3.0]))
        >>> round(combined, 12)
        0.0

    Source: the published rh_sparse_anomaly.py.
    """

    def __init__(self, scales: Iterable[int] = (64, 256, 1024), knn_k: int = 5) -> None: ...
    @property
    def scales(self) -> list[int]:
        """The scales as given."""

    knn_k: int
    """How many cosines are averaged, before clipping; can be set."""
    @staticmethod
    def to_dict(sig: SparseSignature) -> dict[int, float]:
        """Return the signature as ``{position: elevation}``; of a position that comes twice the last elevation counts.

        Example:
            >>> from rh_sparse_anomaly import MultiScaleAnomaly, SparseSignature
            >>> MultiScaleAnomaly.to_dict(SparseSignature([7, 3, 7], [0.9, 0.4, 0.1], 16, 3 / 16))
            {7: 0.1, 3: 0.4}
        """

    def update_and_score(self, sig: SparseSignature) -> tuple[float, dict[int, float]]:
        """Score a signature, then take it into the history.

        Args:
            sig: Whatever has ``positions`` and ``elevations``. Positions may be any integers of up to 128 bits.

        Returns:
            ``(combined, {scale: score})``: the mean over scales, and each. A scale that holds nothing yet scores 1. A
            signature without positions, or with a norm of zero, has a cosine of 0 with every other.

        Raises:
            TypeError: ``sig`` is no signature.
            ValueError: An elevation is not finite, or a position is beyond 128 bits. Nothing is changed then.
        """

    def to_bytes(self) -> bytes:
        """Return the whole state, from which :meth:`from_bytes` makes a detector that scores on bit for bit.

        The format is versioned and checksummed; ``pickle`` and ``copy`` use it too.
        """

    @classmethod
    def from_bytes(cls, data: Buffer) -> Self:
        """Restore a detector from :meth:`to_bytes`.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, or was saved by another class or format version.

        Example:
            >>> from rh_sparse_anomaly import MultiScaleAnomaly
            >>> MultiScaleAnomaly.from_bytes(MultiScaleAnomaly(scales=(4, 16)).to_bytes()).scales
            [4, 16]
        """

@final
class StreamScore:
    """The score of one window of a stream."""

    def __new__(cls, combined: float, per_scale: dict[int, float]) -> Self: ...
    @property
    def combined(self) -> float:
        """The mean over scales: 1 is new, 0 has been seen."""

    @property
    def per_scale(self) -> dict[int, float]:
        """The score of each scale."""

    def __eq__(self, other: object, /) -> bool: ...
    __hash__: ClassVar[None]  # type: ignore[assignment]

@final
class StreamScores:
    """The scores of many windows, NaN where a window was not full yet."""

    @property
    def combined(self) -> NDArray[float64]:
        """The mean over scales of each: 1 is new, 0 has been seen."""

    @property
    def per_scale(self) -> dict[int, NDArray[float64]]:
        """The scores of each scale, shaped like ``combined``."""

@final
class StreamScorer:
    """Scores a stream one sample at a time: how new its latest ``window`` samples are.

    Each push encodes the latest ``window`` samples by ``SparseEncoder(dimension, max_positions, seed)`` and scores the
    signature by ``MultiScaleAnomaly(scales, knn_k)``. The push of ``x[i]`` scores ``x[i - window + 1]`` to ``x[i]``,
    for the first time at ``i = window - 1``. :func:`anomaly_trace_from_rh` calls the same window row ``i + 1`` and
    stops one window earlier: a stream also scores the window that ends with the last sample.

    A sample that is NaN or infinite counts as 0 and raises nothing. Pushes from several threads take turns.

    Args:
        window: Samples in a window, at least 1.
        dimension: Number of positions, at least 1.
        max_positions: Most positions of a signature, at least 0.
        scales: How many of the latest windows each score looks back on, each at least 1.
        knn_k: How many nearest windows a score averages; clipped to what a scale holds.
        seed: Key of the hash, at most 64 bytes in UTF-8.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from anet_lite import StreamScorer
        >>> scorer = StreamScorer(window=4, scales=(8, 32))
        >>> [scorer.push(x) for x in (0.0, 1.0, 0.0)]
        [None, None, None]
        >>> scorer.push(2.0)
        StreamScore(combined=1.0, per_scale={8: 1.0, 32: 1.0})

    Source: the published rh_sparse_anomaly.py, in which the same scores come from a loop over windows.
    """

    def __new__(
        cls,
        window: int = 256,
        dimension: int = 4096,
        max_positions: int = 128,
        scales: Iterable[int] = (64, 256, 1024),
        knn_k: int = 5,
        seed: str = "rh_sparse",
    ) -> Self: ...
    def push(self, x: float) -> StreamScore | None:
        """Take one sample.

        Returns:
            The score of the window that it ends; None until the window is full.

        Raises:
            TypeError: ``x`` is not a real number.
        """

    def peek(self, x: float) -> StreamScore | None:
        """Return the score that ``push(x)`` would, and take nothing in.

        Example:
            >>> from anet_lite import StreamScorer
            >>> scorer = StreamScorer(window=1, scales=(8,))
            >>> scorer.peek(3.0) == scorer.push(3.0)
            True
        """

    def push_many(self, samples: ArrayLike) -> StreamScores:
        """Take samples in turn, as :meth:`push` would one by one.

        Args:
            samples: n samples, one-dimensional.

        Returns:
            Arrays of n scores, NaN for the samples before the window was full.

        Raises:
            TypeError: ``samples`` does not hold real numbers.
            ValueError: ``samples`` is not one-dimensional. Nothing is changed then.

        Example:
            >>> from anet_lite import StreamScorer
            >>> StreamScorer(window=2, scales=(8,)).push_many([0.0, 1.0]).combined
            array([nan,  1.])
        """

    def score(self, rows: ArrayLike, order: Iterable[SupportsIndex] | None = None) -> StreamScores:
        """Score many samples as ``push_many``, and remember how far the stream has come.

        Args:
            rows: One-dimensional samples.
            order: Where each sample stands, such as a time: as many integers of 64 bits. Samples are scored as they
                come; ``last_order`` tells the highest.

        Raises:
            TypeError: ``rows`` does not hold real numbers, or ``order`` integers.
            ValueError: ``rows`` is not one-dimensional, or ``order`` of another length. Nothing is learned then.

        Example:
            >>> from anet_lite import StreamScorer
            >>> scorer = StreamScorer(window=2)
            >>> scorer.score([0.5, 1.5], order=[10, 20]).combined
            array([nan,  1.])
            >>> scorer.last_order
            20
        """

    @property
    def last_order(self) -> int | None:
        """The highest order of any row so far; ``None`` where no row had one."""

    def head(self) -> bytes:
        """Return which state this is, in less than 100 bytes.

        The head holds a format version, a hash of the parameters, the number of events, the last order, a digest to
        which each event is chained, and a hash of all pages. Two heads are equal only where the states are. Call it
        after ``take_dirty_pages``, which has done its work already.

        The events are those since a scorer was made, or read from ``to_bytes``, which holds none of this.
        """

    def take_dirty_pages(self, page_bytes: SupportsIndex = 65_536) -> dict[int, bytes]:
        """Return the pages that are not as they were when they were last taken, by number.

        All pages, in a dict that is kept up to date with what this returns, and the head hold the whole state. A page
        that is no more comes once as ``b""``.

        Args:
            page_bytes: The most bytes of a page, 256 to 1,048,576. Another size than before gives other pages.

        Raises:
            TypeError: ``page_bytes`` is not an integer.
            ValueError: ``page_bytes`` is out of its range.
        """

    def restore(self, head: bytes, pages: Mapping[int, bytes]) -> None:
        """Take over the memory of a scorer that was made with the same parameters; it goes on bit for bit.

        Args:
            head: What ``head`` gave when the pages were last taken.
            pages: All pages by number, each as it was last taken.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The head or a page is damaged, of another format version, or of another class; the parameters
                differ; a page is missing, or was taken before or after the head. Nothing has changed then.

        Example:
            >>> from anet_lite import StreamScorer
            >>> scorer, store = StreamScorer(window=2), {}
            >>> for sample in [0.5, 1.5, 1.0]:
            ...     _ = scorer.push(sample)
            ...     store.update(scorer.take_dirty_pages())
            >>> restored = StreamScorer(window=2)
            >>> restored.restore(scorer.head(), store)
            >>> restored.head() == scorer.head()
            True
        """

    @property
    def window(self) -> int:
        """Samples in a window."""

    @property
    def scales(self) -> list[int]:
        """The scales as given."""

    @property
    def nbytes(self) -> int:
        """Bytes that the stream occupies: under 3 MB at the defaults with every scale full.

        That is about 19 for each position of a signature held: 10 for its elevation and slot, 2 for its column, and the
        rest is room for lists to grow.
        """

    def to_bytes(self) -> bytes:
        """Return the whole state, from which :meth:`from_bytes` makes a scorer that goes on bit for bit.

        The format is versioned and checksummed; ``pickle`` and ``copy`` use it too.
        """

    @classmethod
    def from_bytes(cls, data: Buffer) -> Self:
        """Restore a scorer from :meth:`to_bytes`.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, or was saved by another class or format version.

        Example:
            >>> from anet_lite import StreamScorer
            >>> StreamScorer.from_bytes(StreamScorer(window=9).to_bytes()).window
            9
        """

@final
class StreamScorerPool:
    """Many independent :class:`StreamScorer`, pushed together in parallel threads.

    Streams stand in an order, like the items of a list: sample ``i`` of a batch goes to stream ``i``, and those after a
    removed stream move up. The interpreter is released while they work. Threads live only as long as a call, so a
    process can fork between calls.

    Args:
        n: Number of streams to begin with, 0 to 16,777,216.
        window: Samples in a window, at least 1; this and what follows as for :class:`StreamScorer`.
        dimension: Number of positions, at least 1.
        max_positions: Most positions of a signature, at least 0.
        scales: How many of the latest windows each score looks back on, each at least 1.
        knn_k: How many nearest windows a score averages; clipped to what a scale holds.
        seed: Key of the hash, at most 64 bytes in UTF-8.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from anet_lite import StreamScorerPool
        >>> pool = StreamScorerPool(3, window=2, scales=(8,))
        >>> pool.push([0.0, 1.0, 2.0]).combined
        array([nan, nan, nan])
        >>> pool.push([1.0, 1.0, 0.0]).combined
        array([1., 1., 1.])
    """

    def __new__(
        cls,
        n: int,
        window: int = 256,
        dimension: int = 4096,
        max_positions: int = 128,
        scales: Iterable[int] = (64, 256, 1024),
        knn_k: int = 5,
        seed: str = "rh_sparse",
    ) -> Self: ...
    def push(self, samples: ArrayLike) -> StreamScores:
        """Take one sample for each stream.

        Args:
            samples: n samples, one-dimensional, n the number of streams.

        Returns:
            Arrays of n scores, NaN for streams whose window is not full.

        Raises:
            TypeError: ``samples`` does not hold real numbers.
            ValueError: ``samples`` is not one-dimensional or has not one for each stream. No stream is changed then.
        """

    def push_many(self, samples: ArrayLike) -> StreamScores:
        """Take several samples for each stream, row by row.

        Args:
            samples: t rows of n samples, n the number of streams.

        Returns:
            Arrays of t rows of n scores, NaN where a window was not full.

        Raises:
            TypeError: ``samples`` does not hold real numbers.
            ValueError: ``samples`` is not two-dimensional or its rows have not one for each stream. No stream is
                changed then.

        Example:
            >>> from anet_lite import StreamScorerPool
            >>> StreamScorerPool(2, window=2, scales=(8,)).push_many([[0.0, 1.0], [1.0, 0.0]]).combined
            array([[nan, nan],
                   [ 1.,  1.]])
        """

    def add(self, count: int = 1) -> None:
        """Append streams that have seen nothing.

        Raises:
            TypeError: ``count`` is not an integer.
            ValueError: ``count`` is negative, or the streams would be more than 16,777,216.
        """

    def remove(self, index: int) -> StreamScorer:
        """Take a stream out of the pool; those after it move up by one.

        Returns:
            The stream, which can be pushed on its own.

        Raises:
            TypeError: ``index`` is not an integer.
            ValueError: There is no such stream.

        Example:
            >>> from anet_lite import StreamScorerPool
            >>> pool = StreamScorerPool(3)
            >>> stream = pool.remove(1)
            >>> len(pool)
            2
        """

    def __len__(self) -> int: ...
    @property
    def threads(self) -> int:
        """The most threads that a push uses, at first one for each processor; can be set."""

    @threads.setter
    def threads(self, value: int) -> None: ...
    @property
    def nbytes(self) -> int:
        """Bytes that the streams occupy."""

    def to_bytes(self) -> bytes:
        """Return the state of every stream, from which :meth:`from_bytes` makes a pool that goes on bit for bit.

        The format is versioned and checksummed; ``pickle`` and ``copy`` use it too.
        """

    @classmethod
    def from_bytes(cls, data: Buffer) -> Self:
        """Restore a pool from :meth:`to_bytes`.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, or was saved by another class or format version.

        Example:
            >>> from anet_lite import StreamScorerPool
            >>> len(StreamScorerPool.from_bytes(StreamScorerPool(3).to_bytes()))
            3
        """

# --- trace ------------------------------------------------------------------------------------------------------------

def anomaly_trace_from_rh(
    K_zeros: SupportsIndex = 3000,
    window: SupportsIndex = 256,
    scales: Iterable[SupportsIndex] = (64, 256, 1024),
    dim: SupportsIndex = 4096,
    topk: SupportsIndex = 128,
    knn_k: SupportsIndex = 5,
    seed: str = "rh_sparse_demo",
    inject_jolt: bool = True,
    method: Literal["newton", "centred", "exact"] = "newton",
) -> list[tuple[int, float, dict[int, float]]]:
    """Score each window of normalised zeta gaps against the windows before it.

    The gaps ``normalized_gaps(generate_gammas(K_zeros, method))`` are cut into the windows ``gaps[i - window : i]`` for
    ``i = window, window + 1, ...``; each is encoded by ``SparseEncoder(dim, topk, seed)`` and scored by
    ``MultiScaleAnomaly(scales, knn_k)``. The last gap is never scored.

    Args:
        K_zeros: Number of heights to generate.
        window: Gaps in a window, at least 1.
        scales: How many of the latest windows each score looks back on, each at least 1.
        dim: Number of positions of a signature, at least 1.
        topk: Most positions that a signature holds.
        knn_k: How many nearest windows a score averages; clipped to what a scale holds.
        seed: Key of the hash, at most 64 bytes in UTF-8.
        inject_jolt: Stretch eight gaps in the middle by 1.8, an event for the trace to show. It shows as a fall of the
            score: eight wide gaps outweigh the rest of their windows and make these windows alike.
        method: How heights are found; ``"newton"`` gives the published bits here for any ``K_zeros``.

    Returns:
        For each window ``(i, combined, {scale: score})``: 1 is new, 0 has been seen; ``combined`` is the mean over
        scales.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range, or ``K_zeros`` gives fewer than ``window + 2`` gaps.

    Example:
        >>> from rh_sparse_anomaly import anomaly_trace_from_rh
        >>> trace = anomaly_trace_from_rh(K_zeros=420, window=64, scales=(16, 64), dim=1024, topk=48)
        >>> len(trace)
        355
        >>> trace[0]
        (64, 1.0, {16: 1.0, 64: 1.0})
        >>> lowest = min(trace, key=lambda row: row[1])
        >>> 209 < lowest[0] <= 217 + 64  # while the eight stretched gaps, 209 to 216, are in the window
        True
    """

# --- zeta -------------------------------------------------------------------------------------------------------------

TAU: float

def N_riemann(T: SupportsFloat | SupportsIndex) -> float:
    """Count the zeta zeros up to height ``T``, smoothly.

    The smooth part of the Riemann-von Mangoldt formula: ``x ln x - x + 7/8`` with ``x = T / 2 pi``.

    Args:
        T: Height on the critical line, any real number.

    Returns:
        The mean count, not an integer; 0.0 for ``T <= 0``, NaN for NaN and infinity.

    Raises:
        TypeError: ``T`` is not a real number.
        ValueError: ``T`` is an integer that no float64 can hold.

    Example:
        >>> from rh_sparse_anomaly import N_riemann
        >>> round(N_riemann(100.0), 3)  # 29 zeros lie below 100
        29.002

    Source: H. M. Edwards, *Riemann's Zeta Function* (1974), section 6.6.
    """

def invert_N_for_k(k: SupportsFloat | SupportsIndex, iters: SupportsIndex = 12) -> float:
    """Return the height at which the smooth count reaches ``k``, by Newton's method.

    ``T <- T - (N(T) - k) 2 pi / ln(T / 2 pi)``, from ``T = 2 pi max(2.5, k / max(1, ln max(k, 3)))``.

    The smooth count reaches ``k`` about half a zero past the ``k``-th zero: the first result is 17.85, the first zero
    14.13. That is the published definition.

    Args:
        k: Ordinal, counted from 1; any real number.
        iters: Number of Newton steps. 0 or less gives the starting height. About five suffice; the rest decides the
            last bit, which is the published program's wherever its logarithm is the C library's.

    Returns:
        The height; 0.0 for ``k < 1``, NaN for NaN and infinity.

    Raises:
        TypeError: ``k`` is not a real number or ``iters`` is not an integer.
        ValueError: ``k`` is an integer that no float64 can hold.

    Example:
        >>> from rh_sparse_anomaly import invert_N_for_k
        >>> invert_N_for_k(1)
        17.84783651284962
        >>> invert_N_for_k(1, iters=0) == 5 * 3.141592653589793
        True
    """

def generate_gammas(
    K: SupportsIndex,
    method: Literal["newton", "centred", "exact"] = "newton",
    out: NDArray[float64] | None = None,
) -> NDArray[float64]:
    """Return heights for the ordinals 1 to ``K``, by the method that is named.

    ``"newton"``: the smooth count equals ``k``, as published: ``invert_N_for_k(k)`` for each, bit for bit below 4,096
    and within 5e-16 relative above, where it is the solution within 0.6 units in the last place.

    ``"centred"``: the smooth count equals ``k - 1/2``, where the ``k``-th zero lies on average; within 0.6 units in the
    last place of the solution.

    ``"exact"``: the zeta zeros themselves, as ``zeta_zeros(1, K)`` gives them.

    The first two are smooth values that stand in for zeta zeros: they increase, and their density is that of the zeros,
    but their gaps are all about the mean gap. The bits are the same on every processor with the same logarithm in its C
    library.

    Args:
        K: How many, at least 0.
        method: How heights are found.
        out: Where to put them: a contiguous, writeable float64 array of shape ``(K,)``. A call that is interrupted has
            filled a part of it.

    Returns:
        A float64 array of ``K`` heights: ``out`` if it was given.

    Raises:
        TypeError: ``K`` is not an integer, or ``out`` is not an array of float64.
        ValueError: ``K`` is negative, or too large for the memory; ``method`` is unknown; ``out`` has another shape, or
            cannot be written.

    Example:
        >>> from rh_sparse_anomaly import generate_gammas
        >>> generate_gammas(3)
        array([17.84783651, 23.17166082, 27.67119804])
        >>> generate_gammas(3, method="centred")
        array([14.52134695, 20.65574036, 25.49267543])
        >>> generate_gammas(3, method="exact")
        array([14.13472514, 21.02203964, 25.01085758])

    Source: G. Franca and A. LeClair (2014) for the count at ``k - 1/2``.
    """

def normalized_gaps(gammas: ArrayLike) -> NDArray[float64]:
    """Return the gaps between neighbouring heights in units of the mean gap there.

    ``s[k] = (gammas[k + 1] - gammas[k]) ln(gammas[k] / 2 pi) / 2 pi``.

    Heights that are NaN, infinite or not positive are left out before the gaps are taken; gaps that are not finite and
    positive are left out afterwards. Heights need not be sorted.

    Args:
        gammas: Heights: a one-dimensional series of real numbers.

    Returns:
        A float64 array of at most ``len(gammas) - 1`` gaps, empty for fewer than two usable heights.

    Raises:
        TypeError: ``gammas`` is not a series of real numbers.
        ValueError: ``gammas`` is not one-dimensional.

    Example:
        >>> from rh_sparse_anomaly import normalized_gaps
        >>> normalized_gaps([14.134725, 21.022040, 25.010858])
        array([0.88871198, 0.7666928 ])
    """

@final
class TuringCount:
    """How many zeros lie below a height, as the zeros found near it prove by Turing's method.

    The zeros found below ``height`` show that at least ``at_least`` lie below it, those above that at most ``at_most``
    do, so ``number`` is the one integer between.

    Source: T. Trudgian, *Improvements to Turing's method*, Math. Comp. 80 (2011) 2259, for the bound on S(t).
    """

    @property
    def height(self) -> float:
        """Where the zeros are counted."""
    @property
    def at_least(self) -> float:
        """A lower bound of their number."""
    @property
    def at_most(self) -> float:
        """An upper bound of their number."""
    @property
    def number(self) -> int:
        """The integer between the bounds."""

@final
class ZeroCertificate:
    """What shows that no zero is missing from a range and none is there twice.

    Between ``lower`` and ``upper``, which lie outside the range, as many zeros were found as the counts differ by. The
    counts are Turing's method in floating point, not interval arithmetic: numerically certified, not a proof.
    """

    @property
    def lower(self) -> TuringCount | None:
        """The count below the range; None where the search began below the first zero."""
    @property
    def upper(self) -> TuringCount:
        """The count above the range."""
    @property
    def found(self) -> int:
        """Zeros found between the two."""
    @property
    def refinements(self) -> int:
        """How often samples were doubled before the counts agreed: 0 is usual."""

@final
class ZetaZeros:
    """Consecutive zeta zeros with what rounding left out of them, and their certificate; see ``zeta_zeros``."""

    @property
    def zeros(self) -> NDArray[float64]:
        """The heights, rounded to float64."""
    @property
    def low(self) -> NDArray[float64]:
        """What rounding left out: the height is ``zeros + low``."""
    @property
    def certificate(self) -> ZeroCertificate:
        """The counts at both ends."""
    def __len__(self) -> int: ...

@overload
def zeta_zeros(start: SupportsIndex = 1, count: SupportsIndex = 1, full: Literal[False] = False) -> NDArray[float64]:
    """Return the imaginary parts of consecutive zeros of the Riemann zeta function on the critical line.

    Hardy's Z(t), from the Riemann-Siegel formula (below 50 the Euler-Maclaurin formula), is sampled twice a mean gap
    and interpolated within its band; sign changes are polished to roots, close pairs are found by Z'/Z, and Turing's
    method counts the zeros at both ends. A range whose count does not come out is sampled twice as densely; there is
    never a list with a hole. This is floating point, numerically certified, not a proof.

    Args:
        start: Ordinal of the first zero, from 1.
        count: How many, at least 0. ``start + count - 1`` is at most 1.32e14.
        full: Return an object with the low words and the certificate instead of an array.

    Returns:
        An increasing float64 array of ``count`` heights, each within 0.53 units in the last place; or a ``ZetaZeros``,
        whose ``zeros + low`` is within 1e-14 up to the ordinal 10^4, 1e-13 up to 10^9 and 1e-12 up to 10^12.

    Raises:
        TypeError: An argument is not an integer.
        ValueError: ``start`` is below 1, ``count`` is negative, or the last ordinal too high.
        KeyboardInterrupt: Ctrl-C was pressed; nothing is returned.

    Example:
        >>> from rh_sparse_anomaly import zeta_zeros
        >>> zeta_zeros(count=3)
        array([14.13472514, 21.02203964, 25.01085758])
        >>> float(zeta_zeros(10**6)[0])
        600269.6770124449
        >>> zeta_zeros(10**9, 2, full=True).certificate.found > 2
        True

    Sources: W. Gabcke, thesis, Goettingen (1979); A. M. Odlyzko, *The 10^20-th zero of the Riemann zeta function and
    175 million of its neighbors* (1992); H. M. Edwards, *Riemann's Zeta Function* (1974), chapters 6 to 8.
    """

@overload
def zeta_zeros(start: SupportsIndex = 1, count: SupportsIndex = 1, *, full: Literal[True]) -> ZetaZeros: ...
@overload
def zeta_zeros(start: SupportsIndex, count: SupportsIndex, full: Literal[True]) -> ZetaZeros: ...
@overload
def hardy_z(t: SupportsFloat | SupportsIndex, out: None = None) -> float:
    """Return Hardy's function, ``Z(t) = exp(i theta(t)) zeta(1/2 + i t)``: real, even, zero where zeta is.

    Euler-Maclaurin below 400, the Riemann-Siegel formula above, with ``sqrt(t / 2 pi)`` terms.

    Args:
        t: Heights between -3e13 and 3e13, a number or an array of any shape.
        out: Where to put the values: a contiguous, writeable float64 array of the shape of ``t``.

    Returns:
        A float for a number, a float64 array for an array. Errors are about 1e-15 at small heights, 1e-14 at 10^6 and
        1e-12 at 10^12. NaN gives NaN.

    Raises:
        TypeError: ``t`` does not hold real numbers, or ``out`` is not an array of float64.
        ValueError: A height is beyond 3e13 or infinite, or ``out`` has another shape.

    Example:
        >>> from rh_sparse_anomaly import hardy_z
        >>> round(hardy_z(0.0), 6)  # zeta(1/2)
        -1.460355
        >>> abs(hardy_z(14.134725141734695)) < 1e-14
        True
    """

@overload
def hardy_z(t: ArrayLike, out: NDArray[float64] | None = None) -> Any: ...
@overload
def riemann_siegel_theta(t: SupportsFloat | SupportsIndex, out: None = None) -> float:
    """Return the Riemann-Siegel theta function, ``arg Gamma(1/4 + i t / 2) - (t / 2) ln pi``, continuous and odd.

    Args:
        t: A number or an array of any shape.
        out: Where to put the values: a contiguous, writeable float64 array of the shape of ``t``.

    Returns:
        A float for a number, a float64 array for an array; within a unit in the last place for ``|t| >= 30`` and within
        1e-14 below. NaN gives NaN, infinity gives infinity.

    Raises:
        TypeError: ``t`` does not hold real numbers, or ``out`` is not an array of float64.
        ValueError: ``out`` has another shape, or cannot be written.

    Example:
        >>> from rh_sparse_anomaly import riemann_siegel_theta
        >>> round(riemann_siegel_theta(100.0), 6)
        87.972165
    """

@overload
def riemann_siegel_theta(t: ArrayLike, out: NDArray[float64] | None = None) -> Any: ...
@overload
def gram_point(n: SupportsIndex, out: None = None) -> float:
    """Return Gram points: the heights above 7 at which the Riemann-Siegel theta function is ``n pi``.

    Args:
        n: Integers from -1 to 1.3e14, one or an array of any shape.
        out: Where to put the heights: a contiguous, writeable float64 array of the shape of ``n``.

    Returns:
        A float for an integer, a float64 array for an array; within a unit in the last place for ``n >= 4``, within
        1e-13 below.

    Raises:
        TypeError: ``n`` does not hold integers, or ``out`` is not an array of float64.
        ValueError: An ``n`` is out of range, or ``out`` has another shape.

    Example:
        >>> from rh_sparse_anomaly import gram_point
        >>> round(gram_point(0), 6)
        17.8456
    """

@overload
def gram_point(n: ArrayLike, out: NDArray[float64] | None = None) -> Any: ...
@overload
def zero_count(T: SupportsFloat | SupportsIndex, out: None = None) -> int:
    """Count the zeta zeros with imaginary parts in ``0 < t <= T``, by Turing's method.

    The zeros about each height are found and counted as ``zeta_zeros`` does; heights near each other share the work.

    Args:
        T: Heights up to 2.9e13, a number or an array of any shape.
        out: Where to put the counts: a contiguous, writeable int64 array of the shape of ``T``.

    Returns:
        An int for a number, an int64 array for an array; 0 below the first zero.

    Raises:
        TypeError: ``T`` does not hold real numbers, or ``out`` is not an array of int64.
        ValueError: A height is NaN or above 2.9e13, or ``out`` has another shape.

    Example:
        >>> from rh_sparse_anomaly import zero_count
        >>> zero_count(100.0)
        29
    """

@overload
def zero_count(T: ArrayLike, out: NDArray[int64] | None = None) -> Any: ...
