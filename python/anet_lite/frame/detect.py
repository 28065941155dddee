"""From a frame to its alarms, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.frame.choose import choose
from anet_lite.frame.columns import columns_of
from anet_lite.frame.detected import Detected, detected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from anet_lite.frame.choose import Chosen
    from anet_lite.stream.span import Span


def detect(
    data: Any,
    *,
    threshold: float = 1e-4,
    merge: int = 50,
    time: str | None = None,
    key: str | Sequence[str] | None = None,
    columns: str | Sequence[str] | None = None,
    interval: float | None = None,
    lang: str = "en",
    tokens: bool = True,
    season: Span | Iterable[Span] | None = None,
    warmup: Span = 64,
    difference: bool | str | Iterable[str] = False,
    counter: bool | str | Iterable[str] = False,
    joint: bool = False,
    small: bool = False,
    held: bool = False,
) -> Detected:
    """Find the alarms of the streams in a data frame.

    Each column of numbers is a stream; with a key, each column of each value of the key. Rows are taken in order of
    time, on a grid: what is missing is a gap, and what is doubled is left out and told in ``remarks``. NaN and null are
    missing samples. Infinities are too.

    Args:
        data: A DataFrame or a Series of pandas or polars; a list or an array of numbers; a mapping of columns. From
            others the answer is in pandas, or in polars where only that is there.
        threshold: The largest p-value that alarms, 0 to 1.
        merge: Alarming samples fewer than this apart are one alarm; at least 2.
        time: The column of times: datetimes, texts in ISO 8601, or numbers since 1970, of seconds or of thousandths,
            millionths or billionths. By default an index of times, or the only column of times. ``""`` takes rows one
            after another.
        key: The column that tells streams apart, such as that of the host, or several. ``()`` says that there is none.
        columns: The columns that are streams; by default all of numbers, but for those above and one that only counts
            the rows.
        interval: Seconds between two samples of a stream; learned where it is None, 0 takes rows one after another.
        lang: The language of sentences: ``en`` or ``ja``.
        tokens: As for :class:`StreamDetector`.
        season: The period, where it is known, or several: samples, or times such as ``"1d"``.
        warmup: Samples of a stream, or a time, that are learned and not judged; at least 64 samples.
        difference: Whether differences between samples are judged: of all streams, or of these columns.
        counter: Whether growth is judged, of counts that only grow: of all streams, or of these columns.
        joint: Whether all streams together, 2 to 64, are judged, too: how they go together.
        small: Little memory a stream.
        held: Whether what streams' own habits hold back stands among the alarms, too, with ``held``.

    Returns:
        ``scores``, a frame with the index of the data, and ``alarms``, a frame with a row for each.

    Raises:
        TypeError: ``data`` is something else, or a column does not hold what is wanted of it.
        ValueError: A column is not there or cannot be chosen, or an argument is out of its range.
        ImportError: ``data`` is no frame, and neither pandas nor polars is installed.

    Example:
        >>> import math, pandas
        >>> from anet_lite import detect
        >>> hours = pandas.date_range("2026-01-01", periods=1000, freq="h")
        >>> load = pandas.Series([math.sin(t / 8) for t in range(1000)], index=hours, name="load")
        >>> load.iloc[900:905] = 3.0
        >>> found = detect(load)
        >>> found.alarms[["stream", "start_time", "value"]].values.tolist()
        [['load', Timestamp('2026-02-07 12:00:00'), 3.0]]
        >>> bool(found.scores.loc[hours[900], "alarm"])
        True

    """
    from anet_lite.stream import StreamAlarms, judge_whole
    from anet_lite.stream.columns import series_of

    given = columns_of(data)
    wanted, by = _names("columns", columns), _names("key", key)
    chosen = choose(given, wanted, _name("time", time), by or (), may_refuse=key is None)
    _check_columns(chosen, difference=difference, counter=counter)
    watched = StreamAlarms(
        threshold=threshold, merge=merge, interval=interval, zone=chosen.zone, tokens=tokens, season=season,
        warmup=warmup, difference=difference, counter=counter, small=small, held=held,
    )  # fmt: skip
    found = judge_whole(series_of(chosen.table, chosen.choice), watched, joint=joint)
    return detected(given, chosen, found, threshold, lang)


def _check_columns(chosen: Chosen, **arguments: Any) -> None:
    """Refuse a name of a column that is no stream."""
    for argument, which in arguments.items():
        for name in () if isinstance(which, bool) else _names(argument, which) or ():
            if name not in chosen.choice.columns:
                streams = ", ".join(map(repr, chosen.choice.columns))
                raise AnetValueError(f"{argument} must name columns that are streams, got {name!r}; they are {streams}")


def _names(argument: str, names: str | Sequence[str] | None) -> tuple[str, ...] | None:
    """Return an argument that names one column or several."""
    if names is None or isinstance(names, str):
        return None if names is None else (names,)
    try:
        return tuple(str(_name(argument, name)) for name in names)
    except TypeError:
        raise AnetTypeError(f"{argument} must be a str or a sequence of str, got {type(names).__name__}") from None


def _name(argument: str, name: str | None) -> str | None:
    if name is not None and not isinstance(name, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"{argument} must be a str, got {type(name).__name__}")
    return name
