"""Streams as one self-contained page: a plot for each, its alarms on it and below it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._native import __version__
from anet_lite.page.downsample import downsample
from anet_lite.page.render import page_of
from anet_lite.page.words import WORDS
from anet_lite.stream.summary import summary, unjudged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.stream import Found, StreamAlarm
    from anet_lite.stream.band import Band

_PANELS, _LISTED = 40, 400
"""Plots and alarms that a page shows at most: more would make no page to read."""

_WORDS = {
    "en": {
        "value": "value",
        "expected": "expected near alarms",
        "low": "no alarm above",
        "high": "no alarm below",
        "strangest": "Strangest moments, none of which rings",
        "left": " {count:,} streams have no plot here.",
        "footer": "Bands: alarms. Triangles: their most unusual values. anet-lite {version}, plots by uPlot.",
    },
    "ja": {
        "value": "値",
        "expected": "警報付近の予測値",
        "low": "これ以上なら警報なし",
        "high": "これ以下なら警報なし",
        "strangest": "警報には至らないが最も変わっている箇所",
        "left": " {count:,}系列の図は省略。",
        "footer": "帯: 警報。三角: その中で最も異例な値。anet-lite {version}、作図はuPlot。",
    },
}


def stream_page(
    found: Found, strangest: Sequence[StreamAlarm], title: str, form: str, zone: float | None = None, lang: str = "en"
) -> str:
    """Return the page of streams, in English or Japanese; those with alarms come first."""
    return page_of(stream_data(found, strangest, title, form, zone, lang, found.names()), title)


def stream_data(
    found: Found,
    strangest: Sequence[StreamAlarm],
    title: str,
    form: str,
    zone: float | None,
    lang: str,
    names: Sequence[str],
) -> dict[str, Any]:
    """Return all that a page shows of some of the streams, as plain types."""
    timed = all(scores.samples.times is not None for scores in found.scores.values())
    shift = (zone or 0.0) if timed else 0.0
    told = found.alarms if found.rang else [*found.alarms, *strangest]
    rings = bool(found.rang or not strangest)
    listed = [alarm for alarm in told if alarm.name in names or alarm.name not in found.scores]
    return {
        "name": title,
        "axis": "time" if timed else "row",
        "panels": [_panel(name, found, timed, shift, lang) for name in names[:_PANELS]],
        "alarms": [_alarm(alarm, timed, shift, lang) for alarm in listed[:_LISTED]],
        "audit": list[Any](),
        "words": _words(found, rings, form, lang, len(listed) - _LISTED, len(names) - _PANELS),
    }


def _words(found: Found, rings: bool, form: str, lang: str, more: int, left: int) -> dict[str, str]:
    words = _WORDS[lang]
    return {
        "lang": lang,
        "alarms": WORDS[lang]["alarms"] if rings else words["strangest"],
        "verdict": summary(found, lang) + (words["left"].format(count=left) if left > 0 else ""),
        "facts": "; ".join([form, *found.told()[:_LISTED], *unjudged(found, lang)[:_LISTED]]),
        "more": WORDS[lang]["more"].format(count=more) if more > 0 else "",
        "hint": WORDS[lang]["hint"],
        "footer": words["footer"].format(version=__version__),
    }


def _panel(name: str, found: Found, timed: bool, shift: float, lang: str) -> dict[str, Any]:
    import numpy as np

    samples = found.scores[name].samples
    given = np.isfinite(samples.values)
    xs, ys, _ = downsample(samples.places(timed) + shift, np.where(given, samples.values, 0.0), given)
    band = found.band(name, timed)
    drawn = [] if band is None else _near_alarms(band, samples.values[given], shift, lang)
    value = "" if not drawn else _WORDS[lang]["value"]
    return {"title": name, "series": [{"name": value, "x": xs, "y": ys, "bad": list[float]()}, *drawn]}


def _near_alarms(band: Band, values: NDArray[float64], shift: float, lang: str) -> list[dict[str, Any]]:
    """Return what was expected near alarms, and between what nothing would have alarmed, as far as the values reach."""
    import numpy as np

    first = np.concatenate([[True], np.diff(band.places) > 0])  # a run's end stands twice, the second time as a break
    lines = {"expected": band.expected, "low": band.low, "high": band.high}
    least, most = values.min(), values.max()
    return [
        {
            "name": _WORDS[lang][name],
            "x": (band.places[first] + shift).tolist(),
            "y": [y if least <= y <= most else None for y in numbers[first].tolist()],
            "bad": list[float](),
        }
        for name, numbers in lines.items()
    ]


def _alarm(alarm: StreamAlarm, timed: bool, shift: float, lang: str) -> dict[str, Any]:
    rows, times = (alarm.start, alarm.end, alarm.value_row), (alarm.start_time, alarm.end_time, alarm.value_time)
    start, end, peak = times if timed else rows
    return {
        "x": (start or 0.0) + shift,
        "end": None if end is None else end + shift,
        "peak": [(peak or 0.0) + shift, alarm.value],
        "panel": alarm.name,
        "at": alarm.when(),
        "what": [*([alarm.name] if alarm.name else []), str(alarm.to_dict()["shape"] or "").replace("_", " ")],
        "text": alarm.sentence(lang),
        "incident": alarm.start,
    }
