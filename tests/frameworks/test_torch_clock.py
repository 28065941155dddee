"""The time of a loop under `attach`: signals once an interval, a stall told, and a callback that takes the options."""

from __future__ import annotations

import time

import pytest
import torch
from torch_loop import RowLog, net, train
from watched import Log

from anet_lite.integrations.session import Session
from anet_lite.integrations.torch import attach
from anet_lite.integrations.torch.attach import watch_with

NEEDS = ("torch",)


def test_the_time_of_a_step_comes_once_an_interval():
    model, log = net(), RowLog()
    optimizer = torch.optim.SGD(model.parameters(), 0.01)
    watch = attach(model, optimizer, log, clock=True)
    train(model, optimizer, 24, watch)
    watch.detach()
    times = {row["step"]: row for row in log.rows if "step_time" in row}
    assert set(times) == {7, 15, 23}
    assert all(0 < row["data_time"] < row["step_time"] for row in times.values())
    assert all(0.05 < row.get("host_memory", 1.0) < 100 for row in times.values())
    assert watch.failures == 0
    assert not model._forward_pre_hooks


def test_a_loop_that_hangs_is_told_to_log_and_trackers(caplog):
    class Told(Log):
        def tell(self, remark) -> None:
            told.append(remark.name)

    told: list[str] = []
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 0.01)
    options = {"every": 8, "ema": 0.9, "lean": False, "layers": None}
    watch = watch_with(Session(trackers=[Told()]), model, optimizer, stall=0.2, **options)
    train(model, optimizer, 3, watch)
    until = time.monotonic() + 30
    while "the stacks" not in caplog.text and time.monotonic() < until:
        time.sleep(0.02)
    train(model, optimizer, 1, watch)
    watch.detach()
    assert told == ["stalled", "stall_over"]
    assert "test_a_loop_that_hangs_is_told" in caplog.text
    assert watch.failures == 0


def test_a_callback_takes_the_options_of_attach_and_no_others():
    callback = pytest.importorskip("anet_lite.integrations.torch.callback")
    with pytest.raises(TypeError, match="AnetCallback has no option 'locat'"):
        callback.Attached(None, None, (), {"locat": True})
    callback.Attached(None, None, (), {"locate": True, "stall": 60, "clock": True, "also": None})
