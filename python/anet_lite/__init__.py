"""Detects, records and explains the moment a model or a stream starts to fail."""

from anet_lite._native import (
    Alarm,
    AnetError,
    ANETSnapshot,
    Detection,
    Detections,
    Episode,
    Episodes,
    Explanation,
    Incident,
    Monitor,
    MonitorGroup,
    Reference,
    RunSummary,
    Snapshot,
    StreamDetector,
    StreamDetectorPool,
    StreamScore,
    StreamScorer,
    StreamScorerPool,
    StreamScores,
    TokenEncoder,
    Updates,
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
    from anet_lite.diagnosis import AlarmReport, explain
    from anet_lite.frame import Detected, detect
    from anet_lite.integrations.torch import attach as attach  # pyright: ignore[reportUnknownVariableType]
    from anet_lite.page import report, show
    from anet_lite.policy import Guard, LogOnly, LowerLR, Rollback, SkipStep, Stop
    from anet_lite.reader.read import ReadTable, read
    from anet_lite.records import Recorder
    from anet_lite.stream import StreamAlarm, StreamAlarms
    from anet_lite.table import score_table
    from anet_lite.tombstone import TombstoneLog
    from anet_lite.upscaling import Upscaled, upscale, warm_start

__all__ = [
    "ANETSnapshot",
    "Alarm",
    "AlarmReport",
    "AnetError",
    "Detected",
    "Detection",
    "Detections",
    "Episode",
    "Episodes",
    "Explanation",
    "Guard",
    "Incident",
    "LogOnly",
    "LowerLR",
    "Monitor",
    "MonitorGroup",
    "ReadTable",
    "Recorder",
    "Reference",
    "Rollback",
    "RunSummary",
    "SkipStep",
    "Snapshot",
    "Stop",
    "StreamAlarm",
    "StreamAlarms",
    "StreamDetector",
    "StreamDetectorPool",
    "StreamScore",
    "StreamScorer",
    "StreamScorerPool",
    "StreamScores",
    "TokenEncoder",
    "TombstoneLog",
    "Updates",
    "Upscaled",
    "__version__",
    "detect",
    "entropy_rate",
    "explain",
    "f_total",
    "processivity",
    "read",
    "report",
    "score_table",
    "show",
    "snapshot",
    "theta_consistency",
    "two_second_precursor",
    "upscale",
    "warm_start",
]

_LAZY = {
    "AlarmReport": "diagnosis",
    "Detected": "frame",
    "Guard": "policy",
    "LogOnly": "policy",
    "LowerLR": "policy",
    "ReadTable": "reader.read",
    "Recorder": "records",
    "Rollback": "policy",
    "SkipStep": "policy",
    "Stop": "policy",
    "StreamAlarm": "stream",
    "StreamAlarms": "stream",
    "TombstoneLog": "tombstone",
    "Upscaled": "upscaling",
    "attach": "integrations.torch",  # Not in __all__: `from anet_lite import *` would import torch.
    "detect": "frame",
    "explain": "diagnosis",
    "read": "reader.read",
    "report": "page",
    "upscale": "upscaling",
    "warm_start": "upscaling",
    "score_table": "table",
    "show": "page",
}
"""Names that come from Python modules, imported when the name is first used."""


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})
