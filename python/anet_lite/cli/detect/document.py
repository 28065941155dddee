"""What is strange in a file, as a JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite.stream import summary, unjudged

if TYPE_CHECKING:
    from anet_lite.cli.detect.over import Judged
    from anet_lite.stream import StreamAlarm


def document(file: str, judged: Judged, lang: str = "en") -> dict[str, Any]:
    """Return what is strange in a file, and what could not be judged in it, as plain types."""
    found, strangest = judged.found, () if judged.found.rang else judged.watched.strangest
    return {
        "file": file,
        "form": judged.form,
        "summary": summary(found, lang),
        "alarm_count": len(found.rang),
        "alarms": [alarm_dict(alarm, lang) for alarm in found.alarms],
        "strangest": [alarm_dict(alarm, lang) for alarm in strangest],
        "not_judged": unjudged(found, lang),
        "remarks": found.told(),
    }


def alarm_dict(alarm: StreamAlarm, lang: str) -> dict[str, Any]:
    """Return an alarm as plain types, with its sentence in a language."""
    return {**alarm.to_dict(), "sentence": alarm.sentence(lang)}
