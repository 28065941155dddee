"""The monitor of one group of parameters."""

from typing import SupportsFloat, SupportsIndex, final

@final
class MonitorGroup:
    """The monitor of one group of parameters. Made by ``Monitor.group``."""

    name: str
    """The name of the group."""
    def update(
        self,
        loss: SupportsFloat | SupportsIndex | None = None,
        *,
        grad_norm: SupportsFloat | SupportsIndex | None = None,
        step_norm: SupportsFloat | SupportsIndex | None = None,
        noise: SupportsFloat | SupportsIndex | None = None,
        lr: SupportsFloat | SupportsIndex | None = None,
    ) -> str:
        """Take the group's signals of a step, before the whole takes its own; return the group's status.

        Where several groups move, ``update_up`` and ``update_down`` look at how much more than the middle of the others
        a group moved, one step later: what moves all of them is for the whole to tell.

        Raises:
            TypeError: A signal is not a real number.
            ValueError: An integer is too large.
        """
