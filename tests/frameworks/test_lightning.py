"""The callback in real trainings: what it observes and stops, what a checkpoint brings back, that it is harmless."""

from __future__ import annotations

import json
import logging
import math
import pickle
import runpy
import subprocess
import sys
from pathlib import Path

import lightning.pytorch
import pytest
import pytorch_lightning
import torch
from lightning.pytorch.plugins.precision import MixedPrecision
from own_policies import Quarter
from watched import Log, RaisingMonitor

from anet_lite import Monitor
from anet_lite.integrations.lightning import AnetCallback, guarded
from anet_lite.integrations.prometheus import PrometheusTracker
from anet_lite.policy import Guard, Rollback, Stop

NEEDS = ("torch", "lightning", "pytorch_lightning", "prometheus_client")

EXAMPLE = Path(__file__).parents[2] / "examples" / "lightning_run.py"

TREES = (lightning.pytorch, pytorch_lightning)


def module(tree=lightning.pytorch, bad: int = -1, manual: bool = False, rate: float = 0.1):
    """A line that is fitted to a line; in one batch its loss is NaN."""

    class Line(tree.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            torch.manual_seed(0)
            self.layer = torch.nn.Linear(4, 1)
            self.automatic_optimization = not manual
            self.losses, self.norms = [], []

        def training_step(self, batch, index):
            loss = torch.nn.functional.mse_loss(self.layer(batch), batch.sum(1, keepdim=True))
            loss = loss * math.nan if index == bad else loss
            self.losses.append(loss.item())
            if not manual:
                return loss
            optimizer = self.optimizers()
            optimizer.zero_grad()
            self.manual_backward(loss)
            optimizer.step()
            return None

        def on_before_optimizer_step(self, _):
            self.norms.append(float(torch.nn.utils.get_total_norm([p.grad for p in self.parameters()])))

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), rate)

    return Line()


def batches(count: int = 40) -> torch.utils.data.DataLoader:
    source = torch.Generator().manual_seed(1)
    return torch.utils.data.DataLoader(torch.randn(8 * count, 4, generator=source), batch_size=8)


def trainer(folder, callback, tree=lightning.pytorch, **options):
    settings = {
        "max_epochs": 1,
        "accelerator": "cpu",
        "logger": False,
        "enable_checkpointing": False,
        "enable_progress_bar": False,
        "enable_model_summary": False,
        "default_root_dir": folder,
    }
    return tree.Trainer(callbacks=[callback], **{**settings, **options})


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.__name__)
@pytest.mark.parametrize("manual", [False, True])
def test_every_step_is_observed(tmp_path, tree, manual):
    log, model = Log(), module(tree, manual=manual)
    callback = AnetCallback(trackers=[log])
    trainer(tmp_path, callback, tree).fit(model, batches())
    assert log.column("loss") == pytest.approx(model.losses)
    assert log.column("grad_norm") == pytest.approx(model.norms)
    assert log.column("lr") == [0.1] * 40
    assert [seen.step for seen in log.seen] == list(range(40))
    assert sum(value is not None for value in log.column("noise")) == 5
    assert sum(value is not None for value in log.column("step_norm")) == 5
    assert log.flushed == 1
    assert callback.watch.failures == 0


def test_gradients_are_observed_before_they_are_clipped(tmp_path):
    log, model = Log(), module()
    trainer(tmp_path, AnetCallback(trackers=[log]), gradient_clip_val=1e-3).fit(model, batches())
    assert min(model.norms) > 1e-2
    assert log.column("grad_norm") == pytest.approx(model.norms)


def test_accumulated_batches_are_one_step(tmp_path):
    log, model = Log(), module()
    trainer(tmp_path, AnetCallback(trackers=[log]), accumulate_grad_batches=4).fit(model, batches())
    means = [sum(model.losses[i : i + 4]) / 4 for i in range(0, 40, 4)]
    assert log.column("loss") == pytest.approx(means)


def test_a_loss_that_is_scaled_for_half_precision_is_observed_unscaled_and_a_skip_is_no_alarm(tmp_path):
    log, model = Log(), module()
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**22, growth_interval=1000)
    plugin = MixedPrecision("16-mixed", "cpu", scaler)
    plugin.autocast_context_manager = lambda: torch.autocast("cpu", dtype=torch.float16)
    trainer(tmp_path, AnetCallback(trackers=[log]), plugins=[plugin]).fit(model, batches())
    assert scaler.get_scale() < 2.0**22
    assert log.column("loss") == pytest.approx(model.losses)
    assert None in log.column("grad_norm")
    assert not [alarm for seen in log.seen for alarm in seen.alarms]


