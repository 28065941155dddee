"""What a monitor says of one step."""

from typing import Any, Literal, final

from anet_lite._native.monitor.alarm import Alarm
from anet_lite.diagnosis import AlarmReport

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
    """``warming_up``, ``healthy``, ``settled``, ``suspect`` or ``failing``."""
    row: int
    """Rows before this one."""
    step: int
    """The caller's step, or the row where none was given."""
    loss: float | None
    """The loss of this step; None where it was not given."""
    grad_norm: float | None
    """The gradient norm of this step."""
    step_norm: float | None
    """The norm of this step's update."""
    noise: float | None
    """The gradient noise of this step."""
    lr: float | None
    """The learning rate of this step."""
    signals: dict[str, float]
    """The named signals of this step; those that were not measured are left out."""
    _known_signals: list[str]
    """All named signals of the monitor, whether this step measured them or not."""
    segment: str | None
    """Why this row opened a segment: ``start`` or ``note``; None where it did not."""
    note: tuple[str, int] | None
    """The text of the ``Monitor.note`` that opened this segment, and its first row; None where no note did."""
    alarms: list[Alarm]
    """What fires for the first time in its incident; empty when all is well."""
    firing: list[str]
    """The rules of the whole run that fire in this row, new or not."""
    incident: list[str]
    """The rules that have fired in the incident under way; empty when none is open."""
    first_onset: str | None
    """The rule whose score rose first, where there are alarms."""
    onset: list[tuple[str, int]]
    """Rules whose scores were above half their threshold in the last nine rows, each with the row in which its score
    rose, the earliest first; empty where there are no alarms."""
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
    def explain(self, lang: Literal["en", "ja"] = "en") -> AlarmReport:
        """Return the alarms in words, with their likely causes: ``anet_lite.explain`` of this snapshot."""
    def to_dict(self) -> dict[str, Any]:
        """Return the attributes by name; each alarm is a dict too."""
    def _repr_html_(self) -> str: ...
