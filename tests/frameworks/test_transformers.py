"""The callback in real trainings: what it observes and stops, what a checkpoint brings back, that it is harmless."""

from __future__ import annotations

import json
import math
import os
import runpy
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from own_policies import Quarter
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainerCallback, TrainingArguments, set_seed
from watched import Log, RaisingMonitor

from anet_lite import Monitor
from anet_lite.integrations.transformers import AnetCallback, guarded
from anet_lite.policy import Guard, Rollback, Stop

NEEDS = ("torch", "transformers", "accelerate")

EXAMPLE = Path(__file__).parents[2] / "examples" / "transformers_run.py"

TEXTS = [{"input_ids": (ids := [(i * k) % 16 for k in range(8)]), "labels": ids} for i in range(80)]


class Tiny(Trainer):
    """Keeps the losses of its batches; in one step its loss is NaN."""

    bad = -1

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.losses, self.norms = [], []

    def compute_loss(self, *args, **kwargs):
        loss = super().compute_loss(*args, **kwargs)
        loss = loss * math.nan if self.state.global_step == self.bad else loss
        self.losses.append(loss.item())
        return loss

    def _clip_grad_norm(self, model):
        self.norms.append(float(torch.nn.utils.get_total_norm([p.grad for p in model.parameters()])))
        return super()._clip_grad_norm(model)


def trainer(folder, cls=Tiny, callbacks=None, **options) -> Tiny:
    set_seed(0)
    model = GPT2LMHeadModel(GPT2Config(vocab_size=16, n_positions=8, n_embd=8, n_layer=1, n_head=1))
    settings = {"max_steps": 40, "per_device_train_batch_size": 2, "save_strategy": "no", "logging_steps": 1}
    quiet = {"use_cpu": True, "report_to": "none", "disable_tqdm": True}
    arguments = TrainingArguments(output_dir=str(folder), **{**settings, **quiet, **options})
    return cls(model, arguments, train_dataset=TEXTS, callbacks=callbacks)


def watched(folder, *args, options=None, **kwargs) -> tuple[Tiny, AnetCallback, Log]:
    made, log = trainer(folder, **(options or {})), Log()
    made.add_callback(callback := AnetCallback(made, *args, trackers=[log], **kwargs))
    return made, callback, log


def test_every_step_is_observed_before_clipping(tmp_path):
    made, callback, log = watched(tmp_path, options={"max_grad_norm": 0.01})
    made.train()
    assert min(made.norms) > 0.01
    assert log.column("loss") == pytest.approx(made.losses)
    assert log.column("grad_norm") == pytest.approx(made.norms)
    assert [seen.step for seen in log.seen] == list(range(1, 41))
    assert log.column("lr")[:2] == pytest.approx([5e-5, 5e-5 * 39 / 40])
    assert sum(value is not None for value in log.column("noise")) == 5
    assert log.flushed == 1
    assert callback.watch.failures == 0


def test_the_loss_is_what_the_trainer_logs(tmp_path):
    made, _, log = watched(tmp_path, options={"gradient_accumulation_steps": 4, "max_steps": 10})
    made.train()
    logged = [row["loss"] for row in made.state.log_history if "loss" in row]
    assert log.column("loss") == pytest.approx(logged, rel=1e-3)


def test_nan_is_seen_where_the_log_hides_it_and_stops_where_the_guard_says_so(tmp_path):
    made, callback, _ = watched(tmp_path, guard=Guard(Stop()), every=1)
    made.bad = 20
    made.train()
    assert made.state.log_history[20]["loss"] == 0.0, "the trainer's own log"
    alarm = callback.watch.alarms[0]
    assert (alarm.rule, alarm.step, alarm.signal) == ("nonfinite", 21, "loss")
    assert 20 < made.state.global_step <= 23


def test_a_skipped_step_is_no_alarm(tmp_path):
    class Skip(TrainerCallback):
        """Does what a loss scaler does in an overflow."""

        def on_pre_optimizer_step(self, args, state, control, model=None, optimizer=None, **_):  # noqa: ARG002
            if state.global_step in (0, 20):
                optimizer.step = lambda *_: vars(optimizer).pop("step") and None

    made, _, log = watched(tmp_path)
    made.add_callback(Skip())
    made.train()
    assert len(log.seen) == 40
    assert None not in log.column("grad_norm"), "the trainer knows the norm of a step that is not taken"
    assert [seen.step_norm for seen in log.seen if seen.step in (1, 21)] == [0.0, 0.0]
    assert not [alarm for seen in log.seen for alarm in seen.alarms]


