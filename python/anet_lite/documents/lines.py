"""Lines: those of a record, and of commands that print rows. A number that is not finite is null in them."""

from __future__ import annotations

from typing import Literal, Union

from typing_extensions import TypedDict

from anet_lite.documents.strict import Status, of_values, strict

TraceLine = dict[str, Union[float, None]]
"""A line of ``anet-lite trace --json``: index, combined, and a score for each scale, such as scale_64."""
Recorded = Union[float, None]
RecordedStatus = Union[Status, Literal[""]]


@strict
class ZerosLine(TypedDict):
    """A line of ``anet-lite zeros --json``; with ``--digits`` a height is a text that holds them all."""

    ordinal: int
    height: Union[float, str]  # noqa: UP007 - evaluated on Python 3.9


@of_values
class RecordLine(TypedDict):
    """A line of the file that `Recorder` writes; named signals and the user's columns stand in it by their names."""

    time: float
    """Seconds since 1970, UTC."""
    step: int
    """The step as the caller counts."""
    row: int
    """Rows of the monitor before this one."""
    status: RecordedStatus
    """Empty in a record of the metrics alone."""
    loss: Recorded
    """Of a signal: null where none was given, or where it was not finite, as `nonfinite` says."""
    grad_norm: Recorded
    step_norm: Recorded
    noise: Recorded
    lr: Recorded
    theta: Recorded
    sdot: Recorded
    proc: Recorded
    f_total: Recorded
    zscore: Recorded
    precursor: bool
    alarms: str
    """Names of the rules that fire, with `;` between them."""
    incident: int
    """The row in which their incident opened; -1 where nothing fires."""
    explanation: str
    """The alarms in words."""
    segment: Literal["start", "note", ""]
    """Why the row opened a segment."""
    note: str
    """Remarks on the records themselves."""
    nonfinite: str
    """Which numbers are not finite, such as `loss=NaN;grad_norm=Infinity`."""
