"""Keras on JAX: a hook within the compiled step, which sends three numbers to the host when they are computed."""

from __future__ import annotations

from collections import deque
from math import isfinite
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.integrations.keras.squares import in_jax
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from anet_lite.integrations.keras.tap import Options


class JaxTap:
    """Observes the loss, the gradient norm before clipping, and the rate of each step.

    The step is compiled anew with the hooks in it, and again without them at the end.
    """

    carried: tuple[str, ...] = ()

    def __init__(self, options: Options) -> None:
        self._keras, self._jax = need("keras", "keras"), need("jax", "optax")
        self._options = options
        self._hooks: list[MethodHook] = []
        self._arrived: deque[tuple[int, float, float, float]] = deque()
        self._traced: tuple[Any, Any, Any] | None = None
        self._model: Any = None
        self._skips = False

    def begin(self, model: Any) -> None:
        """Put hooks on a model and its optimizer, and compile the step with them."""
        log_once, self._model = self._options.log_once, model
        self._skips = hasattr(model.optimizer, "inner_optimizer")
        self._hooks = [
            MethodHook(model, "train_step", log_once, before=self._begin_trace),
            MethodHook(model.optimizer, "stateless_apply", log_once, before=self._trace_gradients),
            MethodHook(model, "_update_metrics_variables", log_once, before=self._trace_loss),
        ]
        model.make_train_function(force=True)

    def end_batch(self) -> None:
        """Give what has arrived until now."""
        for _ in range(len(self._arrived)):
            _, loss, norm, rate = self._arrived.popleft()
            signals = {"loss": loss, "grad_norm": norm, "lr": rate}
            if self._skips and not isfinite(norm):
                del signals["grad_norm"]  # the loss scale is at fault, and the step is not taken
            self._options.update(signals)

    def drain(self) -> None:
        """Give all steps that are over; this waits for the device."""
        self._jax.effects_barrier()
        self._arrived = deque(sorted(self._arrived))
        self.end_batch()

    def remove(self) -> None:
        """Take the hooks off; the next training compiles the step without them."""
        for hook in self._hooks:
            hook.remove()
        if self._hooks:
            self._model.make_train_function(force=True)
        self._hooks = []

    def _begin_trace(self, *_: Any) -> None:
        self._traced = None

    def _trace_gradients(self, values: Any, grads: Any, _: Any) -> None:
        """Compute norm and rate from the gradients and the variables of the optimizer, as they are in the step."""
        optimizer, ops = self._model.optimizer, self._keras.ops
        with self._keras.StatelessScope(state_mapping=list(zip(optimizer.variables, values))):
            scale = getattr(optimizer, "dynamic_scale", optimizer.loss_scale_factor)
            scale = None if scale is None else ops.convert_to_tensor(scale)
            rate, step = (ops.convert_to_tensor(value) for value in (optimizer.learning_rate, optimizer.iterations))
        found = [ops.ravel(ops.cast(grad, "float32")) for grad in grads if grad is not None]
        found = found if scale is None else [grad / scale for grad in found]
        self._traced = step, ops.sqrt(sum(in_jax(self._jax, grad) for grad in found)), rate

    def _trace_loss(self, _: Any, loss: Any, *__: Any) -> None:
        """Send the numbers to the host; an evaluation calls this too, without gradients."""
        traced, self._traced = self._traced, None
        if traced is not None:
            step, norm, rate = traced
            self._jax.debug.callback(self._arrive, step, loss, norm, rate)

    def _arrive(self, step: Any, loss: Any, norm: Any, rate: Any) -> None:
        with self._options.log_once:
            self._arrived.append((int(step), float(loss), float(norm), float(rate)))
