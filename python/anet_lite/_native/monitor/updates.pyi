"""What a monitor says of many steps."""

from typing import Any, final

from anet_lite._native.monitor.alarm import Alarm

@final
class Updates:
    """What ``Monitor.update_many`` says: a sequence of one ``(status, alarms)`` for each row.

    A quiet row costs a byte.

    Example:
        >>> from anet_lite import Monitor
        >>> updates = Monitor().update_many([1.0, float("inf"), 1.1])
        >>> len(updates), updates[0]
        (3, ('warming_up', []))
        >>> [alarm.rule for alarm in updates.alarms]
        ['nonfinite']
    """

    alarms: list[Alarm]
    """The alarms of all rows, in order."""
    status: list[str]
    """The status of each row."""
    def to_frame(self) -> Any:
        """Return a data frame of one row a step: ``status``, and ``alarms`` with ``;`` between the names of the rules.

        Raises:
            ImportError: Neither pandas nor polars is installed.
        """
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> tuple[str, list[Alarm]]: ...
