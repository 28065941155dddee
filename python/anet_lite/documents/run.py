"""What is said of a training run: how it went, when it broke, and why."""

from __future__ import annotations

from typing_extensions import TypedDict

from anet_lite.documents.strict import Number, Status, VerdictName, strict


@strict
class VerdictDocument(TypedDict):
    """How a run went, in retrospect."""

    kind: VerdictName
    """How it went, from the best to what cannot be told."""
    reason: str
    """What decided: level, not_finite, zero_gradient, stuck, collapse, evaluation, evaluation_not_finite, signal or
    count."""
    ruined: bool
    """Whether all of the progress is gone, or nothing is left that could train."""
    since: int | None
    """The row from which it holds, from 0; null where it holds of the whole run."""
    step: int | None
    """The step of that row; null where the file has no steps."""
    signal: str
    """The evaluation loss or the named signal that decided, or an empty text."""
    evidence: dict[str, Number]
    """The numbers behind it by name, such as start, best and end of the loss."""


@strict
class FiredDocument(TypedDict):
    """Alarms that belong together."""

    row: int
    """The row of the first alarm, from 0."""
    step: int
    """Its step; the row where the file has no steps."""
    rules: list[str]
    """All rules that fired, in order."""
    text: str
    """The first alarm in words: what was measured, the likeliest cause, and what to do."""


@strict
class IncidentDocument(TypedDict):
    """An incident as the monitor keeps it: when it was, and whether the run has come back from it."""

    row: int
    step: int
    end: int | None
    """The row in which it was over; null while it is open."""
    rules: list[str]
    """The rules of the whole run that fired in it."""
    worst: Status
    before: Number | None
    """The median of the 64 losses before it."""
    peak: Number | None
    """The highest median of 8 losses while it was open; the lowest where the loss collapsed."""
    after: Number | None
    """The median of the newest 32 losses of the run."""
    is_back: bool
    """Whether loss and gradient norm are back at their levels before."""


@strict
class SummaryDocument(TypedDict):
    """What the run came to for the monitor, which never looks ahead."""

    status: Status
    """The status after the last row."""
    worst: Status
    ruined: bool
    """Whether the run is lost at its end."""
    rows: int
    judged: int
    """Rows in which a rule with a baseline could fire."""
    needed: int
    """Rows after which a run with a loss in every row is judged."""
    seen: list[str]
    """Signals that came in some row."""
    missing: list[str]
    """Those that never came: what they would have shown is not known."""
    incidents: list[IncidentDocument]
    """The newest 16, the oldest first."""
    incident_count: int


@strict
class EndingDocument(TypedDict):
    """Why the run ended, as its log says it."""

    kind: str
    line: int
    """The line of the log, from 1."""
    text: str


@strict
class VerdictPage(TypedDict):
    """A run without its incidents."""

    file: str
    form: str
    """What the file is."""
    columns: dict[str, str]
    """Which column, or sum of columns, was taken for which signal."""
    names: list[str]
    """All columns of the file."""
    rows: int
    """Rows that gave a signal."""
    signals: dict[str, str]
    """Named signals among the columns, each with the direction that is bad."""
    steps_left_out: bool
    """Whether the steps go back again and again, so that rows were counted."""
    not_found: list[str]
    """Signals that were looked for and not found: what they would have shown is not known."""
    remarks: list[str]
    """What was taken for what, and what could not be read."""
    sentence: str
    """How the run went, in words."""
    verdict: VerdictDocument
    summary: SummaryDocument
    ending: EndingDocument | None
    """Why it ended; null where its log does not say."""


@strict
class ReplayDocument(VerdictPage):
    """What ``anet-lite replay --json`` prints."""

    incidents: list[FiredDocument]


@strict
class CauseDocument(TypedDict):
    """A likely cause."""

    name: str
    """A stable name, such as rate_too_high."""
    what: str
    reason: str
    """Why it is likely."""
    action: str
    """What to do about it."""
    weight: Number
    """The sum of the weights of what counts for it."""


@strict
class RunEventDocument(TypedDict):
    """A line of ``anet-lite watch --json``."""

    event: str
    """message: an incident opens, changes or ends; silent: no row for a while; back: rows come again."""
    time: str
    """The clock when it was told."""
    step: int
    """The newest step."""
    status: str
    """The run's status, or that the file is waited for."""
    text: str


@strict
class DemoDocument(TypedDict):
    """What ``anet-lite demo --json`` prints. Steps are counted from 1."""

    seed: int
    steps: int
    rate_grows_after: int
    """The last step of the calm part."""
    alarm_step: int | None
    """The step of the first alarm; null where there was none."""
    rules: list[str]
    """The rules of the first alarm."""
    text: str
    """The first alarm in words; empty where there was none."""
    broke: int
    """The step from which the loss stays worse than before training."""
    twin_alarms: int
    """Steps with an alarm of a twin whose learning rate never grows."""
    plot: str | None
    """The picture; null where none was drawn."""