def test_nan_is_seen_and_stops_where_the_guard_says_so(tmp_path):
    model = module(bad=20)
    callback = AnetCallback(guard=Guard(Stop()), every=1)
    fit = trainer(tmp_path, callback)
    fit.fit(model, batches())
    assert [alarm.rule for alarm in callback.watch.alarms] == ["nonfinite"]
    assert callback.watch.alarms[0].step == 20
    assert 20 < fit.global_step <= 23


def test_a_checkpoint_brings_the_state_back_into_the_users_monitor(tmp_path):
    first = AnetCallback()
    fit = trainer(tmp_path, first)
    fit.fit(module(), batches())
    fit.save_checkpoint(tmp_path / "run.ckpt")

    monitor, log = Monitor(), Log()
    second = AnetCallback(monitor, trackers=[log])
    trainer(tmp_path, second, max_epochs=2).fit(module(), batches(), ckpt_path=tmp_path / "run.ckpt")
    assert second.monitor is monitor
    assert monitor.rows == 80
    assert log.seen[0].step == 40
    assert log.seen[0].segment is None, "going on is no rewind"


def test_a_second_fit_is_more_of_the_same_run(tmp_path):
    callback = AnetCallback(trackers=[log := Log()])
    trainer(tmp_path, callback).fit(module(), batches())
    trainer(tmp_path, callback).fit(module(), batches())
    assert [(seen.step, seen.segment) for seen in log.seen if seen.segment] == [(0, "start")]
    assert callback.monitor.rows == 80


def test_a_monitor_that_raises_stops_nothing_and_is_reported_once(tmp_path, caplog):
    model = module()
    trainer(tmp_path, AnetCallback(RaisingMonitor())).fit(model, batches())
    assert len(model.losses) == 40
    assert caplog.text.count("training goes on; this is said once") == 1
    assert "the monitor is broken" in caplog.text


