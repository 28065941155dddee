"""Many rows at once, as a run log has them."""

from numpy import bool_, float64
from numpy.typing import NDArray

from anet_lite._native.monitor.monitor import Monitor
from anet_lite._native.monitor.snapshot import Snapshot

def replay_rows(
    monitor: Monitor,
    signals: list[tuple[NDArray[float64], NDArray[bool_]] | None],
    named: list[tuple[str, NDArray[float64], NDArray[bool_]]] = ...,
) -> list[Snapshot]:
    """Give many rows to a monitor, and return the snapshots that have alarms.

    Args:
        monitor: The monitor.
        signals: loss, grad_norm, step_norm, noise, lr and step: values and whether each was given, or None.
        named: Name of each named signal, its values, and whether each was given.

    Raises:
        TypeError: The direction of a name is not known.
    """
