"""What `tapped` measures is what NumPy measures, updates are unchanged, and the watch reads it late without waiting."""

from __future__ import annotations

import math

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest
from watched import Log, RaisingMonitor

from anet_lite import Monitor
from anet_lite.integrations.optax import OptaxWatch, TappedState, tapped
from anet_lite.policy import Guard, LowerLR, Stop

NEEDS = ("jax", "optax")

PARAMS = {"a": jnp.ones((3, 2)), "b": jnp.full(4, 2.0)}


def loss_of(params, scale):
    return scale * sum((leaf**2).sum() for leaf in jax.tree.leaves(params))


def train(optimizer, watch, steps: int = 40, bad: int = -1, state=None, params=None, **given):
    """A run whose loss is NaN in one step, jitted, with buffers that are donated."""

    @jax.jit
    def advance(params, state, scale):
        loss, grads = jax.value_and_grad(loss_of)(params, scale)
        updates, state = optimizer.update(grads, state, params)
        return optax.apply_updates(params, updates), state, loss

    advance = jax.jit(advance, donate_argnums=(0, 1))
    params = jax.tree.map(jnp.copy, PARAMS if params is None else params)
    state = optimizer.init(params) if state is None else state
    losses = []
    for step in range(steps):
        params, state, loss = advance(params, state, math.nan if step == bad else 1.0 + 0.1 * (step % 5))
        losses.append(float(loss))
        watch.step(state, loss, **given)
        if watch.should_stop:
            break
    return losses, state, params


def test_numbers_are_those_of_numpy():
    random = np.random.default_rng(0)
    optimizer = tapped(optax.chain(optax.clip_by_global_norm(0.5), optax.sgd(0.1)), ema=0.8)
    state, means = optimizer.init(PARAMS), {name: np.zeros(leaf.shape) for name, leaf in PARAMS.items()}
    for _ in range(5):
        grads = {name: random.normal(size=leaf.shape) for name, leaf in PARAMS.items()}
        _, state = optimizer.update(jax.tree.map(jnp.asarray, grads), state, PARAMS)
        means = {name: 0.8 * means[name] + 0.2 * grads[name] for name in grads}
        norm = math.sqrt(sum((grad**2).sum() for grad in grads.values()))
        noise = sum(np.linalg.norm(grads[name] - means[name]) for name in grads)
        assert float(state.grad_norm) == pytest.approx(norm, rel=1e-5)
        assert float(state.noise) == pytest.approx(noise, rel=1e-5)
        assert float(state.step_norm) == pytest.approx(0.05, rel=1e-5)


def test_updates_are_the_optimizers_own():
    grads = jax.tree.map(lambda leaf: leaf / 3, PARAMS)
    plain = optax.adamw(1e-3)
    own, _ = plain.update(grads, plain.init(PARAMS), PARAMS)
    watched = tapped(plain)
    ours, state = watched.update(grads, watched.init(PARAMS), PARAMS)
    assert jax.tree.all(jax.tree.map(lambda a, b: bool((a == b).all()), own, ours))
    assert isinstance(state, TappedState)


def test_a_gradient_that_is_not_finite_leaves_the_mean():
    optimizer = tapped(optax.sgd(0.1))
    state = optimizer.init(PARAMS)
    _, state = optimizer.update(PARAMS, state)
    _, bad = optimizer.update(jax.tree.map(lambda leaf: leaf * math.nan, PARAMS), state)
    assert math.isnan(float(bad.grad_norm))
    assert jax.tree.all(jax.tree.map(lambda a, b: bool((a == b).all()), state.mean, bad.mean))


def test_every_step_is_observed_though_buffers_are_donated():
    log = Log()
    watch = OptaxWatch(trackers=[log])
    losses, _, _ = train(tapped(optax.sgd(0.01)), watch)
    assert [seen.step for seen in log.seen] == list(range(32)), "one interval late"
    watch.flush()
    assert log.column("loss") == pytest.approx(losses, rel=1e-6)
    assert None not in log.column("grad_norm") + log.column("step_norm") + log.column("noise")
    assert log.flushed == 1


def test_the_rate_is_that_of_inject_hyperparams_or_what_is_given():
    watch = OptaxWatch(trackers=[log := Log()])
    train(tapped(optax.inject_hyperparams(optax.sgd)(learning_rate=0.25)), watch, steps=1)
    train(tapped(optax.sgd(0.1)), watch, steps=1, lr=0.5)
    train(tapped(optax.sgd(0.1)), watch, steps=1)
    watch.flush()
    assert log.column("lr") == [0.25, 0.5, None]


def test_nan_is_seen_and_stops_where_the_guard_says_so():
    watch = OptaxWatch(guard=Guard(Stop()), every=1)
    losses, _, _ = train(tapped(optax.sgd(0.01)), watch, bad=20)
    assert len(losses) == 22
    assert watch.monitor.status == "failing"


def test_a_tap_within_other_states_is_found():
    watch = OptaxWatch(trackers=[log := Log()])
    train(optax.chain(optax.clip(1.0), tapped(optax.adam(0.1))), watch, steps=2)
    watch.flush()
    assert None not in log.column("grad_norm")


def test_a_state_goes_on_with_the_same_monitor():
    optimizer, first = tapped(optax.sgd(0.01)), OptaxWatch()
    _, state, params = train(optimizer, first)
    first.flush()
    second = OptaxWatch(monitor := Monitor(), trackers=[log := Log()])
    second.load_state_dict(first.state_dict())
    train(optimizer, second, state=state, params=params)
    second.flush()
    assert second.monitor is monitor
    assert monitor.rows == 80
    assert (log.seen[0].step, log.seen[0].segment) == (40, None)


def test_a_monitor_that_raises_stops_nothing_and_is_reported_once(caplog):
    watch = OptaxWatch(RaisingMonitor())
    losses, _, _ = train(tapped(optax.sgd(0.01)), watch)
    watch.flush()
    assert len(losses) == 40
    assert caplog.text.count("the monitor failed, training goes on") == 1


def test_an_optimizer_without_a_tap_gives_the_loss_alone():
    watch = OptaxWatch()
    losses, _, _ = train(optax.sgd(0.01), watch)
    watch.flush()
    assert len(losses) == 40
    assert watch.monitor.rows == 40
    assert None is watch.monitor.update(loss=1.0).recent("grad_norm")[-2]


def test_a_policy_that_a_jitted_step_cannot_obey_is_refused():
    with pytest.raises(ValueError, match="guard: OptaxWatch cannot do what LowerLR decides: give the guard set_scale="):
        OptaxWatch(guard=Guard(LowerLR()))
    OptaxWatch(guard=Guard(LowerLR(), set_scale=lambda _: None))
