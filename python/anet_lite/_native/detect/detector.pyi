"""A detector of one stream."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, SupportsFloat, SupportsIndex, final

from numpy.typing import ArrayLike
from typing_extensions import Self

from anet_lite._native.detect.detection import Detection, Detections
from anet_lite._native.detect.explanation import Explanation

@final
class StreamDetector:
    """Detects anomalies in a stream: scores each sample by what came before it.

    One causal pass, a few microseconds a sample, a state of fixed size. The score is an ensemble of parts, each in
    deviations from its own recent mean:

    - ``d4``, ``d16``, ``d32``, ``d64``: the last 4, 16, 32 or 64 samples have no near match among the lag vectors of
      the last 1024 (mean distance to the five nearest).
    - ``tokens``: the bag of hashed tokens of the last 16 samples has no near match (cosine of sparse signatures, over
      the last 64, 256 and 1024 samples).
    - ``rarity``: the tokens of the last 8 samples are rare.
    - ``flatline``: the stream moves less than it used to (binomial surprise, in nats).
    - ``b8_...``, ``b64_...``: lag vectors and rarity of means over 8 and over 64 samples.
    - ``b2_d16``, ``b2_d32``: lag vectors of means over 2 samples, among the last 8192 samples.
    - ``r1``, ``r8``, ``r16``, ``r32``: the last 1, 8, 16 or 32 samples are far from their forecasts (root mean square,
      in usual errors).
    - ``season32``, ``season128``: the last 32 or 128 samples lie on one side of the season.
    - ``drift``: the mean of the last 64, 256 or 1024 samples, or of one or two periods, is not what it was.
    - ``fall``: the last 32, 64 or 128 steps are smaller than usual.
    - ``place``: the last 1, 4, 16 or 64 samples are unusual for their place of a season that was given, in usual errors
      of that place; what an hour early or late would explain by the slope of the season does not count.

    **Score.** All parts but ``d4``, ``flatline`` and the forecast errors are cut at 5. With rho from 0 to 1 for how
    much better the forecasts are than a slow mean, and s from 0 to 1 for the share of the variance that the season
    explains, the score is the largest of

    - ``d4 + d16 + tokens + (1 - rho) (d32 + d64 / 2 + 2 rarity) + rho (r1 + r8 + r16 + r32)
      + rho (1 + 2 rho^8) (b2_d16 + b2_d32)``,
    - ``flatline``,
    - ``0.8 (b8_d8 + b8_d16 + b8_d32 / 2) + 2 b8_rarity - 1``,
    - ``1.3 (b64_d4 + b64_d8 + b64_d16 / 2 + b64_rarity) - 2``,
    - ``3 s (season32 + season128) - 1``.

    A sample has nine tokens: its level in whole deviations from the recent mean, its step, and its level paired with
    the level 1, 2, 4, ..., 64 samples before. Their positions are blake2b hashes under ``seed``, mod 4096. Scores are 0
    for the first 64 samples.

    **p-value.** A reference map of the score (with the forecast errors cut at 5) on its own recent scale, fitted so
    that p <= 1e-4 begins about one false episode in 10,000 samples of healthy series; it is not an exact test. By
    themselves ``drift`` and ``fall`` alarm from 5 on, ``place`` from 8 on, ``flatline`` from 17 on.

    **Missing samples** (NaN, infinities, ``None``) teach nothing. A single one is closed up, as if it had never been
    due. After more, whatever reaches across the gap is no evidence: the stream may come back in another phase without
    an alarm, but not at another level; a season goes on. Finite samples beyond 1e150 in size count as 1e150. Of several
    channels one that is missing for 64 samples, and for four times as long as ever before, is told once: score
    infinity, p-value 0.

    Args:
        seed: Key of the hash, at most 64 bytes in UTF-8.
        tokens: Whether there is a part ``tokens``. It costs a third of the time, and up to 100 kB a stream.
        long: Whether there are the parts that look back further than 1024 samples, and a season is looked for.
        adaptive_threshold: Whether a stream that often scores high raises its own alarm threshold (peaks over
            threshold), so that heavy tails and sparse counts raise few alarms, and one that always takes single large
            steps is not told of one more. What it holds back is ``Detection.held``. Incidents that recur and stand far
            apart from all else are no habit: each alarms.
        channels: Numbers in a sample, 1 to 1024, or their names. Each has a detector of its own; the score is the
            highest of theirs, the p-value the smallest times their number, at most 1.
        missing: ``"skip"``: a missing sample has score and p-value NaN. ``"flag"``: it is an event, with score
            infinity and p-value 0; of several channels the first of each run.
        season: The period in samples, or up to eight of them, 2 to 105,120 each, where it is known. It is looked for
            otherwise, up to 5,400 samples, in the last 16,384.
        warmup: Samples that are learned and not judged, at least 64. Give the length of a day where a stream begins at
            night.
        difference: Whether the differences between samples are judged: for prices and other walks.
        counter: Whether growth is judged: for a count that only grows, and begins again at 0 now and then.
        joint: Whether all channels, 2 to 64, are judged together, too: by the Mahalanobis distance of their normalised
            samples, scored as one more stream.
        small: For many streams with little memory: neither ``tokens`` nor ``long``, and explanations from 512 samples.

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
        r1
    """

    def __new__(
        cls,
        seed: str = "rh_sparse",
        tokens: bool = True,
        long: bool = True,
        adaptive_threshold: bool = True,
        channels: SupportsIndex | Iterable[str] = 1,
        missing: Literal["skip", "flag"] = "skip",
        *,
        season: SupportsIndex | Iterable[SupportsIndex] | None = None,
        warmup: SupportsIndex = 64,
        difference: bool = False,
        counter: bool = False,
        joint: bool = False,
        small: bool = False,
    ) -> Self: ...
    def push(self, x: SupportsFloat | SupportsIndex | ArrayLike | None, *, band: bool = False) -> Detection:
        """Score one sample by what came before it, then learn it.

        Args:
            x: A number; ``None``, ``pandas.NA`` or ``numpy.ma.masked`` where it is missing. With several channels a
                sequence of one number a channel.
            band: Whether to say between which values it would not have alarmed. That takes some forty scores on copies,
                a millisecond or more a channel.

        Raises:
            TypeError: ``x`` is not a real number, or not a sequence of real numbers.
            ValueError: ``x`` has not one number a channel. Nothing is learned then.
        """

    def push_many(
        self,
        values: ArrayLike,
        order: Iterable[SupportsIndex] | None = None,
        *,
        parts: bool = True,
        band: bool = False,
    ) -> Detections:
        """Score many samples, one after another, as ``push`` would.

        Args:
            values: n samples, one-dimensional or one column; with several channels of shape (n, channels). A list, an
                array, or what pandas, polars or pyarrow hold them in. Nulls, masked values and NaN are missing.
            order: Where each sample stands, such as a time: n integers of 64 bits. Samples are scored as they come;
                ``last_order`` tells the highest.
            parts: Whether to return the parts, which are most of the memory.
            band: As for ``push``.

        Raises:
            TypeError: ``values`` does not hold real numbers, or ``order`` integers.
            ValueError: ``values`` is of another shape, or ``order`` of another length. Nothing is learned then.
            KeyboardInterrupt: Ctrl-C was pressed. The samples before it are learned; their scores are lost. Where each
                has an order, ``last_order`` tells how far it came.

        A long call looks for Ctrl-C, and lets the calls of other threads in, many times a second.

        Example:
            >>> from anet_lite import StreamDetector
            >>> detector = StreamDetector()
            >>> detector.push_many([1.0, None, 2.0], order=[10, 20, 30]).score
            array([ 0., nan,  0.])
            >>> detector.last_order
            30
        """

    def freeze(self) -> None:
        """Learn nothing for good from now on: scores go by what is known now, and by the newest 64 to 128 samples.

        A change rings when it comes. Once the newest samples show nothing else it is compared with those, too, and no
        longer rings; but it never becomes what is usual: what was known at the freeze stays known. A frozen detector
        costs a little more a sample. ``to_bytes`` keeps that it is frozen.

        Example:
            >>> from anet_lite import StreamDetector
            >>> detector = StreamDetector()
            >>> seen = detector.push_many([t % 7 for t in range(600)])
            >>> detector.freeze()
            >>> changed = detector.push_many([20 + t % 7 for t in range(600)])
            >>> bool((changed.p_value <= 1e-4).any()), detector.frozen
            (True, True)
        """

    def thaw(self) -> None:
        """Learn again, from what was known at the freeze and the newest samples."""

    @property
    def frozen(self) -> bool:
        """Whether it learns nothing now."""

    def period(self, channel: SupportsIndex | str | None = None) -> int | None:
        """Return the period of a channel's season in samples.

        ``None`` where none is found, or where what was given explains nothing.

        Args:
            channel: The number or the name of a channel; without it the first.

        Raises:
            TypeError: ``channel`` is not an integer or a name.
            ValueError: There is no such channel.

        Example:
            >>> from math import sin, tau
            >>> from anet_lite import StreamDetector
            >>> detector = StreamDetector()
            >>> seen = detector.push_many([sin(tau * t / 24) for t in range(2000)])
            >>> detector.period() % 24
            0
        """

    @property
    def last_order(self) -> int | None:
        """The highest order of any row so far; ``None`` where no row had one."""

    def manifest(self) -> bytes:
        """Return which state this is, in less than 100 bytes.

        The manifest holds a format version, a hash of the parameters, the number of events, the last order, a digest to
        which each event is chained, and a hash of all pages. Two manifests are equal only where the states are. Call it
        after ``changed_pages``, which has done its work already.

        The events are those since a detector was made, or read from ``to_bytes``, which holds none of this.
        """

    def changed_pages(self, page_bytes: SupportsIndex = 65_536) -> dict[int, bytes]:
        """Return the pages that are not as they were when they were last taken, by number.

        All pages, in a dict that is kept up to date with what this returns, and the manifest hold the whole state. A
        page that is no more comes once as ``b""``.

        Args:
            page_bytes: The most bytes of a page, 256 to 1,048,576. Another size than before gives other pages.

        Raises:
            TypeError: ``page_bytes`` is not an integer.
            ValueError: ``page_bytes`` is out of its range.
        """

    def restore(self, manifest: bytes, pages: Mapping[int, bytes]) -> None:
        """Take over the memory of a detector that was made with the same parameters; it goes on bit for bit.

        Args:
            manifest: What ``manifest`` gave when the pages were last taken.
            pages: All pages by number, each as it was last taken.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The manifest or a page is damaged, of another format version, or of another class; the
                parameters differ; a page is missing, or was taken before or after the manifest. Nothing has changed
                then.

        Example:
            >>> from anet_lite import StreamDetector
            >>> detector, store = StreamDetector(), {}
            >>> for sample in [0.5, 1.5, 1.0]:
            ...     _ = detector.push(sample)
            ...     store.update(detector.changed_pages())
            >>> restored = StreamDetector()
            >>> restored.restore(detector.manifest(), store)
            >>> restored.manifest() == detector.manifest()
            True
        """

    def peek(self, x: SupportsFloat | SupportsIndex | ArrayLike | None) -> Detection:
        """Return what ``push`` would say of a sample. Nothing is learned.

        A copy of the detector takes it: it costs as much as ``push`` and a copy, tens of microseconds a channel.

        Args:
            x: As for ``push``.

        Raises:
            TypeError: ``x`` is not a real number, or not a sequence of real numbers.
            ValueError: ``x`` has not one number a channel.

        Example:
            >>> from anet_lite import StreamDetector
            >>> detector = StreamDetector()
            >>> seen = detector.push_many([t % 7 for t in range(300)])
            >>> detector.peek(50.0).p_value == detector.peek(50.0).p_value == detector.push(50.0).p_value
            True
        """

    def quiet_range(
        self, threshold: SupportsFloat = 1e-4, channel: SupportsIndex | str | None = None
    ) -> tuple[float, float]:
        """Return the least and the greatest next sample that would not alarm.

        Everything around the newest usual sample up to both ends has p > ``threshold`` by the detector's own scores,
        and the next float64 outside has not. The score need not rise with the distance: further out there may be quiet
        values again. With several channels the others are taken to be quiet.

        A call scores about a hundred samples on copies of the channel, some milliseconds.

        Args:
            threshold: A p-value at or below it is an alarm, as in :class:`Episodes`; at least 0 and below 1.
            channel: The number or the name of a channel; without it the first.

        Returns:
            Both ends. An end is infinite where nothing on its side alarms, as in the warm-up; both are NaN where
            everything that was tried does.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: ``threshold`` is out of its range, or there is no such channel.

        Example:
            >>> from anet_lite import StreamDetector
            >>> detector = StreamDetector()
            >>> seen = detector.push_many([t % 7 for t in range(300)])
            >>> low, high = detector.quiet_range()
            >>> low < 300 % 7 < high, detector.peek(high).p_value > 1e-4
            (True, True)
        """

    def explain(
        self,
        channel: SupportsIndex | str | None = None,
        *,
        since: SupportsIndex | None = None,
        until: SupportsIndex = 0,
    ) -> Explanation:
        """Say why the last sample that was not missing has its score, and what the newest samples look like.

        The event is described from the newest 2,048 samples, which a detector keeps as they came. It takes a few
        milliseconds.

        Args:
            channel: The number or the name of the channel to explain; without it the one with the smallest p-value.
            since: How many samples before the newest one the event began, missing ones counted; 0 where the newest is
                the first. Without it the beginning is looked for.
            until: How many samples before the newest one the last strange sample of that event came: what began after
                it is another event. Without ``since`` it has no meaning.

        Raises:
            TypeError: ``channel`` is not an integer or a name, or ``since`` or ``until`` not an integer.
            ValueError: There is no such channel, or ``since`` or ``until`` is negative.

        Example:
            >>> from anet_lite import StreamDetector
            >>> detector = StreamDetector(channels=["cpu", "memory"])
            >>> for t in range(600):
            ...     _ = detector.push([40 + t % 7, 70 + t % 5])
            >>> _ = detector.push([95, 72])
            >>> found = detector.explain()
            >>> found.name, found.direction, found.shape, found.value
            ('cpu', 'up', 'spike', 95.0)
        """

    @property
    def channels(self) -> int:
        """Numbers in a sample."""

    @property
    def channel_names(self) -> list[str]:
        """The names of the channels; empty where they have none."""

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
