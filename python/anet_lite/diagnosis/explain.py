"""The alarms of a snapshot or of a stream, explained."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, overload

from anet_lite._internal.schema import SIGNALS
from anet_lite._internal.validate import instance, language
from anet_lite._native import Explanation, Snapshot
from anet_lite.diagnosis.alarm_report import AlarmReport
from anet_lite.diagnosis.paragraph import paragraph
from anet_lite.diagnosis.rank import likely_causes
from anet_lite.diagnosis.stream import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@overload
def explain(found: Snapshot, lang: str = "en") -> AlarmReport: ...
@overload
def explain(
    found: Explanation,
    lang: str = "en",
    *,
    name: str = "",
    time: Callable[[int], str] | None = None,
    quiet: tuple[float, float] | None = None,
    p_value: float | None = None,
    first: float = nan,
    expected: float = nan,
    reason: str | None = None,
    held: bool = False,
    together: Sequence[str] = (),
) -> str: ...


def explain(
    found: Snapshot | Explanation,
    lang: str = "en",
    *,
    name: str = "",
    time: Callable[[int], str] | None = None,
    quiet: tuple[float, float] | None = None,
    p_value: float | None = None,
    first: float = nan,
    expected: float = nan,
    reason: str | None = None,
    held: bool = False,
    together: Sequence[str] = (),
) -> AlarmReport | str:
    """Return what the alarms of a training run's snapshot mean, or those of a stream.

    Of a stream's explanation it gives a few short sentences: the value beside what is usual at its time, since when,
    what it looks like, what would not have alarmed, when the stream was most like this before, and how rare it is.

    Of a snapshot, causes are ranked by a table of which feature of the snapshot counts for which cause
    (``anet_lite.diagnosis.causes``); the rule whose score rose first counts half as much again. A snapshot without
    alarms gives a paragraph that says the status, and causes only while an incident is open.

    Args:
        found: What ``Monitor.update`` returned, or ``StreamDetector.explain`` or ``StreamDetectorPool.explain``.
        lang: ``"en"`` or ``"ja"``.
        name: What to call the stream; its own name, or "the stream", where none is given. This and what follows is for
            streams alone.
        time: Gives the time of a sample as a text, from how many samples it came before the newest one. Without it
            the sentences count samples.
        quiet: What ``quiet_range`` gave before the sample came: the values that would not have alarmed.
        p_value: The smallest p-value of the event, where that of the newest sample does not tell how rare it was.
        first: The event's first value, where it is not the one that is told.
        expected: What the event's first sample should have been, as ``Detection.expected`` said.
        reason: The part of the score that says why the event began, as ``StreamAlarm.reason``; by default that of the
            newest sample is looked at.
        held: Whether it was held back, so that how rare it is tells nothing.
        together: The names of the streams that an explanation with ``joint`` is about; "the channels" without them.

    Raises:
        TypeError: It is neither a snapshot nor an explanation.
        ValueError: There is no such language.

    Example:
        >>> from anet_lite import Monitor, explain
        >>> print(explain(Monitor().update(loss=float("nan"), step=7)))
        Step 7: the run is failing. The loss is nan (nonfinite). Most likely a bad input or label, or a logarithm or
            division of 0: the loss itself is not finite. Next: look at this batch.
        >>> from anet_lite import StreamDetector
        >>> detector = StreamDetector()
        >>> seen = detector.push_many([40 + t * t % 13 for t in range(600)])
        >>> quiet = detector.quiet_range()
        >>> alarm = detector.push(97.2)
        >>> print(explain(detector.explain(), name="cpu of web-3", quiet=quiet))
        cpu of web-3 is 97, usually 44 at this time of its cycle; for 1 sample: a spike up. 58 or less would not have
            alarmed. Nothing like it in the 601 samples before. About one healthy sample in 4,200,000 looks like this.

    """
    language(lang)
    if isinstance(found, Explanation):
        return sentence(
            found, lang, name=name, time=time, quiet=quiet, p_value=p_value, first=first, expected=expected,
            reason=reason, held=held, together=together,
        )  # fmt: skip
    instance("found", found, Snapshot)
    return _report(found, lang)


def _report(snapshot: Snapshot, lang: str) -> AlarmReport:
    """Return what a snapshot's alarms mean."""
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
