"""What a record holds of groups of layers, in columns ``GROUP/QUANTITY``."""

from __future__ import annotations

SCALES = ("grad_norm", "step_norm", "noise", "activation_scale", "activation_kurtosis")
"""Quantities that are compared with what is usual for their group."""
SHARES = ("dead_share", "expert_share", "expert_entropy", "router_entropy", "attention_entropy")
"""Quantities that mean the same in every group."""


def is_of_group(name: str) -> bool:
    """Whether a column is a quantity of a group, ``GROUP/QUANTITY``."""
    group, _, quantity = name.rpartition("/")
    return bool(group) and quantity in (*SCALES, *SHARES)
