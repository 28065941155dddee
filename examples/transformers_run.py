"""Two lines watch a Transformers trainer: a NaN that its log shows as a loss of 0.0 is seen, and the run stops."""

from __future__ import annotations

import logging
import math
import tempfile
from typing import Any

from anet_lite.integrations.transformers import AnetCallback  # first: without transformers it says how to install it

# isort: split

import torch
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainingArguments

from anet_lite import Guard, Stop


class Broken(Trainer):
    """A trainer whose loss is NaN in step 50, as after a bad batch."""

    def compute_loss(self, *args: Any, **kwargs: Any) -> Any:
        """Return the loss of a batch."""
        loss = super().compute_loss(*args, **kwargs)
        return loss * math.nan if self.state.global_step == 50 else loss


def main() -> None:
    """Train until something breaks."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    torch.manual_seed(0)
    texts = [{"input_ids": (ids := [(i + k) % 32 for k in range(16)]), "labels": ids} for i in range(400)]
    model = GPT2LMHeadModel(GPT2Config(vocab_size=32, n_positions=16, n_embd=16, n_layer=1, n_head=2))
    with tempfile.TemporaryDirectory() as folder:
        quiet = {"report_to": "none", "use_cpu": True, "disable_tqdm": True, "save_strategy": "no"}
        arguments = TrainingArguments(folder, max_steps=100, logging_steps=1, per_device_train_batch_size=4, **quiet)
        trainer = Broken(model, arguments, train_dataset=texts)
        callback = AnetCallback(trainer, guard=Guard(Stop()))  # line one
        trainer.add_callback(callback)  # line two
        trainer.train()
    logged = trainer.state.log_history[50]
    print(f"stopped after step {trainer.state.global_step}; the fault was in step {callback.watch.alarms[0].step}")
    print(f"the trainer's log of that step: loss {logged['loss']}, grad_norm {logged['grad_norm']}")


if __name__ == "__main__":
    main()
