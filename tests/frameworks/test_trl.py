"""TRL's trainers with the callback in their list: which numbers are signals, and what is said of runs that break."""

from __future__ import annotations

import os
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"

from datasets import Dataset
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification
from trl import KTOConfig, KTOTrainer, RewardConfig, RewardTrainer, RLOOConfig, RLOOTrainer

from anet_lite.integrations.transformers import AnetCallback
from trl_runs.plan import HEALTHY, ONSET, STEPS
from trl_runs.run import Outcome, runs
from trl_runs.tiny import LETTERS, save_model, tokenizer
from trl_runs.trainers import QUIET, early

NEEDS = ("torch", "transformers", "accelerate", "datasets", "trl")

PAGE = Path(__file__).parents[2] / "docs" / "trl.md"
CHOSEN = {"grpo": ("constant", "loophole"), "dpo": ("swapped", "equal"), "sft": ("labels", "rate")}


@pytest.fixture(scope="module", params=list(CHOSEN))
def outcomes(request: pytest.FixtureRequest) -> dict[str, Outcome]:
    return {outcome.fault: outcome for outcome in runs(request.param, 0, CHOSEN[request.param])}


def of_trainers(logs: list[dict[str, Any]]) -> set[str]:
    """The names of all that was logged beside what the callback measures by itself."""
    own = {"loss", "grad_norm", "learning_rate", "epoch", "step", "total_flos"}
    return {name for log in logs for name in log if name not in own and not name.startswith("train_")}


def left_out(names: set[str]) -> set[str]:
    """Those of the names that the page says are no signals."""
    table = PAGE.read_text(encoding="utf-8").partition("| left out |")[2].partition("\n\n")[0]
    patterns = re.findall(r"`([^`]+)`", "".join(row.split("|")[1] for row in table.splitlines()[2:]))
    assert patterns
    return {name for name in names if any(fnmatch(name, pattern) for pattern in patterns)}


def test_a_healthy_run_is_silent(outcomes: dict[str, Outcome]):
    healthy = outcomes[HEALTHY]
    assert healthy.alarms == []
    assert healthy.callback.watch.status == "healthy"
    assert healthy.callback.watch.failures == 0


def test_each_fault_is_told_with_a_right_cause_among_the_first_three(outcomes: dict[str, Outcome]):
    for fault in outcomes.keys() - {HEALTHY}:
        outcome = outcomes[fault]
        assert outcome.first is not None
        assert ONSET < outcome.first < ONSET + 20
        assert outcome.place is not None, (fault, outcome.causes)
        assert outcome.place <= 3, (fault, outcome.causes)


def test_a_broken_run_goes_on_from_the_state_in_the_healthy_ones_checkpoint(outcomes: dict[str, Outcome]):
    for fault in outcomes.keys() - {HEALTHY}:
        callback, rows = outcomes[fault].callback, outcomes[fault].rows
        assert STEPS - ONSET <= rows <= STEPS - ONSET + 1
        assert callback.monitor.rows == ONSET + rows


def test_every_number_is_a_signal_or_left_out_for_a_reason(outcomes: dict[str, Outcome]):
    made = outcomes[HEALTHY]
    names = of_trainers(made.trained.state.log_history) - {"step_time"}
    taken = set(made.callback.monitor.signals)
    assert taken
    assert names - taken == left_out(names)


def test_the_loss_of_a_model_that_learns_texts_or_preferences_is_progress(outcomes: dict[str, Outcome]):
    is_policy = outcomes[HEALTHY].trainer == "grpo"
    broken = next(outcomes[fault] for fault in outcomes if fault in ("loophole", "swapped", "labels"))
    assert ("over_start loss" in broken.alarms) is not is_policy


def rloo(folder: str, callbacks: list[Any]) -> Any:
    settings = RLOOConfig(folder, max_steps=2, num_generations=4, max_completion_length=4, **QUIET)
    data = Dataset.from_dict({"prompt": [*LETTERS]})
    return RLOOTrainer(
        save_model(0, f"{folder}/model"),
        early,
        settings,
        train_dataset=data,
        processing_class=tokenizer(),
        callbacks=callbacks,
    )


def kto(folder: str, callbacks: list[Any]) -> Any:
    rows = [{"prompt": letter, "completion": " a b", "label": at % 2 == 0} for at, letter in enumerate(LETTERS)]
    model = AutoModelForCausalLM.from_pretrained(save_model(0, f"{folder}/model"))
    settings, data = KTOConfig(folder, max_steps=2, **QUIET), Dataset.from_list(rows)
    return KTOTrainer(model, args=settings, train_dataset=data, processing_class=tokenizer(), callbacks=callbacks)


def reward(folder: str, callbacks: list[Any]) -> Any:
    rows = [{"chosen": f"{letter} a", "rejected": f"{letter} b"} for letter in LETTERS]
    model = AutoModelForSequenceClassification.from_pretrained(save_model(0, f"{folder}/model"), num_labels=1)
    settings, data = RewardConfig(folder, max_steps=2, **QUIET), Dataset.from_list(rows)
    return RewardTrainer(model, args=settings, train_dataset=data, processing_class=tokenizer(), callbacks=callbacks)


@pytest.mark.parametrize("make", [rloo, kto, reward])
def test_every_number_of_the_other_trainers_too(make: Any, tmp_path: Path):
    callback = AnetCallback()
    made = make(str(tmp_path), [callback])
    made.train()
    names, taken = of_trainers(made.state.log_history), set(callback.monitor.signals)
    assert callback.watch.failures == 0
    assert names - taken == left_out(names)