def test_no_hook_raises_when_everything_is_broken(tmp_path, caplog, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("broken")

    model, callback = module(), AnetCallback()
    monkeypatch.setattr("anet_lite.integrations.torch.callback.watch_with", broken)
    fit = trainer(tmp_path, callback)
    fit.fit(model, batches())
    fit.save_checkpoint(tmp_path / "run.ckpt")
    assert len(model.losses) == 40
    assert caplog.text.count("watching the run failed") == 1


def test_an_exception_of_the_run_leaves_the_evidence(tmp_path):
    class Failing(lightning.pytorch.Callback):
        def on_train_batch_end(self, trainer, module, outputs, batch, index):  # noqa: ARG002
            if index == 10:
                raise OSError("no more data")

    log = Log()
    fit = trainer(tmp_path, AnetCallback(trackers=[log]))
    fit.callbacks.append(Failing())
    with pytest.raises(OSError, match="no more data"):
        fit.fit(module(), batches())
    assert [seen.step for seen in log.seen] == list(range(11))
    assert log.flushed == 1


RANKS = """
import os, sys, torch, torch.distributed as dist
sys.path.insert(0, sys.argv[1])
from test_lightning import AnetCallback, Guard, Log, Stop, batches, module, trainer
fit = trainer(sys.argv[2], AnetCallback(guard=Guard(Stop()), every=4, trackers=[log := Log()]),
              devices=2, strategy="ddp")
model = module(bad=20)
if fit.global_rank == 1:
    model.training_step = lambda batch, batch_idx: model.layer(batch).square().mean()
fit.fit(model, batches(80))
line = f"rank {fit.global_rank} {fit.global_step} {len(log.seen)}"
os.write(1, f"{line}{os.linesep}".encode())  # As one piece: the other rank writes into the same pipe.
"""


def test_two_ranks_stop_together(tmp_path):
    program = tmp_path / "ranks.py"
    program.write_text(RANKS, encoding="utf-8")
    here = str(pytest.importorskip("watched").__file__).rpartition("/")[0]
    done = subprocess.run(
        [sys.executable, str(program), here, str(tmp_path)], capture_output=True, text=True, timeout=300, check=False
    )
    ends = sorted(line.split() for line in done.stdout.splitlines() if line.startswith("rank"))
    assert len(ends) == 2, done.stderr
    assert ends[0][2] == ends[1][2]
    assert 20 < int(ends[0][2]) < 40
    assert int(ends[0][3]) > 20
    assert int(ends[1][3]) == 0, "rank 0 writes to the trackers"


def test_the_example_is_stopped_and_says_why(capsys, caplog):
    with caplog.at_level(logging.WARNING, "anet_lite"):
        runpy.run_path(str(EXAMPLE), run_name="__main__")
    output = capsys.readouterr().out.splitlines()[-1]
    assert output.startswith("stopped after step 3")
    assert output.endswith("the fault was in step 300")
    assert "Step 300: the run is suspect. The learning rate is 0.1, 100 times the largest before" in caplog.text
    assert "stop at step 30" in caplog.text


def test_a_callback_whose_tracker_is_at_work_can_be_pickled(tmp_path):
    with PrometheusTracker(tmp_path / "anet.prom") as tracker:
        tracker.log(Monitor().update(loss=1.0))
        callback = AnetCallback(guard=Guard(Stop()), trackers=[tracker])
        other = pickle.loads(pickle.dumps(callback))
    assert (other.state_key, other.monitor.rows) == (callback.state_key, 0)


def test_a_part_of_the_rate_is_used(tmp_path):
    model, log = module(), Log()
    trainer(tmp_path, AnetCallback(guard=Guard(Quarter()), trackers=[log])).fit(model, batches())
    assert log.column("lr") == [0.025] * 40


def stumbling(times: int):
    """A module whose loss is NaN in batch 460, so many times."""
    model = module(rate=1e-3)

    class Stumbles(type(model)):
        def training_step(self, batch, index):
            loss = super().training_step(batch, index)
            if index == 460 and self.times:
                self.times -= 1
                return loss * math.nan
            return loss

    model.__class__, model.times = Stumbles, times
    return model


@pytest.mark.parametrize(("times", "left"), [(1, 0), (99, 96)])
def test_a_fit_goes_back_to_its_own_checkpoint_and_ends_on_a_good_model(tmp_path, caplog, times, left):
    model = stumbling(times)
    made = trainer(tmp_path, lightning.pytorch.Callback())
    run = guarded(made, Rollback(every=40, promote_after=40, max_attempts=2, factor=0.5))
    run.fit(model, batches(500))
    assert model.times == left
    assert torch.isfinite(model.layer.weight).all()
    assert (made.global_step == 500) is (times == 1)
    assert caplog.text.count("going back to") == (1 if times == 1 else 2)
    assert run.callback.watch.failures == 0


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.__name__)
@pytest.mark.parametrize(("way", "left"), [("refuse", "step=15"), ("mark", "step=40"), ("keep", "step=40")])
def test_a_poisoned_checkpoint_does_not_push_out_the_good_one(tmp_path, caplog, tree, way, left):
    model = module(tree, bad=17)
    keeper = tree.callbacks.ModelCheckpoint(tmp_path, "{step}", save_top_k=1, save_last=True, every_n_train_steps=5)
    callback = AnetCallback(on_bad_save=way)
    made = trainer(tmp_path, callback, tree, enable_checkpointing=True)
    made.callbacks.append(keeper)
    made.fit(model, batches())
    files = {path.name for path in tmp_path.glob("*.ckpt")}
    assert files == {f"{left}.ckpt", "last.ckpt"}
    weights = torch.load(tmp_path / "last.ckpt", weights_only=True)["state_dict"]["layer.weight"]
    assert bool(torch.isfinite(weights).all()) is (way == "refuse")
    marks = [json.loads(path.read_text()) for path in tmp_path.glob("*.anet.json")]
    assert [mark["last_good"] for mark in marks] == (["step=15"] * len(marks) if way == "mark" else [])
    assert bool(marks) is (way == "mark")
    assert caplog.text.count("of the model are not finite (layer.") == (way != "keep")
    assert callback.watch.failures == 0
    assert "_save_topk_checkpoint" not in vars(keeper)
    assert {f"{name}.anet.json" for name in files if marks} == {path.name for path in tmp_path.glob("*.anet.json")}
