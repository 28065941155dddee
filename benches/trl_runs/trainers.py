"""The three trainers, each as a user would make it: the callback stands in the list of callbacks."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from datasets import Dataset
from trl import DPOConfig, DPOTrainer, GRPOConfig, GRPOTrainer, SFTConfig, SFTTrainer

from trl_runs.plan import ONSET, STEPS
from trl_runs.tiny import LETTERS, save_model, tokenizer, walk

if TYPE_CHECKING:
    from transformers import Trainer, TrainerCallback

    from trl_runs.faults import Faulty

BATCH = 16
LENGTH = 8
QUIET: dict[str, Any] = {"report_to": "none", "use_cpu": True, "disable_tqdm": True, "logging_steps": 1}
STEADY: dict[str, Any] = {"lr_scheduler_type": "constant", "save_steps": ONSET, "bf16": False}


def settings(seed: int, rate: float) -> dict[str, Any]:
    """Return what the three have in common."""
    sizes = {"max_steps": STEPS, "per_device_train_batch_size": BATCH, "gradient_checkpointing": False}
    return {"learning_rate": rate, "seed": seed, **sizes, **STEADY, **QUIET}


def early(completion_ids: list[list[int]], **_: Any) -> list[float]:
    """Reward the share of letters of the first half of the alphabet."""
    return [sum(token < len(LETTERS) / 2 for token in ids) / LENGTH for ids in completion_ids]


def grpo(seed: int, folder: str, fault: Faulty, callbacks: list[TrainerCallback]) -> Trainer:
    """Return a policy that is rewarded for some letters, and held near its reference: it settles between both."""
    sampling = {"num_generations": 8, "max_completion_length": LENGTH, "beta": 0.1, "scale_rewards": "none"}
    return GRPOTrainer(
        save_model(seed, f"{folder}/model"),
        fault.reward(early),
        GRPOConfig(folder, **sampling, **settings(seed, 3e-3)),
        train_dataset=Dataset.from_dict({"prompt": [*LETTERS]}),
        processing_class=tokenizer(),
        callbacks=callbacks,
    )


def dpo(seed: int, folder: str, fault: Faulty, callbacks: list[TrainerCallback]) -> Trainer:
    """Return a model that is to prefer letters in order; one pair of ten is the wrong way round, as people's are."""
    source, pairs = random.Random(seed), list[dict[str, str]]()
    for _ in range(BATCH * STEPS):
        better, worse = (" " + walk(source, 6, order) for order in (0.8, 0.2))
        chosen, rejected = (worse, better) if source.random() < 0.1 else (better, worse)
        pairs.append(fault.pair({"prompt": source.choice(LETTERS), "chosen": chosen, "rejected": rejected}))
    return DPOTrainer(
        save_model(seed, f"{folder}/model"),
        None,
        DPOConfig(folder, **settings(seed, 1e-3)),
        train_dataset=Dataset.from_list(pairs),
        processing_class=tokenizer(),
        callbacks=callbacks,
    )


def sft(seed: int, folder: str, fault: Faulty, callbacks: list[TrainerCallback]) -> Trainer:
    """Return a model that learns to write letters in order."""
    made = _sft(seed, folder, callbacks)
    made.data_collator = fault.collator(made.data_collator)
    return made


def _sft(seed: int, folder: str, callbacks: list[TrainerCallback]) -> Trainer:
    source = random.Random(seed)
    texts = [walk(source, 12, 0.8) for _ in range(BATCH * STEPS)]
    return SFTTrainer(
        save_model(seed, f"{folder}/model"),
        SFTConfig(folder, **settings(seed, 3e-3)),
        train_dataset=Dataset.from_dict({"text": texts}),
        processing_class=tokenizer(),
        callbacks=callbacks,
    )


TRAINERS = {"grpo": grpo, "dpo": dpo, "sft": sft}
