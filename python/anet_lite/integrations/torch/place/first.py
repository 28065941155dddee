"""The first place of a trouble: said once, and again after a time without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.integrations.torch.place.find import place_of
from anet_lite.integrations.torch.place.words import say_place
from anet_lite.integrations.torch.readout import is_spoiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.integrations.remarks import Remarks
    from anet_lite.integrations.torch.device.buffer import HostBuffer
    from anet_lite.integrations.torch.place.module_sums import Sum
    from anet_lite.integrations.torch.readout import Reading

#: Finite steps after which another one that is not finite has a place of its own.
CLEAN = 50


class FirstPlace:
    """Follows the steps, and says where a number first was not finite.

    Args:
        remarks: Where it is said.
        looks: Whether modules are looked at.

    """

    def __init__(self, remarks: Remarks, looks: bool) -> None:
        self._remarks, self._looks = remarks, looks
        self._clean = CLEAN

    def take(
        self, reading: Reading, spoiled: Sequence[str], numbers: HostBuffer, row: int, sums: Sequence[Sum]
    ) -> None:
        """Take a step, with the names of parameters whose gradient is not finite."""
        clean = self._clean
        self._clean = 0 if is_spoiled(reading) else clean + 1
        if is_spoiled(reading) and clean >= CLEAN:
            measured = sum(square != 0 for square in numbers.gradients(row))
            place = place_of(sums, reading.loss, spoiled, measured)
            looked = self._looks or numbers.cell(row, "grad_count") > 0
            say_place(self._remarks, place, reading.step, numbers.rows[row].batch_id, looked)
