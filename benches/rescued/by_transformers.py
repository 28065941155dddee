"""A run in the loop of Transformers' trainer, under its callback, and by `guarded` for the way back."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import Any

import torch
from transformers import Trainer, TrainerCallback, TrainingArguments

from anet_lite.integrations.transformers import AnetCallback, guarded
from anet_lite.policy import Guard
from rescued.by_attach import POLICIES
from rescued.faults import STEPS, Broken
from rescued.models import TASKS, held_out


class Drawn(torch.utils.data.Dataset[dict[str, Any]]):
    """As many batches as a run has steps, drawn ahead."""

    def __init__(self, made: Any) -> None:
        self.batches = [made.draw() for _ in range(STEPS)]

    def __len__(self) -> int:
        return STEPS

    def __getitem__(self, index: int) -> dict[str, Any]:
        inputs, targets = self.batches[index]
        return {"inputs": inputs, "targets": targets}


class BrokenTrainer(Trainer):
    """A trainer with a fault."""

    made: Any
    broken: Broken

    def compute_loss(self, _: Any, inputs: dict[str, Any], *__: Any, **___: Any) -> Any:
        """Return the loss of a batch."""
        step = self.state.global_step
        batch = self.broken.batch(step, inputs["inputs"][0], inputs["targets"][0])
        return self.broken.loss(step, self.made.loss(*batch))


class Sets(TrainerCallback):
    """Sets what the fault sets, before each step, as a scheduler of one's own would."""

    def __init__(self, trainer: BrokenTrainer) -> None:
        self.trainer = trainer

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Set rate, decay and dropout."""
        made = self.trainer.made
        self.trainer.broken.settings(state.global_step, self.trainer.optimizer, made.model, made.rate)


def end(task: str, fault: str, seed: int, policy: str) -> float:
    """Train and return the loss on held-out data."""
    torch.set_num_threads(1)
    made = TASKS[task](seed)
    with TemporaryDirectory() as folder:
        quiet = {"report_to": "none", "use_cpu": True, "disable_tqdm": True, "save_strategy": "no", "seed": seed}
        settings = {"max_steps": STEPS, "per_device_train_batch_size": 1, "logging_steps": STEPS}
        arguments = TrainingArguments(
            folder,
            lr_scheduler_type="constant",
            remove_unused_columns=False,
            learning_rate=made.rate,
            **settings,
            **quiet,
        )
        trainer = BrokenTrainer(made.model, arguments, train_dataset=Drawn(made))
        trainer.made, trainer.broken = made, Broken(fault)
        trainer.add_callback(Sets(trainer))
        if policy == "Rollback":
            guarded(trainer, POLICIES[policy]()).train()
        else:
            trainer.add_callback(AnetCallback(trainer, guard=Guard(POLICIES[policy]())))
            trainer.train()
    return held_out(task, made.model)
