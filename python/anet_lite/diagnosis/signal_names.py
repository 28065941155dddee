"""One name for what trainers log under many, so that a row of the table of causes speaks of all of them."""

from __future__ import annotations

import re
from functools import lru_cache

from anet_lite._native import known_signal

_SAME = {
    "reward": (
        "rewards",
        "mean_reward",
        "reward_mean",
        "episode_reward",
        "episode_reward_mean",
        "ep_rew_mean",
        "rewards_mean",
        "score_mean",
        "episodic_return",
    ),
    "kl": ("approx_kl", "kl_loss", "ppo_kl", "reward_kl", "mean_kl"),
    "entropy": ("policy_entropy", "entropy_mean"),
    "clip_fraction": ("clipfrac", "pg_clipfrac", "clip_ratio", "clip_ratio_region_mean", "cispo_clip_ratio"),
    "completion_length": ("completions_mean_length", "response_length_mean"),
}
_ONE = {name: one for one, names in _SAME.items() for name in names}
_PREFIX = re.compile(r"/| - ")


@lru_cache(maxsize=1024)
def common_name(signal: str) -> str:
    """Return the name by which the table of causes calls a signal; its own where it is not in common use.

    Example:
        >>> from anet_lite.diagnosis.signal_names import common_name
        >>> common_name("train/approx_kl"), common_name("clip_ratio/region_mean"), common_name("router_load")
        ('kl', 'clip_fraction', 'router_load')

    """
    starts = [0, *(found.end() for found in _PREFIX.finditer(signal))]
    known = [signal[start:] for start in starts if known_signal(signal[start:])]
    if not known:
        return signal
    snake = re.sub(r"[^0-9a-z]", "_", known[-1].strip().lower())
    return _ONE.get(snake, snake)


def is_of_policy(signals: list[str]) -> bool:
    """Whether signals are those of a policy, whose loss is no progress: as the monitor decides it."""
    meanings = {known[1] for known in map(known_signal, signals) if known}
    return "policy" in meanings and "supervised" not in meanings
