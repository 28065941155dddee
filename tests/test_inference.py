"""Watched calls of a function, and how what was measured becomes rows, alarms and sentences."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from typing import Any

import numpy as np
import pytest

from anet_lite import Guard, LowerLR, Monitor, explain
from anet_lite._native import AnetTypeError, AnetValueError, known_signal
from anet_lite.diagnosis.subject import subject
from anet_lite.integrations.inference import CallWatch, watch_calls
from anet_lite.integrations.inference.outputs import host_sums, leaves, size
from anet_lite.integrations.inference.tally import CALLS, TOKENS, Tally

RANDOM = np.random.default_rng(0)
TIMES = {"latency_s"}


def rows(signal: str, usual: float, then: float, count: int = 60) -> list[Any]:
    """Snapshots of a monitor whose signal changes after so many rows."""
    random, monitor = np.random.default_rng(0), Monitor()
    values = [*usual * (1 + 0.05 * random.normal(size=count)), *then * (1 + 0.05 * random.normal(size=20))]
    return [monitor.update(**{signal: value}) for value in values]


@pytest.mark.parametrize(
    ("signal", "usual", "then", "cause"),
    [
        ("token_entropy", 2.0, 6.0, "broken_weights"),
        ("token_entropy", 2.0, 0.1, "broken_weights"),
        ("token_repetition", 0.1, 0.9, "degenerate_loop"),
        ("surprisal_excess", 0.1, 2.0, "temperature_too_high"),
        ("unfinished_share", 0.1, 1.0, "endless_output"),
        ("end_probability", 0.05, 0.0, "endless_output"),
        ("output_tokens", 100, 30, "requests_changed"),
        ("output_size", 100, 300, "requests_changed"),
        ("error_share", 0.01, 0.6, "calls_fail"),
        ("latency_s", 0.1, 0.4, "machine"),
        ("first_token_s", 0.1, 0.4, "machine"),
        ("samples_per_s", 100, 20, "machine"),
        ("gpu_utilization", 95, 20, "machine"),
        ("data_time", 0.1, 0.5, "waiting_for_data"),
        ("host_memory", 1, 4, "memory_growth"),
    ],
)
def test_a_signal_that_leaves_its_range_has_its_cause_first(signal: str, usual: float, then: float, cause: str):
    seen = rows(signal, usual, then)
    (alarmed,) = [snapshot for snapshot in seen if snapshot.alarms]
    assert alarmed.row >= 60
    for lang in ("en", "ja"):
        found = explain(alarmed, lang)
        assert found.causes[0].name == cause
        assert f"{signal} " in found.paragraph or f"{signal}は" in found.paragraph


@pytest.mark.parametrize("signal", ["looping_sequences", "nonfinite_logits", "nonfinite_outputs"])
def test_a_fault_is_told_in_its_row(signal: str):
    cause = "degenerate_loop" if signal == "looping_sequences" else "broken_weights"
    monitor = Monitor()
    assert monitor.update(**{signal: 0}).alarms == []
    snapshot = monitor.update(**{signal: 2})
    assert (snapshot.status, explain(snapshot).causes[0].name) == ("failing", cause)


def test_inference_is_healthy_once_its_signals_are_judged_and_training_is_not_by_them():
    random, serving, training = np.random.default_rng(0), Monitor(), Monitor()
    values = 2 + 0.1 * random.normal(size=24)
    assert [serving.update(token_entropy=value).status for value in values[:-1]] == ["warming_up"] * 23
    assert serving.update(token_entropy=values[-1]).status == "healthy"
    assert training.update_many({"loss": values, "token_entropy": values}).status[-1] == "warming_up"


def test_sentences_speak_of_inference_where_no_loss_came():
    serving, training = Monitor().update(output_size=3), Monitor().update(loss=1.0, output_size=3)
    assert (subject(serving, "en"), subject(training, "en")) == ("inference", "the run")
    assert explain(serving).paragraph == "Step 0: inference is warming up."
    assert explain(serving, "ja").paragraph == "ステップ0: 推論は準備中です。"
    assert explain(training, "ja").paragraph.startswith("ステップ0: 学習は")


@pytest.mark.parametrize("name", sorted({*TOKENS, *CALLS}))
def test_every_signal_of_a_row_has_a_direction(name: str):
    direction, meaning = known_signal(name) or ("", "")
    assert meaning in ("inference", "resource")
    assert (direction == "nonzero") == (not {**TOKENS, **CALLS}[name][1])


def test_a_row_is_due_when_it_is_full_or_at_once_where_something_is_broken():
    tally = Tally(TOKENS, 16)
    tally.add({"steps": 15, "nonfinite": 0})
    assert not tally.is_full
    tally.add({"steps": 1})
    assert tally.is_full
    assert tally.take() == {"nonfinite_logits": 0.0}
    tally.add({"steps": 1, "nonfinite": 1})
    assert tally.is_full


def test_a_healthy_service_is_silent_and_one_that_gives_nan_is_not():
    @watch_calls
    def score(x: Any) -> Any:
        return x @ np.ones(4)

    watch: CallWatch = score.watch  # pyright: ignore[reportFunctionMemberAccess]
    for _ in range(8 * 60):
        score(RANDOM.normal(size=(16, 4)))
    assert [alarm.signal for alarm in watch.alarms if alarm.signal not in TIMES] == []
    score(np.full((16, 4), np.nan))
    assert watch.snapshot is not None
    assert watch.snapshot.signals["nonfinite_outputs"] == 16
    assert (watch.status, watch.alarms[-1].signal, watch.failures) == ("failing", "nonfinite_outputs", 0)


def test_an_exception_goes_through_and_counts():
    @watch_calls
    def divide(by: int) -> float:
        return 1 / by

    for by in (1, 0) * 4:
        if by:
            divide(by)
        else:
            with pytest.raises(ZeroDivisionError):
                divide(by)
    snapshot = divide.watch.snapshot  # pyright: ignore[reportFunctionMemberAccess]
    assert snapshot.signals["error_share"] == 0.5
    assert snapshot.signals["output_mean"] == 1.0
    assert divide.__name__ == "divide"


def test_an_async_function_is_awaited():
    @watch_calls
    async def answer() -> str:
        await asyncio.sleep(0.01)
        return "four"

    async def ask() -> None:
        await asyncio.gather(*(answer() for _ in range(8)))

    asyncio.run(ask())
    signals = answer.watch.snapshot.signals  # pyright: ignore[reportFunctionMemberAccess]
    assert signals["latency_s"] >= 0.01
    assert signals["output_size"] == 4


def test_many_threads_may_call():
    seen = list[Any]()
    watched = watch_calls(lambda value: [value], every=5, on_snapshot=seen.append)
    threads = [threading.Thread(target=lambda: [watched(1.0) for _ in range(100)]) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 100
    assert all(snapshot.signals["output_mean"] == 1.0 for snapshot in seen)
    assert [snapshot.step for snapshot in seen] == [5 * at for at in range(1, 101)]


def test_what_was_learned_travels_in_a_state():
    watch = CallWatch(every=1)
    watched = watch.watched(lambda: 1.0)
    for _ in range(40):
        watched()
    again = CallWatch(every=1)
    again.load_state_dict(watch.state_dict())
    assert again.state_dict() == watch.state_dict()
    assert again.monitor.rows == 40
    with pytest.raises(AnetValueError, match="state must be what"):
        again.load_state_dict({})


def test_too_little_to_be_judged_is_said(caplog: pytest.LogCaptureFixture):
    with CallWatch(every=1) as watch:
        watch.watched(lambda: 1.0)()
    assert [remark.name for remark in watch.remarks] == ["few_rows"]
    assert "1 row(s) of inference came: a change is told from the 24th on" in caplog.text


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: watch_calls(3), AnetTypeError, "function must be callable, got int"),  # pyright: ignore
        (lambda: CallWatch(every=0), AnetValueError, "every must be at least 1, got 0"),
        (lambda: CallWatch(guard=Guard(LowerLR())), AnetValueError, "CallWatch cannot do what LowerLR decides"),
    ],
)
def test_a_bad_argument_is_named(make: Any, error: type[Exception], text: str):
    with pytest.raises(error, match=text):
        make()


@pytest.mark.parametrize(
    ("output", "wanted"),
    [
        (None, None),
        ("four", 4),
        (b"12", 2),
        (2.5, 1),
        (np.float32(1), 1),
        (np.zeros((3, 4)), 12),
        ({"a": 1, "b": 2}, 2),
        (deque([1]), 1),
        (object(), None),
    ],
)
def test_the_size_of_an_output(output: Any, wanted: float | None):
    assert size(output) == wanted


def test_the_numbers_of_an_output():
    nested = {"scores": (np.array([1.0, 3.0]), [2, 4.0]), "text": "x", "none": None}
    assert host_sums(leaves(nested)) == {"nonfinite": 0.0, "judged": 2.0, "mean": 5.0, "spread": 2.0}
    assert host_sums(leaves(np.array([1.0, np.inf, np.nan]))) == {"nonfinite": 2, "judged": 0, "mean": 0, "spread": 0}
    assert host_sums(leaves(["text"])) == {}
    assert host_sums(leaves([np.array(3, dtype=np.float16)]))["mean"] == 3.0
    assert len(leaves(list(range(10**6)))) == 64
    assert host_sums([np.full(10, 6e4, np.float16)])["nonfinite"] == 0, "no overflow of its own type"


def test_the_watch_costs_a_call_little():
    def bare() -> list[float]:
        return [0.1, 0.9]

    def seconds(function: Any) -> float:
        began = time.perf_counter()
        for _ in range(500):
            function()
        return time.perf_counter() - began

    watched = watch_calls(bare)
    per_call = min((seconds(watched) - seconds(bare)) / 500 for _ in range(5))
    assert per_call < 200e-6
