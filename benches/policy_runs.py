"""What is said of policies that learn, and of ones that break, in Stable-Baselines3.

`python benches/policy_runs.py` trains each algorithm on two environments with seeds that no test has; `python
benches/policy_runs.py A2C 5` takes one, and as many seeds. Half an hour on a quiet core.
"""

from __future__ import annotations

import sys
from math import nan
from typing import Any, Callable

absent: Any = None
sys.modules.setdefault("tensorflow", absent)  # TensorBoard would import it, and beside torch it ends the process

import gymnasium  # noqa: E402
from stable_baselines3 import A2C, DQN, PPO  # noqa: E402
from stable_baselines3.common.callbacks import BaseCallback  # noqa: E402

from anet_lite.integrations.stable_baselines3 import AnetCallback  # noqa: E402

Options = dict[str, Any]
ALGORITHMS: dict[str, tuple[Any, Options, int]] = {
    "A2C": (A2C, {}, 5),
    "PPO": (PPO, {"n_steps": 64, "batch_size": 64, "n_epochs": 2}, 1),
    "DQN": (DQN, {"learning_starts": 200}, 1),
}
"""The class, its options, and how often it logs: rollouts, or episodes."""
ENVIRONMENTS = ("CartPole-v1", "Acrobot-v1")
STEPS = 8000
FAULT = 6000
"""The step of the environment in which a fault begins."""
FIRST_SEED = 100


class NoReward(gymnasium.RewardWrapper):  # pyright: ignore[reportMissingTypeArgument]
    """Gives rewards that are NaN once it is broken."""

    is_broken = False

    def reward(self, reward: Any) -> Any:
        """Return the reward, or NaN."""
        return nan if self.is_broken else reward


class Fault(BaseCallback):
    """Breaks the run in a step of the environment."""

    def __init__(self, what: Callable[[Any], None]) -> None:
        super().__init__()
        self._what = what
        self.row: int | None = None

    def _on_step(self) -> bool:
        if self.num_timesteps == FAULT:
            self._what(self.model)
            self.row = self.model.policy.optimizer.state_dict()["state"].get(0, {}).get("step", 0)
        return True


def _rate(model: Any) -> None:
    model.lr_schedule = lambda _: 100 * model.learning_rate


def _no_reward(model: Any) -> None:
    for environment in model.get_env().envs:
        environment.env.is_broken = True


def _greedy(model: Any) -> None:
    model.ent_coef = -1.0


FAULTS: dict[str, Callable[[Any], None]] = {
    "healthy": lambda _: None,
    "rate x 100": _rate,
    "reward NaN": _no_reward,
    "entropy punished": _greedy,
}


def run(name: str, environment: str, seed: int, fault: str) -> str:
    """Train once, and say what rang."""
    make, options, often = ALGORITHMS[name]
    callback, planted = AnetCallback(), Fault(FAULTS[fault])
    model = make("MlpPolicy", NoReward(gymnasium.make(environment)), seed=seed, device="cpu", **options)
    error = ""
    try:
        model.learn(STEPS, callback=[callback, planted], log_interval=often)
    except ValueError as raised:  # a policy that is not finite
        error = f", raised {type(raised).__name__}"
    alarms = ", ".join(f"{alarm.rule} of {alarm.signal} in {alarm.step}" for alarm in callback.watch.alarms)
    return f"{name}, {environment}, seed {seed}, {fault}: {callback.monitor.rows} rows: {alarms or 'none'}{error}"


def main() -> None:
    """Print a line for each run."""
    names = sys.argv[1:2] or list(ALGORITHMS)
    seeds = range(FIRST_SEED, FIRST_SEED + int(sys.argv[2] if len(sys.argv) > 2 else 5))
    for fault in FAULTS:
        for name in names:
            for environment in ENVIRONMENTS:
                for seed in seeds:
                    if not (name == "DQN" and fault == "entropy punished"):
                        print(run(name, environment, seed, fault), flush=True)


if __name__ == "__main__":
    main()