def test_a_checkpoint_brings_the_state_back_into_the_users_monitor(tmp_path):
    saving = {"save_strategy": "steps", "save_steps": 20, "max_steps": 20}
    made, callback, _ = watched(tmp_path, options=saving)
    made.train()
    folder = tmp_path / "checkpoint-20"
    saved = json.loads((folder / "trainer_state.json").read_text(encoding="utf-8"))["stateful_callbacks"]["anet_lite"]
    assert saved["monitor"]

    monitor = Monitor()
    made, callback, log = watched(tmp_path, monitor, options={**saving, "max_steps": 40})
    made.train(resume_from_checkpoint=str(folder))
    assert callback.monitor is monitor
    assert [seen.step for seen in log.seen] == list(range(21, 41))
    assert log.seen[0].row > 0
    assert log.seen[0].segment is None, "going on is no rewind"


def test_the_trainer_is_left_as_it_was(tmp_path):
    made, _, _ = watched(tmp_path)
    made.train()
    assert "training_step" not in vars(made)
    assert "clip_grad_norm_" not in vars(made.accelerator)


def test_a_monitor_that_raises_stops_nothing_and_is_reported_once(tmp_path, caplog):
    made, _, _ = watched(tmp_path, RaisingMonitor())
    made.train()
    assert made.state.global_step == 40
    assert caplog.text.count("training goes on; this is said once") == 1
    assert "the monitor is broken" in caplog.text


