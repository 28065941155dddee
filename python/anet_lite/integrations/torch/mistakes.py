"""The commonest mistakes of a loop that is watched for the first time, each told in words."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import torch

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.integrations.remarks.remark import few
from anet_lite.integrations.torch.measure.parameters import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor, nn
    from torch.optim import Optimizer

    from anet_lite.integrations.remarks import Remarks
    from anet_lite.integrations.torch.measure.groups import Grouping

#: Losses without a step of the optimizer that are told of.
UNSTEPPED = 32
#: Steps of which half may be skipped by a loss scaler before it is told: a scale is searched within the first few.
SCALED = 16

_attached: WeakSet[Optimizer] = WeakSet()


def refuse_empty(grouping: Grouping, names: Sequence[str], layers: str | None) -> None:
    """Refuse an expression that finds no parameter.

    Raises:
        ValueError: It finds none.

    """
    if layers is not None and names and not grouping.groups(names):
        some = ", ".join(list(names)[:3])
        raise AnetValueError(f"layers={layers!r} finds nothing in the names of the parameters, such as {some}")


def check_optimizers(model: nn.Module, optimizers: Sequence[Optimizer], remarks: Remarks) -> None:
    """Tell of optimizers that are watched already, of parameters that none of them trains, and of those of others."""
    if any(optimizer in _attached for optimizer in optimizers):
        remarks.say("attached_twice")
    _attached.update(optimizers)
    own = {parameter for optimizer in optimizers for group in optimizer.param_groups for parameter in group["params"]}
    trained = {bare(name): parameter for name, parameter in model.named_parameters() if parameter.requires_grad}
    left_out = [name for name, parameter in trained.items() if parameter not in own]
    if left_out:
        names = few(left_out, remarks.lang)
        remarks.say("left_out", count=len(left_out), total=len(trained), names=names)
    strange = own - set(model.parameters())
    if strange:
        remarks.say("strangers", count=len(strange), total=len(own))


def forget(optimizers: Sequence[Optimizer]) -> None:
    """Note that optimizers are watched no more."""
    _attached.difference_update(optimizers)


def checked_loss(loss: Any) -> Tensor | float:
    """Return a loss.

    Raises:
        TypeError: It is no number and no tensor.

    """
    if isinstance(loss, torch.Tensor) or (hasattr(loss, "__float__") and not isinstance(loss, str)):
        return loss
    hint = ""
    if isinstance(loss, dict):
        hint = f" with the entries {', '.join(map(str, list(loss)[:3]))}"  # pyright: ignore[reportUnknownArgumentType]
    raise AnetTypeError(f"loss must be a tensor or a number, got {type(loss).__name__}{hint}")  # pyright: ignore[reportUnknownArgumentType]


class Mistakes:
    """Follows the losses and the steps of a loop.

    Args:
        model: The model.
        remarks: Where mistakes are told.
        scaled: Whether a loss scaler is in use.

    """

    def __init__(self, model: nn.Module, remarks: Remarks, scaled: bool = False) -> None:
        self._model, self._remarks, self._scaled = model, remarks, scaled
        self._unstepped = 0
        self._skipped: deque[bool] = deque(maxlen=SCALED)
        self.losses: int = 0
        """Losses that were taken on this rank."""
        self.has_loss: bool = False
        """Whether a step that was read had a loss, of whichever rank."""
        self._read = 0

    def is_validation(self, loss: object) -> bool:
        """Tell, and say once, that a loss is one of evaluation: gradients are off, and so is the model's training."""
        is_plain = not isinstance(loss, torch.Tensor) or not loss.requires_grad
        found = is_plain and not torch.is_grad_enabled() and not self._model.training
        if found:
            self._remarks.say("validation")
        return found

    def took_loss(self) -> None:
        """Count a loss; tell where the optimizer does not step."""
        self.losses += 1
        self._unstepped += 1
        if self._unstepped == UNSTEPPED:
            self._remarks.say("not_stepped", losses=UNSTEPPED)

    def stepped(self) -> None:
        """Note a step of the optimizer."""
        self._unstepped = 0

    def interval(self) -> None:
        """Note that an interval was read; tell where no loss ever came, on any rank."""
        if self._read and not self.has_loss:
            self._remarks.say("no_loss", rows=self._read)

    def read(self, step: int, loss: float | None, skipped: bool) -> None:
        """Note whether a step has a loss, and whether it was skipped; tell where half of the newest were."""
        self._read += 1
        self.has_loss = self.has_loss or loss is not None
        self._skipped.append(skipped)
        count = sum(self._skipped)
        if self._scaled and 2 * count >= SCALED:
            self._remarks.say("skips", step, at=step, count=count, rows=len(self._skipped))

    @property
    def skip_share(self) -> float:
        """The part of the newest 16 steps that was skipped."""
        return sum(self._skipped) / len(self._skipped) if self._skipped else 0.0
