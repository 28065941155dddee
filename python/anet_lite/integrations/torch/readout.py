"""The readings of a buffer on the host: one a step, and the norms of each group of parameters."""

from __future__ import annotations

from math import inf, isfinite, nan, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from anet_lite.integrations.torch.measure.groups import norms_of
from anet_lite.integrations.torch.noise_scale import NOT_KNOWN, NoiseScaleAverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.integrations.torch.device.buffer import HostBuffer
    from anet_lite.integrations.torch.measure.groups import GroupNorms
    from anet_lite.integrations.torch.noise_scale import NoiseScale

#: Steps that a loss scaler may skip in a row before the monitor hears of it, which waits for eight more. `GradScaler`
#: halves its scale at each: after 32, from 2^16 down to 2^-16, the scale is no longer at fault but the gradient.
SKIPS = 25
#: Steps in a row that were not taken, without an overflow that was seen, after which the update counts as zero. Rows
#: with more losses a step than before, as where gradients are accumulated longer, are fewer.
MISSING = 12


class Reading(NamedTuple):
    """The numbers of one step. None: not measured in this step."""

    step: int
    loss: float | None
    grad_norm: float | None
    """Before clipping, if that was measured or given."""
    noise: float | None
    """As `GradNoiseTap` has it, in the gradient's units before clipping."""
    step_norm: float | None
    """The norm of what the optimizer changed."""
    alignment: float | None
    """Cosine of gradient and update: -1 for plain descent, 0 where the update ignores the gradient."""
    lr: float | None
    skipped: bool
    """Whether the optimizer took no step: a loss scaler skipped it, or it was never called."""
    noise_scale: NoiseScale | None
    """Across ranks, where it was asked for and measured in this step; NaN on a single rank."""


def signals_of(reading: Reading) -> dict[str, Any]:
    """Return what a monitor takes of a reading."""
    taken = ("step", "loss", "grad_norm", "noise", "step_norm", "lr")
    return {name: getattr(reading, name) for name in taken}


class Readout:
    """Makes readings of the rows of buffers, and counts the steps that were skipped in a row."""

    def __init__(self, ranks: int) -> None:
        self.ranks = ranks
        self.skips: int = 0
        self.noise_scale: NoiseScaleAverage = NoiseScaleAverage()

    def reading(self, numbers: HostBuffer, row: int) -> Reading:
        """Return the numbers of a row."""
        host = numbers.rows[row]
        given, measured = numbers.mean(row, "given"), _root(numbers, row)
        skipped = numbers.cell(row, "skipped") > 0 or not host.stepped
        self.skips = self.skips + 1 if skipped else 0
        norm = measured if given is None else given
        overflowed = numbers.cell(row, "skipped") > 0 or not (given is None or isfinite(given))
        if skipped:
            norm = _of_skipped(given, overflowed, self.skips)
        # A scaler skips no step whose gradient is finite: with such a norm given, one row is enough.
        missing = skipped and not overflowed and (given is not None or self.skips >= MISSING)
        reading = Reading(
            step=host.step,
            loss=numbers.mean(row, "loss"),
            grad_norm=norm,
            noise=None,
            step_norm=0.0 if missing else None,
            alignment=None,
            lr=numbers.cell(row, "rate") if host.rate is None else host.rate,
            skipped=skipped,
            noise_scale=None,
        )
        if skipped or not host.measured:
            return reading
        return _with_blocks(reading, numbers, unclipped(given, measured))._replace(
            noise_scale=self._noise_scale(numbers, given)
        )

    def _noise_scale(self, numbers: HostBuffer, given: float | None) -> NoiseScale | None:
        """Return the noise scale, in the units of the norm that was given; None if a rank gave no samples."""
        if self.ranks < 2:
            return NOT_KNOWN
        if round(numbers.part("ranks")) != self.ranks:
            return None
        small, big = numbers.part("small"), numbers.part("big")
        units = given**2 / big if given is not None and big > 0 else 1.0
        samples = numbers.part("samples")
        return self.noise_scale.add(small * units, big * units, numbers.part("inverse_samples"), samples, self.ranks)


def _of_skipped(given: float | None, overflowed: bool, skips: int) -> float | None:
    """Return the gradient norm of a step that was not taken: an overflow is none, unless it does not end."""
    if overflowed:
        return inf if skips >= SKIPS else None
    return given


def group_norms(numbers: HostBuffer, row: int, groups: dict[str, list[int]]) -> dict[str, GroupNorms]:
    """Return the norms of each group in a measured row."""
    blocks = [numbers.gradients(row), numbers.block("noise"), numbers.block("update")]
    factor = unclipped(numbers.mean(row, "given"), _root(numbers, row))
    norms = {name: norms_of(indices, *blocks) for name, indices in groups.items()}
    return {name: n._replace(grad_norm=n.grad_norm * factor, noise=n.noise * factor) for name, n in norms.items()}


def unclipped(given: float | None, measured: float | None) -> float:
    """Return what undoes clipping: the norm that the user gave over the norm that was left of it."""
    return given / measured if given is not None and measured and isfinite(given / measured) else 1.0


def _with_blocks(reading: Reading, numbers: HostBuffer, factor: float) -> Reading:
    noise = factor * sum(map(sqrt, map(_real, numbers.block("noise"))))
    update, after = sum(numbers.block("update")), sum(numbers.block("after"))
    size = sqrt(_real(update * after))
    return reading._replace(
        noise=noise if isfinite(noise) else None,  # The gradient's norm shows it; the mean starts again.
        step_norm=sqrt(_real(update)),
        alignment=sum(numbers.block("inner")) / size if size > 0 else None,
    )


def _root(numbers: HostBuffer, row: int) -> float | None:
    return sqrt(_real(numbers.cell(row, "grad"))) if numbers.cell(row, "grad_count") else None


def _real(square: float) -> float:
    """Return a sum of squares, NaN where it has none."""
    return square if square >= 0 else nan


def is_spoiled(reading: Reading) -> bool:
    """Whether a loss is not finite, or the gradient of a step that was taken."""
    bad_loss = reading.loss is not None and not isfinite(reading.loss)
    return bad_loss or (not reading.skipped and reading.grad_norm is not None and not isfinite(reading.grad_norm))


def nonfinite_gradients(numbers: HostBuffer, row: int) -> list[int]:
    """Return the indices of parameters whose gradient was not finite in a row, as far as it was measured."""
    return [index for index, square in enumerate(numbers.gradients(row)) if not isfinite(square)]


def nonfinite_noise(numbers: HostBuffer) -> Sequence[int]:
    """Return the indices of parameters whose noise was not finite."""
    return [index for index, square in enumerate(numbers.block("noise")) if not isfinite(square)]
