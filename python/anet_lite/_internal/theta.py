"""When ϑ is worth reading."""

from __future__ import annotations

NO_EVIDENCE = 1.0
"""What ϑ is until 99 values of noise have come."""


def has_evidence(theta: float) -> bool:
    """Whether a value of ϑ says anything: it is ``NO_EVIDENCE`` until 99 values of noise have come.

    The number itself stays what the published program gives; only what a person reads is left blank.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite._internal.theta import has_evidence
        >>> has_evidence(Monitor().update(loss=1.0).theta)
        False

    """
    return theta != NO_EVIDENCE
