"""Keras on TensorFlow: hooks within the compiled step, which leave three numbers in variables."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.integrations.keras.squares import in_tensorflow
from anet_lite.integrations.keras.torch_tap import RATE
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.integrations.keras.tap import Options

NAMES = ("loss", "grad_norm", "lr")


class TensorFlowTap:
    """Observes the loss, the gradient norm before clipping, and the rate of each step.

    The step is compiled anew with the hooks in it, and again without them at the end. Nothing is observed under a
    distribution strategy.
    """

    carried: tuple[str, ...] = ("scale_lr",)

    def __init__(self, options: Options) -> None:
        self._tf = need("tensorflow", "tensorflow")
        self._options = options
        self._hooks: list[MethodHook] = []
        self._numbers = {name: self._variable(0.0) for name in NAMES}
        self._factor, self._set = self._variable(1.0), 1.0
        self._traced: set[str] = set()
        self._rows: list[Any] = []
        self._skips = False
        self._model: Any = None
        self._inner: Any = None

    def begin(self, model: Any) -> None:
        """Put hooks on a model and its optimizer, and compile the step with them."""
        if self._tf.distribute.has_strategy():
            raise RuntimeError("a training under a distribution strategy is not watched")
        log_once, self._model = self._options.log_once, model
        self._inner = getattr(model.optimizer, "inner_optimizer", model.optimizer)
        self._skips = self._inner is not model.optimizer
        self._hooks = [
            MethodHook(model, "compute_loss", log_once, self._before_loss, self._trace_loss),
            MethodHook(model.optimizer, "apply", log_once, self._trace_gradients, self._restore_rate),
        ]
        self._set_factor()
        model.make_train_function(force=True)

    def end_batch(self) -> None:
        """Copy the numbers of the step; at the end of an interval read them."""
        if self._traced:
            self._rows.append(self._tf.stack([self._numbers[name] for name in NAMES]))
        self._set_factor()
        if len(self._rows) >= self._options.every:
            self.drain()

    def drain(self) -> None:
        """Give all steps that are over; this waits for the device."""
        rows, self._rows = self._rows, []
        for values in self._tf.stack(rows).numpy().tolist() if rows else ():
            signals = dict(zip(NAMES, values))
            if self._skips and not isfinite(signals["grad_norm"]):
                del signals["grad_norm"]  # the loss scale is at fault, and the step is not taken
            self._options.update({name: value for name, value in signals.items() if name in self._traced})

    def remove(self) -> None:
        """Take the hooks off; the next training compiles the step without them."""
        for hook in self._hooks:
            hook.remove()
        if self._hooks:
            self._model.make_train_function(force=True)
        self._hooks = []

    def _variable(self, value: float) -> Any:
        return self._tf.Variable(value, trainable=False, dtype="float32")

    def _set_factor(self) -> None:
        factor, before = self._options.rate_factor(), self._set
        if factor != before:
            self._factor.assign(factor)
            self._set = factor

    def _before_loss(self, *_: Any, training: bool = True, **__: Any) -> None:
        self._training = training

    def _trace_loss(self, loss: Any) -> None:
        if self._training:
            self._traced.add("loss")
            self._numbers["loss"].assign(self._tf.cast(loss, "float32"))

    def _trace_gradients(self, grads: Sequence[Any], _: Any = None) -> None:
        """Leave norm and rate, and let the step use a part of its rate, whatever schedule gives it."""
        optimizer = self._model.optimizer
        scale = getattr(optimizer, "dynamic_scale", optimizer.loss_scale_factor)
        dense = [self._tf.convert_to_tensor(grad) for grad in grads if grad is not None]  # those of embeddings are not
        found = [self._tf.reshape(self._tf.cast(grad, "float32"), [-1]) for grad in dense]
        found = found if scale is None else [grad / self._tf.convert_to_tensor(scale) for grad in found]
        in_loop = self._model.jit_compile is True and not self._tf.config.list_logical_devices("GPU")
        squares = [in_tensorflow(self._tf, grad, in_loop) for grad in found]
        self._traced.update(("grad_norm", "lr"))
        self._numbers["grad_norm"].assign(self._tf.sqrt(self._tf.add_n(squares)))
        scheduled = getattr(self._inner, RATE)
        self._inner.__dict__[RATE] = lambda: scheduled() * self._factor
        self._numbers["lr"].assign(self._tf.cast(self._inner.learning_rate, "float32"))

    def _restore_rate(self, _: Any) -> None:
        self._inner.__dict__.pop(RATE, None)
