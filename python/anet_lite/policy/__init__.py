"""What to do about an alarm, with guard rails.

A policy is settings and a pure function: ``decide(state, snapshot)`` gives an action and the next state, and nothing
else happens. Ranks that see the same snapshots therefore decide alike; otherwise let one rank decide and send its
action. A `Guard` holds the state, acts through functions that the caller gives, and logs; in a dry run it only logs.
"""

from anet_lite.policy.action import DIVERGENCE, Action, Policy, State
from anet_lite.policy.guard import Guard, load_both
from anet_lite.policy.log_only import LogOnly
from anet_lite.policy.lower_lr import LowerLR
from anet_lite.policy.rollback import Rollback
from anet_lite.policy.skip_step import SkipStep
from anet_lite.policy.stop import Stop

__all__ = [
    "DIVERGENCE",
    "Action",
    "Guard",
    "LogOnly",
    "LowerLR",
    "Policy",
    "Rollback",
    "SkipStep",
    "State",
    "Stop",
    "load_both",
]