def test_no_hook_raises_when_everything_is_broken(tmp_path, caplog, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("broken")

    made, callback, _ = watched(tmp_path, options={"save_strategy": "steps", "save_steps": 20})
    monkeypatch.setattr("anet_lite.integrations.torch.callback.watch_with", broken)
    for name in ("_observe_loss", "_observe_norm", "_agreed"):
        monkeypatch.setattr(callback, name, broken)
    made.train()
    assert made.state.global_step == 40
    assert caplog.text.count("observing the trainer failed") == 1


@pytest.mark.parametrize(("asked", "stops"), [(False, False), (True, True)])
def test_ranks_ask_each_other_once_an_interval(tmp_path, monkeypatch, asked, stops):
    made, callback, _ = watched(tmp_path, every=8)
    steps = []
    monkeypatch.setattr(type(made.accelerator), "num_processes", 2)
    monkeypatch.setattr(made.accelerator, "check_trigger", lambda: steps.append(made.state.global_step) or asked)
    monkeypatch.setattr(made, "get_train_dataloader", trainer(tmp_path).get_train_dataloader)
    control = made.control
    for made.state.global_step in range(1, 17):
        callback.on_step_end(made.args, made.state, control)
    assert steps == [8, 16]
    assert control.should_training_stop is stops


def test_a_callback_in_a_list_finds_its_trainer(tmp_path):
    log = Log()
    made = trainer(tmp_path, callbacks=[callback := AnetCallback(trackers=[log])])
    made.train()
    assert log.column("loss") == pytest.approx(made.losses)
    assert callback.watch.failures == 0


def test_a_part_of_the_rate_is_used_and_the_schedule_keeps_its_own(tmp_path):
    made, _, log = watched(tmp_path, guard=Guard(Quarter()))
    made.train()
    assert log.column("lr")[:2] == pytest.approx([5e-5 / 4, 5e-5 * 39 / 160])
    assert made.state.log_history[1]["learning_rate"] == pytest.approx(5e-5 * 39 / 40)


class Stumbles(Tiny):
    """Its loss is NaN from one step on, as often as it comes there."""

    times = 1

    def compute_loss(self, *args, **kwargs):
        loss = Trainer.compute_loss(self, *args, **kwargs)
        if self.state.global_step == 460 and self.times:
            self.times -= 1
            return loss * math.nan
        return loss


def test_a_trainer_goes_back_to_its_own_checkpoint_with_half_the_rate(tmp_path, caplog):
    made = trainer(tmp_path, cls=Stumbles, max_steps=500, logging_steps=500)
    log = Log()
    run = guarded(made, Rollback(every=40, promote_after=40, factor=0.5), trackers=[log])
    run.train()
    assert made.state.global_step == 500
    assert all(torch.isfinite(p).all() for p in made.model.parameters())
    assert run.callback.watch.guard.state_dict()["attempts"] == 1
    assert caplog.text.count("going back to") == 1
    back = [(one.step, other.step) for one, other in zip(log.seen, log.seen[1:]) if other.step <= one.step]
    assert len(back) == 1
    assert 200 < back[0][1] < 461 <= back[0][0]
    assert log.seen[-1].lr == pytest.approx(5e-5 / 500 / 2)
    assert run.callback.watch.failures == 0


def test_what_comes_again_and_again_ends_on_the_checkpoint_that_is_trusted(tmp_path):
    made = trainer(tmp_path, cls=Stumbles, max_steps=500, logging_steps=500)
    made.times = 99
    run = guarded(made, Rollback(every=40, promote_after=40, max_attempts=2))
    run.train()
    assert made.times == 96, "the first time, and two attempts"
    assert made.state.global_step < 500
    assert all(torch.isfinite(p).all() for p in made.model.parameters())


def test_a_trainer_without_its_optimizer_cannot_go_back(tmp_path):
    with pytest.raises(ValueError, match=r"trainer\.args\.save_only_model must be False: a resume needs the optimizer"):
        guarded(trainer(tmp_path, save_only_model=True))


class Poisoned(Tiny):
    """Its weights are NaN from one step on."""

    def training_step(self, model, *args, **kwargs):
        loss = super().training_step(model, *args, **kwargs)
        if self.state.global_step == 25:
            next(model.parameters()).data.fill_(math.nan)
        return loss


@pytest.mark.parametrize(("way", "left"), [("refuse", [10, 20]), ("mark", [30, 40]), ("keep", [30, 40])])
def test_a_poisoned_checkpoint_is_refused_or_marked(tmp_path, caplog, way, left):
    saving = {"save_strategy": "steps", "save_steps": 10, "save_total_limit": 2}
    made = trainer(tmp_path, cls=Poisoned, callbacks=[callback := AnetCallback(on_bad_save=way)], **saving)
    made.train()
    folders = sorted(tmp_path.glob("checkpoint-*"))
    assert [folder.name for folder in folders] == [f"checkpoint-{step}" for step in left]
    marks = [json.loads((folder / "anet_lite.json").read_text()) for folder in folders if way == "mark"]
    assert all(mark["not_finite"] and mark["last_good"] == "checkpoint-20" for mark in marks)
    verb = {"refuse": "not saved", "mark": "saved and marked", "keep": "never"}[way]
    assert caplog.text.count(f"checkpoint-30 is {verb}: ") == (way != "keep")
    assert callback.watch.failures == 0


def test_a_checkpoint_asked_for_by_epochs_is_looked_at_too(tmp_path):
    made = trainer(tmp_path, cls=Poisoned, callbacks=[AnetCallback()], save_strategy="epoch", max_steps=80)
    made.train()
    assert [folder.name for folder in tmp_path.glob("checkpoint-*")] == []


BEST = {"save_strategy": "best", "metric_for_best_model": "points", "greater_is_better": True}


def evaluated(made, points: float):
    """A trainer whose evaluation, every ten steps, gives so many points a step."""
    made.args.eval_strategy, made.args.eval_steps = "steps", 10
    made.evaluate = lambda **_: {"eval_points": points * made.state.global_step}
    return made


@pytest.mark.parametrize(("way", "left"), [("refuse", [10, 20]), ("mark", [10, 20, 30, 40])])
def test_a_poisoned_model_is_not_the_best(tmp_path, way, left):
    made = trainer(tmp_path, cls=Poisoned, callbacks=[callback := AnetCallback(on_bad_save=way)], **BEST)
    evaluated(made, 1.0).train()
    folders = sorted(tmp_path.glob("checkpoint-*"))
    assert [folder.name for folder in folders] == [f"checkpoint-{step}" for step in left]
    assert (made.state.best_global_step, made.state.best_metric) == (left[-1], float(left[-1]))
    state = json.loads((folders[0] / "trainer_state.json").read_text(encoding="utf-8"))
    assert state["stateful_callbacks"]["anet_lite"]["monitor"]
    marked = [folder.name for folder in folders if (folder / "anet_lite.json").exists()]
    assert marked == ([] if way == "refuse" else ["checkpoint-30", "checkpoint-40"])
    assert (callback.watch.failures, callback.watch.saving.last_good) == (0, "checkpoint-20")
    assert "_determine_best_metric" not in vars(made)


def test_a_model_that_is_not_the_best_is_not_called_saved(tmp_path):
    made = trainer(tmp_path, callbacks=[callback := AnetCallback()], **BEST)
    evaluated(made, -1.0).train()
    assert [folder.name for folder in tmp_path.glob("checkpoint-*")] == ["checkpoint-10"]
    assert callback.watch.saving.last_good == "checkpoint-10"


def test_the_example_is_stopped_where_the_log_shows_nothing(capsys):
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    output = capsys.readouterr().out.splitlines()[-2:]
    assert output[0].endswith("the fault was in step 51")
    assert output[1] == "the trainer's log of that step: loss 0.0, grad_norm nan"
