"""A loss that jumps at a resume is told of; what a healthy run does between two steps is not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from anet_lite.integrations.remarks import Remarks
from anet_lite.integrations.resume import ResumeJump
from anet_lite.integrations.session import Session
from anet_lite.policy import Guard

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

ROWS = 300


def falling(rng: np.random.Generator) -> NDArray[Any]:
    return 1 + 4 * (np.arange(ROWS) + rng.integers(50, 2000)) ** -0.3


def wandering(rng: np.random.Generator) -> NDArray[Any]:
    found = np.zeros(ROWS)
    for at in range(1, ROWS):
        found[at] = 0.95 * found[at - 1] + rng.normal(0, 0.05)
    return 3 + found


HEALTHY: dict[str, Callable[[np.random.Generator], NDArray[Any]]] = {
    "noise": lambda rng: falling(rng) + rng.normal(0, 0.1, ROWS),
    "wandering": wandering,
    "heavy": lambda rng: falling(rng) * np.exp(rng.normal(0, 0.4, ROWS)),
    "spikes": lambda rng: falling(rng) + 3.0 * (rng.random(ROWS) < 0.03),
    "epochs": lambda rng: 2 + 0.3 * (np.arange(ROWS) % 90) / 90 + rng.normal(0, 0.03, ROWS),
    "an epoch's end": lambda rng: 2 * 0.8 ** (np.arange(ROWS) // 100) + rng.normal(0, 0.03, ROWS),
}


def said(losses: Any, cut: int = 200, lang: str = "en", onward: int = 0) -> list[str]:
    """Return what is told where a run is resumed after `cut` steps, with steps that go on from there."""
    before, remarks = ResumeJump(Remarks()), Remarks(lang)
    after = ResumeJump(remarks)
    for step, loss in enumerate(losses[:cut]):
        before.take(step, float(loss))
    after.load_state_dict(json.loads(json.dumps(before.state_dict())))
    for step, loss in enumerate(losses[cut:], cut + onward):
        after.take(step, float(loss))
    return [remark.text for remark in remarks.all]


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_resume_is_silent(name: str):
    assert [said(HEALTHY[name](np.random.default_rng(seed))) for seed in range(40)] == [[]] * 40


@pytest.mark.parametrize("name", ["noise", "wandering", "epochs"])
def test_a_jump_is_told_once(name: str):
    for seed in range(10):
        losses = HEALTHY[name](np.random.default_rng(seed))
        losses[200:] += 2.0
        (text,) = said(losses)
        assert text.startswith("Step 207: the loss jumped at the resume, from ")


def test_the_numbers_are_the_medians_of_eight_steps():
    losses = [2.0 + at % 3 for at in range(200)] + [9.0] * 20
    assert said(losses) == [
        "Step 207: the loss jumped at the resume, from 3 to 9 in the median of 8 steps; before it such a median moved "
        "by 0. Were weights, optimizer, schedule and data all restored?"
    ]
    assert said(losses, lang="ja") == [
        "ステップ207: 再開の前後でlossが跳ね上がりました(8ステップの中央値で3から9、再開前の動きは0)。"
        "重み、optimizer、schedule、データがすべて復元されたか確認してください。"
    ]


def test_a_fall_a_short_past_and_the_same_steps_again_are_not_compared():
    jump = [2.0 + at % 3 for at in range(200)] + [9.0] * 20
    assert said([1.0 / loss for loss in jump]) == []
    assert said(jump[150:], cut=50) == []
    assert said(jump, onward=-100) == []


def test_what_is_not_finite_counts_as_nothing():
    losses = [2.0 + at % 3 for at in range(200)] + [float("nan")] * 8 + [9.0] * 8
    assert said(losses)[0].startswith("Step 215: the loss jumped at the resume, from 3 to 9 ")


@pytest.mark.parametrize("state", [None, {}, {"step": 1}, {"step": "1", "losses": []}, {"step": 1, "losses": ["x"]}])
def test_a_state_that_is_none_is_refused(state: Any):
    with pytest.raises(ValueError, match=r"state of losses must be what ResumeJump.state_dict gave"):
        ResumeJump(Remarks()).load_state_dict(state)


def test_a_session_tells_it_after_its_state_was_restored():
    first, second = Session(), Session(guard=Guard(lang="ja"))
    for step in range(120):
        first.update(loss=2.0 + step % 3, step=step)
    second.load_state_dict(json.loads(json.dumps(first.state_dict())))
    for step in range(120, 140):
        second.update(loss=9.0, step=step)
    assert [(remark.name, remark.step) for remark in second.remarks.all] == [("resume_jump", 127)]
