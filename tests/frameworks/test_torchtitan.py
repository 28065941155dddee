"""What torchtitan's metrics processor logs is watched."""

from __future__ import annotations

import math

import pytest
from watched import Log

from anet_lite.integrations.torchtitan import MetricsWatch
from anet_lite.policy import Guard, LowerLR, Stop

NEEDS = ("torch",)


class NoDevice:
    """Stands for the memory of a GPU, without which torchtitan's own is not made."""

    device_name = "cpu"

    def __init__(self, stats) -> None:
        self.get_peak_stats = lambda: stats(*[0] * len(stats._fields))

    def reset_peak_stats(self) -> None:
        pass


def processor(monkeypatch):
    """torchtitan's own, where it is installed."""
    reason = "torchtitan 0.3 wants datasets < 4.8: pip install --no-deps torchtitan tyro spmd_types"
    metrics = pytest.importorskip("torchtitan.components.metrics", reason=reason)
    dims = pytest.importorskip("torchtitan.distributed").ParallelDims(
        dp_replicate=1, dp_shard=1, cp=1, tp=1, pp=1, ep=1, world_size=1
    )
    monkeypatch.setattr(metrics, "build_device_memory_monitor", lambda: NoDevice(metrics.DeviceMemStats))
    made = metrics.MetricsProcessor(metrics.MetricsProcessor.Config(), parallel_dims=dims)
    made.num_flops_per_token = 1
    return made


def log(made, step: int, loss: float) -> None:
    made.data_loading_times.append(0.1)
    made.log(step, loss, loss, 1.0 + 0.1 * math.cos(step), extra_metrics={"n_tokens_seen": step, "lr": 0.1})


def test_what_the_processor_logs_is_watched_and_stops(monkeypatch):
    made, watch = processor(monkeypatch), MetricsWatch(guard=Guard(Stop()), trackers=[seen := Log()])
    watch.add_to(made)
    for step in range(1, 41):
        log(made, 10 * step, math.nan if step == 30 else 2.0 / step)
        if step % 10 == 0:
            made.log_validation(2.0 / step, 10 * step)
    made.close()
    assert [row.step for row in seen.seen] == list(range(10, 401, 10))
    assert seen.column("loss")[:3] == pytest.approx([2.0, 1.0, 2.0 / 3])
    assert seen.column("lr") == [0.1] * 40
    assert "validation_metrics/loss" in seen.seen[9].signals
    assert next(row.step for row in seen.seen if row.alarms) == 300
    assert watch.should_stop
    watch.remove()
    assert "log" not in vars(made.logger)


class Logger:
    """Takes metrics as torchtitan's loggers do."""

    def log(self, metrics, step):
        pass

    def close(self):
        pass


class Processor:
    """Holds a logger as torchtitan's processor does."""

    def __init__(self) -> None:
        self.logger = Logger()


def test_a_state_goes_on_in_another_watch():
    first, made = MetricsWatch(), Processor()
    first.add_to(made)
    for step in range(1, 41):
        made.logger.log({"loss_metrics/global_avg_loss": 2.0 / step, "grad_norm": 1.0, "lr": 0.1}, step)
    made.logger.close()
    second = MetricsWatch()
    second.load_state_dict(first.state_dict())
    assert second.monitor.rows == first.monitor.rows == 40


def test_what_is_no_processor_is_refused():
    with pytest.raises(TypeError, match="processor must be a MetricsProcessor, got int"):
        MetricsWatch().add_to(3)


def test_a_policy_that_nobody_carries_out_is_refused():
    with pytest.raises(ValueError, match="guard: MetricsWatch cannot do what LowerLR decides"):
        MetricsWatch(guard=Guard(LowerLR()))
