"""Batches that come again are told of; those of shuffled epochs are not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from anet_lite.integrations.batches import BatchIds
from anet_lite.integrations.remarks import Remarks


def said(ids: list[Any], state: list[int] | None = None) -> tuple[list[str], BatchIds]:
    remarks = Remarks()
    batches = BatchIds(remarks)
    if state is not None:
        batches.load_state_dict(state)
    for step, batch_id in enumerate(ids):
        batches.take(step, batch_id)
    return [remark.text for remark in remarks.all], batches


@pytest.mark.parametrize("period", [1, 20, 200])
def test_a_period_is_told_when_eight_steps_have_repeated_it(period: int):
    texts, _ = said([("shard", at % period) for at in range(3 * period + 20)])
    assert texts == [
        f"Step {period + 7}: the batches of the last 8 steps are those of {period} steps before, in the same order."
    ]


def test_batches_from_before_a_resume_are_told_as_such():
    _, first = said(list(range(300)))
    texts, _ = said(list(range(280, 400)), first.state_dict())
    assert texts == [
        "Step 7: the batches of the last 8 steps came before the resume already, in the same order: the data began "
        "again too early."
    ]
    assert said(list(range(300, 600)), first.state_dict())[0] == []


def test_shuffled_epochs_repeat_nothing():
    rng = np.random.default_rng(0)
    assert said([int(at) for _ in range(20) for at in rng.permutation(50)])[0] == []


def test_what_is_not_given_is_nothing():
    assert said([None] * 100)[0] == []


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("anet_lite.integrations.batches.KEPT", 16)
    _, batches = said(list(range(100)))
    assert len(batches.state_dict()) == 16


@pytest.mark.parametrize("state", [None, {"a": 1}, ["x"]])
def test_a_state_that_is_none_is_refused(state: Any):
    with pytest.raises(ValueError, match="state of batches must be a list of numbers"):
        BatchIds(Remarks()).load_state_dict(state)
