"""The callback in `learn` on a cart with a pole: what it observes and stops, and what the model's file brings back."""

from __future__ import annotations

import logging
import math

import pytest
import torch
from own_policies import Quarter
from stable_baselines3 import A2C, DQN, PPO, SAC
from stable_baselines3.common.callbacks import BaseCallback
from watched import Log, RaisingMonitor

from anet_lite.diagnosis.rank import likely_causes
from anet_lite.integrations.stable_baselines3 import AnetCallback, trained
from anet_lite.policy import Guard, SkipStep, Stop

NEEDS = ("torch", "stable_baselines3")


def ppo(**options) -> PPO:
    settings = {"n_steps": 64, "batch_size": 32, "n_epochs": 4, "seed": 0, "device": "cpu"}
    torch.set_num_threads(1)
    return PPO("MlpPolicy", "CartPole-v1", policy_kwargs={"net_arch": [16]}, **{**settings, **options})


def test_every_minibatch_is_observed_and_what_is_logged_is_named():
    model, log, norms, clip = ppo(max_grad_norm=1e-3), Log(), [], torch.nn.utils.clip_grad_norm_
    callback = AnetCallback(trackers=[log])
    watched = callback._attached.monitor
    update = watched.update
    watched.update = lambda **signals: norms.append(signals.get("grad_norm")) or update(**signals)
    model.learn(192, callback=callback)
    assert len(log.seen) == 3 * 4 * 2
    assert None not in log.column("loss")
    assert min(norms) > 1e-2, "before it is clipped"
    assert log.column("grad_norm") == [None] * 24, "which is judged only where it is not finite, or 0"
    assert log.column("lr") == pytest.approx([3e-4] * 24)
    assert sum(value is not None for value in log.column("step_norm")) == 3
    assert set(log.seen[0].signals) == {"rollout/ep_rew_mean"}
    assert set(log.seen[8].signals) == {
        "rollout/ep_rew_mean",
        "train/approx_kl",
        "train/clip_fraction",
        "train/entropy",
        "train/explained_variance",
    }
    assert 0.6 < log.seen[8].signals["train/entropy"] < 0.7
    assert callback.watch.failures == callback._log_once.failures == 0
    assert torch.nn.utils.clip_grad_norm_ is clip


def test_a_healthy_run_is_silent(caplog):
    callback = AnetCallback()
    with caplog.at_level(logging.WARNING, "anet_lite"):
        ppo().learn(64 * 24, callback=callback)
    assert (callback.watch.status, callback.monitor.rows) == ("healthy", 192)
    assert caplog.text == ""


@pytest.mark.parametrize("algorithm", [A2C, DQN, SAC])
def test_other_algorithms_are_observed(algorithm):
    options = {} if algorithm is A2C else {"learning_starts": 20, "batch_size": 8}
    world = "Pendulum-v1" if algorithm is SAC else "CartPole-v1"
    model = algorithm("MlpPolicy", world, seed=0, device="cpu", policy_kwargs={"net_arch": [8]}, **options)
    callback = AnetCallback(trackers=[log := Log()])
    model.learn(60, callback=callback)
    assert len(log.seen) >= 9, "steps of the critic, where there is one"
    assert None not in log.column("loss")
    assert [remark.text for remark in callback.watch.remarks] == []
    assert callback.watch.failures == callback._log_once.failures == 0


class Fault(BaseCallback):
    """Does something before a rollout."""

    def __init__(self, act, at: int = 20) -> None:
        super().__init__()
        self.act, self.at, self.count = act, at, 0

    def _on_rollout_end(self) -> None:
        if self.count == self.at:
            self.act(self.model)
        self.count += 1

    def _on_step(self) -> bool:
        return True


def nan(model):
    model.rollout_buffer.returns[3] = math.nan


def thousandfold(model):
    model.lr_schedule = lambda _: 0.3


def test_a_target_that_is_not_finite_is_told_before_the_policy_ends_the_run():
    callback = AnetCallback(trackers=[log := Log()])
    with pytest.raises(ValueError, match="found invalid values"):
        ppo().learn(64 * 22, callback=[Fault(nan), callback])
    first = next(row for row in log.seen if row.alarms)
    assert 160 <= first.step < 164
    assert "bad_number" in [likely.name for likely in likely_causes(first, "en")[:3]]
    assert log.flushed >= 1


def test_a_policy_whose_bad_steps_are_skipped_stays_finite():
    model = ppo()
    model.learn(64 * 22, callback=[Fault(nan), AnetCallback(guard=Guard(SkipStep()))])
    assert all(parameter.isfinite().all() for parameter in model.policy.parameters())


def test_a_rate_a_thousand_times_too_high_is_told_and_stops():
    model, callback = ppo(), AnetCallback(guard=Guard(Stop()), trackers=[log := Log()])
    model.learn(64 * 40, callback=[Fault(thousandfold), callback])
    first = next(row for row in log.seen if row.alarms)
    assert 160 <= first.step < 180
    assert "rate_too_high" in [likely.name for likely in likely_causes(first, "en")[:3]]
    assert model.num_timesteps < 64 * 40


def test_the_models_file_brings_the_state_back_into_the_users_monitor(tmp_path):
    model = ppo()
    model.learn(128, callback=AnetCallback())
    model.save(tmp_path / "model.zip")
    monitor = AnetCallback().monitor
    callback = AnetCallback(monitor, trackers=[log := Log()])
    again = PPO.load(tmp_path / "model.zip", env=model.get_env(), device="cpu")
    again.learn(64, callback=callback, reset_num_timesteps=False)
    assert callback.monitor is monitor
    assert (log.seen[0].step, log.seen[0].segment) == (16, None)
    assert monitor.rows == len(log.seen) + 16


def test_a_part_of_the_rate_is_used():
    ppo().learn(64, callback=AnetCallback(guard=Guard(Quarter()), trackers=[log := Log()]))
    assert log.column("lr")[0] == pytest.approx(0.75e-4)


def test_a_monitor_that_raises_stops_nothing_and_is_reported_once(caplog):
    model = ppo()
    model.learn(64, callback=AnetCallback(RaisingMonitor()))
    assert model.num_timesteps == 64
    assert caplog.text.count("the monitor failed, training goes on") == 1


def test_a_policy_without_an_optimizer_is_named():
    class Searched:
        optimizer = None

    with pytest.raises(TypeError, match="Searched has no optimizer, so there is nothing to watch"):
        trained(Searched())
