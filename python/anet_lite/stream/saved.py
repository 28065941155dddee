"""The state of streams as bytes: JSON, in which detectors and episodes stand in their own byte form."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, TypeVar

from anet_lite._native import AnetTypeError, AnetValueError, Episodes, StreamDetector
from anet_lite.stream.alarm import StreamAlarm
from anet_lite.stream.bins import Bins
from anet_lite.stream.grid import Grid
from anet_lite.stream.held_back import HeldBack

if TYPE_CHECKING:
    from anet_lite.stream.alarms import StreamAlarms
    from anet_lite.stream.stream import Stream

T = TypeVar("T", bound="StreamAlarms")

_FORMAT, _VERSION = "anet-lite stream alarms", 2
_OPEN = (
    "start", "peak", "end", "start_time", "peak_time", "end_time",
    "value", "value_row", "value_time", "score", "p_value", "quiet",
    "first", "expected", "reason", "held",
)  # fmt: skip
"""What an open alarm is, but for what its detector says of it."""


def to_bytes(alarms: StreamAlarms) -> bytes:
    """Return settings and streams."""
    settings = {**asdict(alarms.rule), "interval": alarms.interval, "resample": alarms.resample}
    streams = {name: _saved(stream) for name, stream in alarms.streams.items()}
    return json.dumps({"format": _FORMAT, "version": _VERSION, "settings": settings, "streams": streams}).encode()


def from_bytes(kind: type[T], data: bytes) -> T:
    """Return what was saved.

    Raises:
        TypeError: It is not bytes.
        ValueError: It is damaged, of another version, or of something else.

    """
    if not isinstance(data, (bytes, bytearray, memoryview)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"data must be bytes, got {type(data).__name__}")
    try:
        whole: Any = json.loads(bytes(data))
        if (whole["format"], whole["version"]) != (_FORMAT, _VERSION):
            raise AnetValueError(f"data must be a state of version {_VERSION}, got version {whole['version']!r}")
        alarms = kind(**whole["settings"])
        for name, saved in whole["streams"].items():
            _restore(alarms.stream(name, saved["column"]), saved)
    except AnetValueError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise AnetValueError(f"data must be what StreamAlarms.to_bytes gave, and is not: {error}") from None
    return alarms


def _saved(stream: Stream) -> dict[str, Any]:
    series = stream.series
    return {
        "timed": stream.timed,
        "rows": stream.rows,
        "grid": asdict(stream.grid),
        "bins": stream.bins and asdict(stream.bins),
        "column": series.column,
        "samples": series.samples,
        "known": series.known,
        "held_back": asdict(series.held_back),
        "started": series.started,
        "last": series.last,
        "open": series.open and {name: getattr(series.open, name) for name in _OPEN},
        "detector": b64encode(series.detector.to_bytes()).decode(),
        "episodes": b64encode(series.episodes.to_bytes()).decode(),
    }


def _restore(stream: Stream, saved: dict[str, Any]) -> None:
    series = stream.series
    stream.timed, stream.rows, stream.grid = saved["timed"], int(saved["rows"]), Grid(**saved["grid"])
    stream.bins = Bins(**saved["bins"]) if saved["bins"] else None
    series.samples, series.started, series.known = (int(saved[name]) for name in ("samples", "started", "known"))
    series.held_back = HeldBack(**saved["held_back"])
    row, time = saved["last"]
    series.last = int(row), None if time is None else float(time)
    series.interval = stream.grid.interval
    series.resume(
        StreamDetector.from_bytes(b64decode(saved["detector"])), Episodes.from_bytes(b64decode(saved["episodes"]))
    )
    if saved["open"]:
        explanation = series.detector.explain(since=max(series.samples - 1 - series.started, 0))
        alarm = StreamAlarm(series.name, **saved["open"], explanation=explanation, moments=series.moments())
        series.open = replace(alarm, quiet=(float(alarm.quiet[0]), float(alarm.quiet[1])))
