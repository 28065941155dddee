"""Detects, records and explains the moment a model or a stream starts to fail."""

from anet_lite._native import (
    Alarm,
    Alarms,
    AnetError,
    ANETSnapshot,
    Detection,
    Detections,
    Episode,
    Explanation,
    Monitor,
    MonitorGroup,
    Reference,
    Snapshot,
    StreamDetector,
    StreamDetectorPool,
    StreamScore,
    StreamScorer,
    StreamScorerPool,
    StreamScores,
    Updates,
    WordEncoder,
    __version__,
    entropy_rate,
    f_total,
    processivity,
    snapshot,
    theta_consistency,
    two_second_precursor,
)

TYPE_CHECKING = False  # Type checkers take it for typing's, whose import would be the larger part of ours.
if TYPE_CHECKING:
    from anet_lite.records import Recorder
    from anet_lite.tombstone import TombstoneLog

__all__ = [
    "ANETSnapshot",
    "Alarm",
    "Alarms",
    "AnetError",
    "Detection",
    "Detections",
    "Episode",
    "Explanation",
    "Monitor",
    "MonitorGroup",
    "Recorder",
    "Reference",
    "Snapshot",
    "StreamDetector",
    "StreamDetectorPool",
    "StreamScore",
    "StreamScorer",
    "StreamScorerPool",
    "StreamScores",
    "TombstoneLog",
    "Updates",
    "WordEncoder",
    "__version__",
    "entropy_rate",
    "f_total",
    "processivity",
    "snapshot",
    "theta_consistency",
    "two_second_precursor",
]

_LATER = {"Recorder": "anet_lite.records", "TombstoneLog": "anet_lite.tombstone"}
"""Names that come from Python modules, imported when the name is first used."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
