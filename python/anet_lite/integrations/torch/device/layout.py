"""Where each number of an interval lies in the vector that leaves the device.

For each step a row of `CELLS`, and one square of a gradient's norm for each parameter; then a vector over the
parameters for each of `BLOCKS`, measured once an interval; then `PARTS`; then `OF_RANK` for each rank, which fills its
own; then sums over the activations that are measured, and their counts. What was not given or not measured has a count
of zero beside it.
"""

from __future__ import annotations

from typing import NamedTuple

CELLS = ("loss", "loss_count", "grad", "grad_count", "given", "given_count", "skipped", "rate")
BLOCKS = ("noise", "update", "after", "inner")
PARTS = ("small", "inverse_samples", "samples", "ranks", "big", "spoiled")
OF_RANK = ("loss", "loss_count", "grad", "copies")


class Layout(NamedTuple):
    """The sizes that all places follow from."""

    steps: int
    parameters: int
    ranks: int
    activations: int = 0

    @property
    def length(self) -> int:
        """Numbers in all."""
        return self.activation_counts().stop

    def cell(self, row: int, name: str) -> int:
        """Return the place of a cell of a row."""
        return row * len(CELLS) + CELLS.index(name)

    def gradients(self, row: int) -> slice:
        """Return the places of the parameters' squares of a row."""
        start = self.steps * len(CELLS) + row * self.parameters
        return slice(start, start + self.parameters)

    def block(self, name: str) -> slice:
        """Return the places of a vector over the parameters."""
        start = self.gradients(self.steps).start + BLOCKS.index(name) * self.parameters
        return slice(start, start + self.parameters)

    def part(self, name: str) -> int:
        """Return the place of a part."""
        return self.gradients(self.steps).start + len(BLOCKS) * self.parameters + PARTS.index(name)

    def of_rank(self, rank: int, name: str) -> int:
        """Return the place of a rank's own number."""
        return self.part(PARTS[0]) + len(PARTS) + rank * len(OF_RANK) + OF_RANK.index(name)

    def activation_sums(self) -> slice:
        """Return the places of the sums of what was measured of activations."""
        start = self.of_rank(self.ranks, OF_RANK[0])
        return slice(start, start + self.activations)

    def activation_counts(self) -> slice:
        """Return the places of how often each was measured."""
        start = self.activation_sums().stop
        return slice(start, start + self.activations)
