"""Keras on torch: hooks around the loss and the optimizer's step. Nothing waits for the device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.integrations.keras.tap import Options

RATE = "_get_current_learning_rate"
"""The method from which an optimizer of Keras takes the rate of a step: a variable's value, or that of a schedule."""


class TorchTap:
    """Observes the loss, the gradient norm before clipping, noise, the update norm and the rate of each step."""

    carried: tuple[str, ...] = ("scale_lr",)

    def __init__(self, options: Options) -> None:
        self._torch = need("torch", "torch")
        inner = "anet_lite.integrations.torch.measure"
        norms, ema_, copies = (need(f"{inner}.{name}", "torch") for name in ("norms", "ema", "param_copies"))
        self._squares = norms.squares
        self._gradient_ema, self._copies = ema_.GradientEma(options.ema), copies.ParamCopies()
        self._reader = need("anet_lite.integrations.torch.device.async_copy", "torch").DelayedReader()
        self._options = options
        self._hooks: list[MethodHook] = []
        self._numbers: dict[str, Any] = {}
        self._rows: list[Any] = []
        self._interval: list[list[str]] = []
        """Which signals were measured in each step, in the order of their numbers."""
        self._applied: tuple[list[Any], list[Any], Any] | None = None
        self._model: Any = None
        self._inner: Any = None

    def begin(self, model: Any) -> None:
        """Put hooks on a model and its optimizer."""
        log_once, self._model = self._options.log_once, model
        self._inner = getattr(model.optimizer, "inner_optimizer", model.optimizer)
        self._hooks = [
            MethodHook(model, "compute_loss", log_once, self._before_loss, self._observe_loss),
            MethodHook(self._inner, "apply", log_once, self._before_apply, self._after_apply),
        ]

    def end_batch(self) -> None:
        """Close the step; at the end of an interval read the one before."""
        numbers, self._numbers = self._numbers, {}
        if numbers:
            self._interval.append(list(numbers))
            self._rows.extend(number.detach().double().reshape(1) for number in numbers.values())
        if len(self._interval) >= self._options.every:
            self._exchange()

    def drain(self) -> None:
        """Give all steps that are over."""
        self._exchange()
        self._exchange()

    def remove(self) -> None:
        """Take the hooks off."""
        for hook in self._hooks:
            hook.remove()
        self._hooks = []

    def _before_loss(self, *_: Any, training: bool = True, **__: Any) -> None:
        self._training = training

    def _observe_loss(self, loss: Any) -> None:
        if self._training:
            self._numbers["loss"] = loss.detach()

    def _before_apply(self, grads: Sequence[Any], trainable_variables: Any = None) -> None:
        """Measure the gradients; in the last step of an interval their noise too, and note the parameters."""
        self._scale_rate()
        optimizer, variables = self._model.optimizer, trainable_variables or self._model.trainable_variables
        pairs = [(variable.value, grad) for variable, grad in zip(variables, grads) if grad is not None]
        scale = optimizer.loss_scale_factor or 1.0
        parameters = [parameter for parameter, _ in pairs]
        found = [grad / scale if scale != 1.0 else grad for _, grad in pairs]
        device = parameters[0].device
        self._numbers["grad_norm"] = self._squares(found, device).sum().sqrt()
        rate = optimizer.learning_rate
        self._numbers["lr"] = self._torch.as_tensor(getattr(rate, "value", rate), device=device)
        if len(self._interval) + 1 == self._options.every:
            _, noise = self._gradient_ema.squares(parameters, found, device)
            self._numbers["noise"] = noise.sqrt().sum()
            self._copies.before(parameters)
            self._applied = parameters, found, device

    def _scale_rate(self) -> None:
        """Let this step use a part of its rate, whatever schedule gives it; callbacks between steps find the whole."""
        factor = self._options.rate_factor()
        self._restore_rate()
        if factor != 1.0:
            scheduled = getattr(self._inner, RATE)
            self._inner.__dict__[RATE] = lambda: scheduled() * factor

    def _restore_rate(self) -> None:
        self._inner.__dict__.pop(RATE, None)

    def _after_apply(self, _: Any) -> None:
        self._restore_rate()
        applied, self._applied = self._applied, None
        if applied is not None:
            update, *_ = self._copies.after(*applied)
            self._numbers["step_norm"] = update.sum().sqrt()

    def _exchange(self) -> None:
        """Read the last interval and start the copy of this one to the host."""
        for interval, values in self._reader.take():
            rest = iter(values)
            for names in interval:
                self._options.update({name: next(rest) for name in names})
        if self._rows:
            self._reader.put(self._torch.cat(self._rows), self._interval)
        self._rows, self._interval = [], []
