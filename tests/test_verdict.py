"""Verdicts on runs that are over."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anet_lite import Monitor
from anet_lite.cli.options.options import VerdictKind
from anet_lite.documents.strict import Severity, VerdictName
from anet_lite.merge.finding import SEVERITIES
from anet_lite.verdict import KINDS, Verdict, by_signals, judge, retrospect, sentence

RANDOM = np.random.default_rng(0)
FALL = np.linspace(3, 1, 200) + 0.02 * RANDOM.normal(size=200)
NAN = float("nan")


def noisy(level: float, count: int) -> list[float]:
    return list(level + 0.02 * RANDOM.normal(size=count))


def column(values: Any) -> tuple[Any, Any]:
    values = np.array(values, dtype=float)
    return values, np.ones(len(values), dtype=bool)


def verdict(loss: Any, grad_norm: Any = None, incidents: int = 0) -> Verdict:
    return judge(column(loss), None if grad_norm is None else column(grad_norm), incidents)


@pytest.mark.parametrize(
    ("loss", "kind", "since"),
    [
        (FALL, "healthy", None),
        ([*FALL, *noisy(5.0, 50)], "failing", range(198, 218)),
        ([*FALL, *noisy(1.6, 100)], "settled_worse", range(198, 218)),
        ([*FALL, *noisy(5.0, 50), *noisy(1.0, 50)], "healthy", None),
        ([*FALL, NAN, *noisy(1.0, 50)], "healthy", None),
        ([*FALL, *[NAN] * 50], "failing", range(200, 201)),
        ([*FALL, *[NAN] * 50, 1.0, 1.0], "failing", range(200, 201)),
        ([NAN] * 100, "failing", range(1)),
        ([1.0, 2.0, float("inf")], "failing", range(3)),
        ([1.0, 2.0], "not_judged", None),
        ([], "no_loss", None),
        (np.zeros(100), "no_progress", None),
        (-FALL, "no_progress", None),
        (1 + 0.1 * RANDOM.normal(size=1000), "healthy", None),
        ([*noisy(0.5, 40), *[0.7] * 60], "failing", range(40, 41)),
        ([2.0] * 80 + [9.0] * 40, "failing", range(80, 81)),
        ([2.0] * 80 + list(np.linspace(9.0, 99.0, 40)), "failing", range(80, 121)),
        ([*noisy(2.0, 80), *noisy(9.0, 40)], "failing", range(80, 81)),
        ([*noisy(2.0, 80), *noisy(2.2, 40)], "no_progress", None),
    ],
)
def test_a_verdict_tells_how_a_run_went_and_from_where_on(loss: Any, kind: str, since: range | None) -> None:
    found = verdict(loss)
    assert found.kind == kind
    assert found.since is None if since is None else found.since in since


def test_a_loss_that_came_back_after_an_incident_has_recovered() -> None:
    assert verdict([*FALL, *noisy(5.0, 50), *noisy(1.0, 50)], incidents=1).kind == "recovered"


def test_a_gradient_of_zero_is_a_failure_unless_the_loss_is_at_its_best() -> None:
    dead = np.r_[np.ones(100), np.zeros(100)]
    assert verdict(noisy(2.3, 200), dead).reason == "zero_gradient"
    assert verdict(noisy(2.3, 200), dead).since == 100
    assert verdict(FALL, dead).kind == "healthy"


def test_all_progress_gone_is_ruin() -> None:
    assert verdict([*FALL, *noisy(5.0, 50)]).ruined
    assert not verdict([*FALL, *noisy(2.2, 100)]).ruined


def test_rows_without_a_loss_keep_their_numbers() -> None:
    loss = np.repeat([*FALL, *[NAN] * 50], 2)
    there = np.arange(len(loss)) % 2 == 1
    assert judge((loss, there), None, 0).since == 401


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=80), st.integers(0, 2))
def test_any_loss_has_a_verdict_and_a_sentence(loss: list[float], incidents: int) -> None:
    found = verdict(loss, loss, incidents)
    assert found.kind in KINDS
    for lang in ("en", "ja"):
        assert sentence(found, lang)
    assert found.to_dict()["kind"] == found.kind


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="lang must be one of en, ja, got 'de'"):
        sentence(verdict(FALL), "de")


def test_the_command_names_the_kinds() -> None:
    assert tuple(kind.value for kind in VerdictKind) == KINDS


def test_a_run_of_a_million_losses_is_judged_as_precisely() -> None:
    random = np.random.default_rng(1)
    loss = np.r_[np.linspace(3, 1, 600_000), np.full(400_000, 2.5)] + 0.02 * random.normal(size=1_000_000)
    found = verdict(loss)
    assert (found.kind, found.since) == ("failing", 600_000)


def test_a_loss_that_fell_as_no_training_lets_it_fall_has_collapsed_while_it_stays_there():
    stays = column([*noisy(1.0, 300), *noisy(0.1, 100)])
    found = judge(stays, None, 1, collapses=[303])
    assert (found.kind, found.reason, found.since) == ("collapsed", "collapse", 303)
    assert "No training does that" in sentence(found)
    assert "急落" in sentence(found, "ja")
    back = column([*noisy(1.0, 300), *noisy(0.1, 40), *noisy(1.0, 100)])
    assert judge(back, None, 1, collapses=[303]).kind != "collapsed"


def test_named_signals_decide_where_the_loss_tells_nothing_wrong():
    found = Verdict("no_progress", "level", evidence={"start": 0.0})
    left = by_signals(found, [(40, 40, "step_time"), (90, 90, "entropy"), (90, 99, "kl")], "failing")
    assert (left.kind, left.since, left.signal) == ("failing", 90, "entropy")
    assert "entropy left its usual range" in sentence(left)
    assert "entropy" in sentence(left, "ja")
    assert by_signals(found, [(90, 90, "entropy")], "settled").kind == "settled_worse"
    assert by_signals(found, [(90, 90, "entropy")], "healthy") == found
    assert by_signals(found, [(40, 40, "step_time")], "settled") == found


@pytest.mark.parametrize(
    ("opened", "en", "ja"),
    [
        ([], "No incident.", "異常はありません。"),
        (
            [4],
            "1 incident; the last before it opened 5 rows earlier.",
            "異常は1件です(その行までで最後の異常は5行前に始まりました)。",
        ),
        (
            [4, 9, 20],
            "3 incidents; the last opened in that row.",
            "異常は3件です(最後の異常はその行で始まりました)。",
        ),
        ([20, 30], "2 incidents.", "異常は2件です。"),
    ],
)
def test_a_retrospect_tells_how_long_before_the_break_the_last_incident_opened(
    opened: list[int], en: str, ja: str
) -> None:
    verdict, monitor = Verdict("failing", "not_finite", ruined=True, since=9, step=9), Monitor()
    monitor.update_many([2.0] * 200)
    summary = monitor.summary()
    assert retrospect(verdict, opened, summary) == f"Failing from step 9 on: the loss is not finite. {en}"
    assert retrospect(verdict, opened, summary, lang="ja") == f"ステップ9から失敗:損失が有限の値ではありません。{ja}"


def test_the_documents_know_every_verdict_and_every_severity() -> None:
    assert get_args(VerdictName) == KINDS
    assert set(get_args(Severity)) == set(SEVERITIES)
