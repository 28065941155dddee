"""The table, without torch: what counts as told, and as told rightly."""

from __future__ import annotations

from anet_lite.diagnosis.causes import CAUSES
from trl_runs.plan import FAULTS, ONSET
from trl_runs.table import table


def test_a_right_cause_counts_where_it_stands_first_and_among_the_first_three():
    healthy = {"trainer": "sft", "fault": "healthy", "first": None, "causes": []}
    late = {"trainer": "sft", "fault": "labels", "first": ONSET + 4, "causes": ["bad_batch", "data_changed"]}
    missed = late | {"first": None, "causes": []}
    wrong = late | {"causes": ["a", "b", "c", "data_changed"]}
    right = late | {"causes": ["data_changed"]}
    assert table([healthy, late, missed, wrong, right])[2:] == [
        "| SFT | healthy | 0 of 1 |  |  |  |  |",
        "| SFT | labels | 3 of 4 | 4 | 1 | 2 | `data_changed` |",
    ]


def test_the_causes_that_are_right_are_in_the_table_of_causes():
    right = {cause for faults in FAULTS.values() for causes in faults.values() for cause in causes}
    assert right <= {cause.name for cause in CAUSES}
