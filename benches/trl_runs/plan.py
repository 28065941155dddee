"""What is run, and which causes are right."""

from __future__ import annotations

ONSET, STEPS = 160, 210
"""A healthy run leaves a checkpoint at its step ONSET, and broken ones go on from it."""
HEALTHY = "healthy"

FAULTS: dict[str, dict[str, set[str]]] = {
    "grpo": {
        "constant": {"no_advantage"},
        "rate": {"rate_too_high", "policy_collapse"},
        "loophole": {"reward_hacked"},
    },
    "dpo": {"swapped": {"preferences_reversed"}, "rate": {"rate_too_high"}, "equal": {"no_preference"}},
    "sft": {"labels": {"data_changed"}, "rate": {"rate_too_high"}, "masked": {"targets_gone"}},
}
"""The faults of each trainer, each with the causes that are right."""
