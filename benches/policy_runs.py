"""False alarms in runs of Stable-Baselines3 that learn, on a cart with a pole: a few minutes."""

from __future__ import annotations

import sys
from typing import Any

absent: Any = None
sys.modules.setdefault("tensorflow", absent)  # TensorBoard would import it, and beside torch it ends the process

from stable_baselines3 import A2C, DQN, PPO  # noqa: E402

from anet_lite.integrations.stable_baselines3 import AnetCallback  # noqa: E402

RUNS = (
    (PPO, 0, 8000, {"n_steps": 256, "batch_size": 64, "n_epochs": 4}),
    (PPO, 1, 8000, {"n_steps": 256, "batch_size": 64, "n_epochs": 4}),
    (PPO, 2, 8000, {"n_steps": 256, "batch_size": 64, "n_epochs": 4}),
    (A2C, 0, 4000, {}),
    (DQN, 0, 4000, {"learning_starts": 200}),
)


def main() -> None:
    """Print a line for each run."""
    for make, seed, steps, options in RUNS:
        callback = AnetCallback()
        model = make("MlpPolicy", "CartPole-v1", seed=seed, device="cpu", **options)
        model.learn(steps, callback=callback)
        alarms = [f"{alarm.rule} in {alarm.step}" for alarm in callback.watch.alarms]
        print(f"{make.__name__}, seed {seed}: {callback.monitor.rows} rows, alarms: {', '.join(alarms) or 'none'}")


if __name__ == "__main__":
    main()
