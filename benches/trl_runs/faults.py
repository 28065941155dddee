"""What goes wrong: in the reward, the pairs, the labels or the rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from transformers import TrainerCallback

from trl_runs.plan import HEALTHY

if TYPE_CHECKING:
    from collections.abc import Callable


class Faulty(TrainerCallback):
    """One fault, or none: it bends what a trainer is made of, or its settings before each step."""

    def __init__(self, name: str = HEALTHY) -> None:
        self.name = name

    def reward(self, function: Callable[..., list[float]]) -> Callable[..., list[float]]:
        """Return the reward as the trainer gets it."""
        if self.name == "constant":
            return lambda completion_ids, **_: [0.0] * len(completion_ids)
        if self.name == "loophole":
            return lambda completion_ids, **_: [0.5 * ids.count(0) for ids in completion_ids]
        return function

    def pair(self, pair: dict[str, str]) -> dict[str, str]:
        """Return a preference as the trainer gets it."""
        chosen, rejected = pair["chosen"], pair["rejected"]
        if self.name == "swapped":
            return pair | {"chosen": rejected, "rejected": chosen}
        return pair | {"rejected": chosen} if self.name == "equal" else pair

    def collator(self, collate: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        """Return what makes a batch, as the trainer gets it."""
        change = {"labels": shuffled, "masked": masked}.get(self.name)
        if change is None:
            return collate

        def collate_wrongly(rows: list[Any]) -> dict[str, Any]:
            batch = collate(rows)
            return batch | {"labels": change(batch["labels"])}

        return collate_wrongly

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:  # noqa: ARG002
        """Leave out how long a step took: what else runs on the machine is no part of a table."""
        logs.pop("step_time", None)

    def on_step_begin(self, args: Any, state: Any, control: Any, optimizer: Any = None, **_: Any) -> None:  # noqa: ARG002
        """Set the rate, as a schedule of one's own would."""
        for group in optimizer.param_groups if self.name == "rate" else ():
            group["lr"] = 100 * args.learning_rate


def shuffled(labels: torch.Tensor) -> torch.Tensor:
    """Return labels in any order, with those that count where they were."""
    counts, mixed = labels != -100, labels.clone()
    mixed[counts] = labels[counts][torch.randperm(int(counts.sum()))]
    return mixed


def masked(labels: torch.Tensor) -> torch.Tensor:
    """Return labels of which none counts."""
    return torch.full_like(labels, -100)
