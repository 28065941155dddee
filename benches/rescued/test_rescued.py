"""The table, without torch: what counts as broken, nearer and farther."""

from __future__ import annotations

import math

from rescued.table import outcomes, table

ENDS = {
    "net/untrained/0/none": 2.0,
    "net/healthy/0/none": 1.0,
    "net/healthy/0/Stop": 1.2,
    "net/rate/0/none": 1.8,
    "net/rate/0/Stop": 1.1,
    "net/labels/0/none": 1.4,
    "net/labels/0/Stop": 1.5,
    "net/nan/0/none": math.nan,
    "net/nan/0/Stop": math.nan,
    "net/dropout/0/none": 1.05,
    "net/dropout/0/Stop": 2.0,
}


def test_a_run_is_nearer_its_twin_or_farther_where_its_fault_broke_it():
    assert table(ENDS)[2:] == ["| `Stop` | 1 of 3 | 1 | 1 | 0.50 | 0.20 | 1 of 4 | 2 | 1 of 1 |"]


def test_progress_is_a_part_of_the_twins():
    rate = next(outcome for outcome in outcomes(ENDS) if outcome.fault == "rate")
    assert (round(rate.kept, 6), round(rate.without, 6), round(rate.gain, 6)) == (0.9, 0.2, 0.7)
