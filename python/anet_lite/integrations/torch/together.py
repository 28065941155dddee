"""Several optimizers that step together, as one: Muon for the matrices and AdamW for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor
    from torch.optim import Optimizer


class Together:
    """What a watch needs of an optimizer, of several: a step begins with the first of them and ends when all are done.

    In whichever order they step; each of them must, once in every step.
    """

    def __init__(self, optimizers: Sequence[Optimizer]) -> None:
        self.optimizers: tuple[Optimizer, ...] = tuple(optimizers)
        self._done: set[int] = set()
        self._begun = False

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        """The groups of all."""
        return [group for optimizer in self.optimizers for group in optimizer.param_groups]

    @property
    def found_inf(self) -> Tensor | None:
        """What a loss scaler tells a fused optimizer."""
        return self._told("found_inf")

    @property
    def grad_scale(self) -> Tensor | None:
        """The scale of its gradients."""
        return self._told("grad_scale")

    def register_step_pre_hook(self, hook: Callable[..., Any]) -> Handles:
        """Call a hook before the first of them steps."""

        def before(optimizer: Optimizer, args: Any, kwargs: Any) -> Any:
            begun, self._begun = self._begun, True
            return None if begun else hook(optimizer, args, kwargs)

        return Handles([optimizer.register_step_pre_hook(before) for optimizer in self.optimizers])

    def register_step_post_hook(self, hook: Callable[..., Any]) -> Handles:
        """Call a hook when all of them have stepped."""

        def after(optimizer: Optimizer, args: Any, kwargs: Any) -> None:
            self._done.add(id(optimizer))
            if len(self._done) == len(self.optimizers):
                self._done.clear()
                self._begun = False
                hook(optimizer, args, kwargs)

        return Handles([optimizer.register_step_post_hook(after) for optimizer in self.optimizers])

    def _told(self, name: str) -> Tensor | None:
        return next((value for one in self.optimizers if (value := getattr(one, name, None)) is not None), None)


class Handles:
    """The handles of one hook on several optimizers."""

    def __init__(self, handles: list[Any]) -> None:
        self._handles = handles

    def remove(self) -> None:
        """Take them all off."""
        for handle in self._handles:
            handle.remove()
