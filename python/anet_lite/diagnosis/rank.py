"""The likely causes of an alarm, in order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from anet_lite.diagnosis.causes import CAUSES, Cause
from anet_lite.diagnosis.features import features

if TYPE_CHECKING:
    from anet_lite import Snapshot


@dataclass(frozen=True)
class LikelyCause:
    """A cause, why it is likely, and what to do about it."""

    name: str
    """A stable name, such as ``rate_too_high``."""
    what: str
    reason: str
    action: str
    weight: float
    """The sum of the weights of the features that were found, above 0."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types."""
        return asdict(self)


def likely_causes(snapshot: Snapshot, lang: str) -> list[LikelyCause]:
    """Return the causes whose weight is above 0, the likeliest first; ties in the order of the table.

    In an incident under way a row without a new alarm has causes too: those of the rules that have fired in it.
    """
    if not (snapshot.alarms or snapshot.incident):
        return []
    found = features(snapshot)
    weighed = [(cause, sum(cause.weights.get(name, 0.0) * w for name, w in found.items())) for cause in CAUSES]
    ranked = sorted((pair for pair in weighed if pair[1] > 0), key=lambda pair: -pair[1])
    return [_worded(cause, weight, found, lang) for cause, weight in ranked]


def _worded(cause: Cause, weight: float, found: dict[str, float], lang: str) -> LikelyCause:
    what, reason, action = cause.ja if lang == "ja" else cause.en
    more = [clause.ja if lang == "ja" else clause.en for clause in cause.clauses if clause.feature in found]
    return LikelyCause(cause.name, what, reason + "".join(more), action, weight)
