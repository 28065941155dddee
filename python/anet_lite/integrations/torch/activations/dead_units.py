"""Units of a ReLU that no input reaches any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

#: Measured passes in a row in which a unit must have been zero for every input.
WINDOW = 4
#: The least share that counts: single units die in health, and their first would be told, since none is usual.
LEAST = 0.25


class DeadUnits:
    """The units of one layer. Each counts the passes since it was last different from zero."""

    def __init__(self) -> None:
        self._silent: Tensor | None = None
        self._passes = 0

    def share(self, output: Tensor) -> Tensor | None:
        """Take the output of a pass; return the share of dead units, 0 below `LEAST`.

        None before there were passes enough.
        """
        output = output if output.dim() > 1 else output[None]
        others = [dim for dim in range(output.dim()) if dim != _units(output)]
        is_active = output.amax(others) != 0  # NaN is active: it is told elsewhere
        if self._silent is None or self._silent.shape != is_active.shape:
            self._silent, self._passes = is_active.new_zeros(is_active.shape, dtype=output.dtype), 0
        self._silent = (self._silent + 1).masked_fill(is_active, 0)
        self._passes += 1
        share = (self._silent >= WINDOW).float().mean()
        return share * (share >= LEAST) if self._passes >= WINDOW else None


def _units(output: Tensor) -> int:
    """Return the dimension of the units: the channels of images, else the last."""
    return 1 if output.dim() >= 4 else output.dim() - 1
