"""The whole trace at the published defaults; the reference takes minutes, so it runs once."""

from __future__ import annotations

import pytest

import numpy_reference as reference
import rh_sparse_anomaly as ours
from race import OURS, REFERENCE

MODULES = {REFERENCE: reference, OURS: ours}


@pytest.mark.parametrize("contender", MODULES)
def test_anomaly_trace_from_rh(race, quick, contender):
    trace = MODULES[contender].anomaly_trace_from_rh
    zeros, window = (60, 16) if quick else (3000, 256)
    race(
        f"anomaly_trace_from_rh({zeros}), scales 64, 256, 1024",
        contender,
        lambda: trace(zeros, window),
        once=contender == REFERENCE,
    )
