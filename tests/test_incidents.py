"""One incident is one message: when it opens, when its cause or its gravity changes, and when it ends."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anet_lite import Monitor, explain
from anet_lite.diagnosis import Incidents, Message, conclusion, too_short


def told(losses: list[float], incidents: Incidents | None = None, monitor: Monitor | None = None) -> list[Message]:
    incidents, monitor = incidents or Incidents(), monitor or Monitor()
    said = [incidents.news(monitor.update(loss=loss, lr=0.1)) for loss in losses]
    return [message for message in said if message is not None]


def level(value: float, rows: int, seed: int = 0) -> list[float]:
    return list(value * (1 + 0.05 * np.random.default_rng(seed).normal(size=rows)))


def learned(rows: int = 400) -> list[float]:
    return [loss * (1 + 2 * math.exp(-at / 60)) for at, loss in enumerate(level(1.0, rows))]


NASTY = st.sampled_from([None, 0.0, -0.0, 1e-300, 1e300, -1e300, math.inf, -math.inf, math.nan])
SIGNAL = st.one_of(NASTY, st.floats(-10, 10), st.floats(0, 1e6))


@given(
    st.lists(st.tuples(*[SIGNAL] * 6), max_size=60),
    st.integers(0, 300),
    st.sampled_from(["en", "ja"]),
)
def test_whatever_comes_is_told_without_an_error(rows: list[Any], calm: int, lang: str):
    names = ("loss", "grad_norm", "step_norm", "noise", "lr", "reward")
    incidents, monitor = Incidents(lang), Monitor(signals=["reward"])
    quiet = [(2 + 0.1 * (at % 7), 1 + 0.1 * (at % 5), 0.1, 1.0, 0.1, 0.5) for at in range(calm)]
    for row in [*quiet, *rows]:
        snapshot = monitor.update(**dict(zip(names, row)))
        message = incidents.news(snapshot)
        assert message is None or message.text
        assert explain(snapshot, lang).paragraph
    assert isinstance(conclusion(monitor.summary(), lang), str)


def test_a_healthy_run_gives_no_message():
    assert told(learned(1000)) == []


def test_an_incident_is_opened_and_ended_where_the_run_comes_back():
    messages = told(learned() + level(2.5, 40, 1) + level(1.0, 300, 2))
    assert messages[0].kind == "opens"
    assert messages[-1].kind == "ends"
    assert [message.kind for message in messages].count("opens") == 1
    assert len(messages) <= 4
    assert messages[-1].status == "healthy"
    assert "healthy again, the incident of step 40" in messages[-1].text
    assert messages[-1].alarms == []


def test_a_run_that_settles_elsewhere_is_told_so_with_both_levels():
    last = [m for m in told(learned() + level(1.9, 400, 1)) if m.kind == "ends"][-1]
    assert last.status == "settled"
    assert "is not back where it was" in last.text
    assert "The median of its last 32 losses is 1.9" in last.text


def test_a_cause_is_told_once_and_gravity_once():
    messages = told(learned() + level(3.0, 60, 1))
    kinds = [message.kind for message in messages]
    assert kinds[0] == "opens"
    assert kinds.count("changes") <= 2
    assert "failing" in {message.status for message in messages}


def test_a_note_ends_an_incident_without_a_word():
    incidents, monitor = Incidents(), Monitor()
    assert told(learned() + level(3.0, 30, 1), incidents, monitor)[0].kind == "opens"
    monitor.note("data mix 2")
    assert told(level(3.0, 200, 2), incidents, monitor) == []


def test_a_monitor_that_was_set_back_begins_anew():
    incidents, monitor = Incidents(), Monitor()
    state = monitor.state_dict()
    for _ in range(2):
        assert [message.kind for message in told([1.0, math.nan], incidents, monitor)] == ["opens"]
        monitor.load_state_dict(state)


def test_what_was_said_is_saved_as_plain_types():
    first, monitor = Incidents(), Monitor()
    losses = learned() + level(3.0, 60, 1)
    told(losses, first, monitor)
    second = Incidents()
    second.load_state_dict(json.loads(json.dumps(first.state_dict())))
    after = level(3.0, 100, 3)
    state = monitor.state_dict()
    expected = told(after, first, monitor)
    monitor.load_state_dict(state)
    assert [(m.kind, m.text) for m in told(after, second, monitor)] == [(m.kind, m.text) for m in expected]


def test_an_incident_of_a_group_alone_ends_when_the_run_is_calm():
    incidents, monitor, said = Incidents(), Monitor(), list[Any]()
    rng = np.random.default_rng(0)
    for at in range(500):
        for name in "abc":
            norm = (1 + 0.1 * rng.random()) * (3 if name == "b" and 300 <= at < 340 else 1)
            monitor.group(name).update(grad_norm=rng.random() + 1, step_norm=norm, lr=0.1)
        said.append(incidents.news(monitor.update(loss=1 + 0.1 * rng.random())))
    kinds = [message.kind for message in said if message]
    assert kinds.count("opens") == kinds.count("ends") == 1


def test_messages_are_japanese_when_asked():
    messages = told(learned() + level(2.5, 40, 1) + level(1.0, 300, 2), Incidents("ja"))
    assert messages[0].text.startswith("ステップ40")
    assert "正常に戻りました" in messages[-1].text


@pytest.mark.parametrize(
    ("losses", "words"),
    [
        (level(1.0, 120), "Too short for the monitor to judge: 120 rows came, 155 are needed."),
        (learned(600), "Healthy: no incident in "),
        (learned() + level(2.5, 40, 1) + level(1.0, 300, 2), "Healthy again after one incident."),
        (learned() + level(1.9, 400, 1), "Settled elsewhere after "),
        ([*learned(), math.nan], "Failing at the end: the last of one incident opened at step 400 (nonfinite). Lost:"),
    ],
)
def test_a_run_is_told_by_what_it_came_to(losses: list[float], words: str):
    monitor = Monitor()
    monitor.update_many(losses)
    assert conclusion(monitor.summary()).startswith(words)
    assert conclusion(monitor.summary(), "ja")


def test_only_a_run_without_a_judged_row_is_too_short():
    monitor = Monitor()
    monitor.update_many(level(1.0, 300))
    assert too_short(monitor.summary()) == ""
