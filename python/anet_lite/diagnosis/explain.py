"""A snapshot's alarms, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.schema import SIGNALS
from anet_lite.diagnosis.alarm_report import AlarmReport
from anet_lite.diagnosis.paragraph import paragraph
from anet_lite.diagnosis.rank import likely_causes
from anet_lite.diagnosis.texts import TEXTS

if TYPE_CHECKING:
    from anet_lite import Snapshot


def explain(snapshot: Snapshot, lang: str = "en") -> AlarmReport:
    """Return what a snapshot's alarms mean.

    Causes are ranked by a table of which feature of the snapshot counts for which cause
    (``anet_lite.diagnosis.causes``); the rule whose score rose first counts half as much again. A snapshot without
    alarms gives a paragraph that says the status, and causes only while an incident is open.

    Args:
        snapshot: What ``Monitor.update`` returned.
        lang: ``"en"`` or ``"ja"``.

    Raises:
        ValueError: There is no such language.

    Example:
        >>> from anet_lite import Monitor, explain
        >>> print(explain(Monitor().update(loss=float("nan"), step=7)))
        Step 7: the run is failing. The loss is nan (nonfinite). Most likely a bad input or label, or a logarithm or
            division of 0: the loss itself is not finite. Next: look at this batch.

    """
    if lang not in TEXTS:
        raise ValueError(f"lang must be 'en' or 'ja', got {lang!r}")
    causes = likely_causes(snapshot, lang)
    first, since = snapshot.onset[0] if snapshot.alarms and snapshot.onset else (None, None)
    values = {name: snapshot.recent(name) for name in SIGNALS}
    return AlarmReport(
        paragraph=paragraph(snapshot, causes, lang),
        first_onset=first,
        since=since,
        causes=causes,
        actions=[cause.action for cause in causes],
        last_values={name: newest for name, newest in values.items() if any(v is not None for v in newest)},
    )
