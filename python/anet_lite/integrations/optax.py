"""Optax: a gradient transformation that measures, and a watch that reads what it measured one interval late."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite.integrations.session import Session
from anet_lite.policy.carried import refuse_idle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite import Monitor
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

optax: Any = need("optax", "optax")
jax: Any = need("jax", "optax")
jnp: Any = need("jax.numpy", "optax")

NAMES = ("grad_norm", "step_norm", "noise")


class TappedState(NamedTuple):
    """The state of an optimizer that is measured: what was measured last, and its own state."""

    inner: Any
    mean: Any
    """Running mean of the gradient: one copy of the parameters."""
    grad_norm: Any
    step_norm: Any
    noise: Any


def tapped(optimizer: Any, ema: float = 0.9) -> Any:
    """Measure what goes into an optimizer and what comes out of it.

    Gradient norm ||g||, update norm ||u||, and gradient noise: with m <- ema m + (1 - ema) g, the sum over the leaves
    of ||g - m||. A gradient that is not finite leaves m as it is. Wrap the whole chain, so that the gradient is seen
    before it is clipped; updates are those of the optimizer, unchanged.

    Args:
        optimizer: A gradient transformation.
        ema: Share of the past in the gradient's running mean.

    Returns:
        A ``GradientTransformationExtraArgs`` with a `TappedState`.

    Example:
        >>> import jax.numpy as jnp, optax
        >>> from anet_lite.integrations.optax import tapped
        >>> optimizer = tapped(optax.chain(optax.clip_by_global_norm(1.0), optax.sgd(0.1)))
        >>> state = optimizer.init(jnp.zeros(2))
        >>> updates, state = optimizer.update(jnp.array([3.0, 4.0]), state)
        >>> round(float(state.grad_norm), 6), round(float(state.step_norm), 6)
        (5.0, 0.1)

    """
    optimizer = optax.with_extra_args_support(optimizer)

    def init(params: Any) -> TappedState:
        zero = jnp.zeros(())
        return TappedState(optimizer.init(params), optax.tree.zeros_like(params), zero, zero, zero)

    def follow(mean: Any, grad: Any) -> Any:
        return ema * mean + (1 - ema) * grad

    def update(grads: Any, state: TappedState, params: Any = None, **extra: Any) -> tuple[Any, TappedState]:
        updates, inner = optimizer.update(grads, state.inner, params, **extra)
        mean = jax.tree.map(follow, state.mean, grads)
        noise = sum(jax.tree.leaves(jax.tree.map(distance, grads, mean)), jnp.zeros(()))
        kept = jax.tree.map(partial(jnp.where, jnp.isfinite(noise)), mean, state.mean)
        return updates, TappedState(inner, kept, optax.tree.norm(grads), optax.tree.norm(updates), noise)

    return optax.GradientTransformationExtraArgs(init, update)


def distance(one: Any, other: Any) -> Any:
    """Return the Euclidean distance of two arrays."""
    return jnp.linalg.norm((one - other).ravel())


class OptaxWatch:
    """Reads what `tapped` has measured. It waits only for what an earlier interval computed, and raises nothing.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms; by default they are logged in words. A jitted step is out of reach: `LowerLR`
            needs ``Guard(..., set_scale=...)``, `SkipStep` is refused, and a stop is yours to obey.
        trackers: Where the snapshots go.
        every: Steps in an interval: a step reaches the monitor one to two intervals later.

    Raises:
        ValueError: The guard's policy cannot be carried out.

    Example:
        >>> import jax, jax.numpy as jnp, optax
        >>> from anet_lite.integrations.optax import OptaxWatch, tapped
        >>> optimizer, watch = tapped(optax.adam(0.1)), OptaxWatch()  # line one
        >>> params = jnp.ones(3)
        >>> state = optimizer.init(params)
        >>> for step in range(20):
        ...     loss, grads = jax.value_and_grad(lambda p: (p**2).sum())(params)
        ...     updates, state = optimizer.update(grads, state, params)
        ...     params = optax.apply_updates(params, updates)
        ...     watch.step(state, loss)  # line two
        >>> watch.flush()
        >>> watch.monitor.rows
        20

    """

    def __init__(
        self,
        monitor: Monitor | None = None,
        *,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        every: int = 8,
    ) -> None:
        refuse_idle(guard, (), "OptaxWatch")
        self._session = Session(monitor, guard, trackers)
        self._every = every
        self._log_once = LogOnce("reading the optimizer's state")
        self._filling: list[tuple[int, Any]] = []
        self._pending: list[tuple[int, Any]] = []
        self._next = 0

    @property
    def monitor(self) -> Monitor:
        """The monitor."""
        return self._session.monitor

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop. The loop's to obey."""
        return self._session.should_stop

    def step(self, opt_state: Any, loss: Any = None, lr: Any = None, step: int | None = None) -> None:
        """Take a step's optimizer state and loss, outside of ``jax.jit``. Buffers may be donated afterwards.

        Args:
            opt_state: The state that the tapped optimizer returned, alone or within that of others.
            loss: The loss, an array of one number.
            lr: The learning rate; by default that of ``optax.inject_hyperparams``, if it is used.
            step: The step number; otherwise steps are counted.

        """
        with self._log_once:
            number = self._next if step is None else step
            self._next = number + 1
            rate = optax.tree.get(opt_state, "learning_rate", None) if lr is None else lr
            given = {name: optax.tree.get(opt_state, name) for name in NAMES} | {"loss": loss, "lr": rate}
            # New arrays, in one small call: the state's own may be donated to the next step.
            names = [name for name, value in given.items() if value is not None]
            values = jnp.stack([jnp.asarray(given[name], float).reshape(()) for name in names])
            self._filling.append((number, (names, values)))
            if len(self._filling) >= self._every:
                self._exchange()

    def flush(self) -> None:
        """Read all that was computed, which waits for it; write what the trackers hold."""
        self._exchange()
        self._exchange()
        self._session.flush()

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned, of plain types. What `tapped` keeps is in the optimizer's state."""
        return {**self._session.state_dict(), "next": self._next}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state, with the same monitor and guard.

        Raises:
            ValueError: It is not a watch's state.

        """
        following = int(state.get("next", 0))
        self._session.load_state_dict({name: value for name, value in state.items() if name != "next"})
        self._next = following
        self._filling, self._pending = [], []

    def _exchange(self) -> None:
        """Read the last interval and set this one aside: by the next exchange it is computed."""
        with self._log_once:
            pending, self._pending, self._filling = self._pending, self._filling, []
            for number, (names, values) in pending:
                self._session.update(**dict(zip(names, jax.device_get(values).tolist())), step=number)
