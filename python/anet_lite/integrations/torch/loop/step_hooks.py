"""What happens around the optimizer's step: it is measured, its rate is scaled, and a bad one is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch.optim import Optimizer

    from anet_lite._internal.log_once import LogOnce
    from anet_lite.integrations.session import Session
    from anet_lite.integrations.torch.act.rate_scale import RateScale
    from anet_lite.integrations.torch.loop.steps import Steps
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.integrations.torch.mistakes import Mistakes
    from anet_lite.integrations.torch.together import Together


class StepHooks:
    """The hooks before and after the optimizer's step.

    Args:
        measure: What measures the step.
        session: What decides about it.
        steps: What ends it.
        mistakes: Where it is noted.
        rate: The part of the scheduled rate that it uses.
        take_loss: Takes the loss that a closure returns.
        log_once: Where errors stay.

    """

    def __init__(
        self,
        measure: Measure,
        session: Session,
        steps: Steps,
        mistakes: Mistakes,
        rate: RateScale,
        take_loss: Callable[[Any], None],
        log_once: LogOnce,
    ) -> None:
        self._measure, self._session, self._steps, self._mistakes = measure, session, steps, mistakes
        self._rate, self._take_loss, self._log_once = rate, take_loss, log_once
        self._decides_early = session.guard.needs == "skip_step"

    def register(self, optimizer: Optimizer | Together) -> list[Any]:
        """Register the hooks with an optimizer; return their handles."""
        return [optimizer.register_step_pre_hook(self.before), optimizer.register_step_post_hook(self.after)]

    @torch.no_grad()
    def before(self, _: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Before the step. With a closure the gradients come later, so it is measured in there."""
        with self._log_once:
            self._rate.apply()
            if not self._decides_early:
                self._measure.before()
            if kwargs.get("closure") is not None:
                return args, {**kwargs, "closure": self._within(kwargs["closure"])}
            if len(args) > 1 and args[1] is not None:
                return (args[0], self._within(args[1]), *args[2:]), kwargs
            self._look()
        return None

    @torch.no_grad()
    def after(self, *_: object) -> None:
        """After the step."""
        if not self._steps.is_decided:
            self._mistakes.stepped()
            with self._log_once:
                self._measure.after()
            with self._log_once:
                self._steps.close_taken()
        self._steps.is_decided = False
        with self._log_once:
            self._rate.restore()

    def _within(self, closure: Callable[[], Any]) -> Callable[[], Any]:
        def measured() -> Any:
            loss = closure()
            if loss is not None and not self._measure.losses:
                self._take_loss(loss)
            with self._log_once, torch.no_grad():
                self._look()
            return loss

        return measured

    def _look(self) -> None:
        """Measure the gradients. Under `SkipStep`: read the step now, and drop the gradients of a bad one."""
        self._measure.gradients()
        if not self._decides_early or self._steps.is_decided:
            return
        self._steps.decide()
        action = self._session.action
        if action is not None and action.kind == "skip_step" and not self._session.guard.dry_run:
            for parameter in self._measure.parameters.values():
                parameter.grad = None
