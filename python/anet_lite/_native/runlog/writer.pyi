"""Lines of a run log."""

from typing import Any, final

from typing_extensions import Self

from anet_lite._native.metric import ANETSnapshot
from anet_lite._native.monitor.snapshot import Snapshot

SIGNALS: tuple[str, ...]
"""The signals of a training loop, in the order of a record's columns: loss, grad_norm, step_norm, noise, lr."""
METRICS: tuple[str, ...]
"""The metrics, in the order of a record's columns: theta, sdot, proc, f_total, zscore, precursor."""

@final
class RecordLines:
    """Spells records: what ``anet_lite.Recorder`` writes, without the writing.

    Args:
        form: ``"jsonl"`` or ``"csv"``.
        extra: The user's columns, each with its kind: ``"number"``, ``"flag"`` or ``"text"``.

    Raises:
        ValueError: There is no such form or kind, or a name is taken.
    """

    columns: list[tuple[str, str]]
    """All columns in order, each with its kind: number, integer, flag or text."""
    def __new__(cls, form: str, extra: list[tuple[str, str]] = ...) -> Self: ...
    def header(self) -> bytes:
        """Return the line with the names that a CSV begins with; empty for JSON lines."""
    def line(
        self,
        snapshot: Snapshot | ANETSnapshot,
        values: dict[str, Any],
        time: float,
        row: int,
        explanation: str,
        note: str,
    ) -> bytes:
        """Return the line of a snapshot, with its newline.

        Args:
            snapshot: What the monitor or ``snapshot`` returned.
            values: The user's columns by name; those that are missing or None are empty. For an ``ANETSnapshot``, which
                does not know them, also ``step`` and the signals.
            time: Seconds since 1970.
            row: Number of the record, where the snapshot has none.
            explanation: The alarms in words.
            note: What is to be known of the records themselves.

        Raises:
            TypeError: A value is not of its column's kind.
            ValueError: There is no such column.
        """
