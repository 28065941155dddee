from __future__ import annotations

import json
import math
import re
from typing import Any

import numpy as np
import pytest

from anet_lite import Monitor, Snapshot, explain
from anet_lite._native import known_signal
from anet_lite.diagnosis.causes import CAUSES
from anet_lite.diagnosis.texts import CONCLUSIONS, ENDS, SIGNALS, STATUS, TEXTS, USUAL

FEATURES = {
    "explosion", "over_start", "gave_back", "over_all", "early_rise", "early_burst", "dead_gradient", "zero_rate",
    "chance_level", "early_vanish", "collapse", "resumed_worse", "signal_nonfinite", "overfit", "zero_loss",
    "zero_grad", "grad_grows", "grad_smooth", "moves_more", "shrinks_evenly", "noisier", "rescaled", "loss_negative",
    "overshot", "climbs", "steady_fall", "near_zero", "is_policy", "stepped", "accelerates", "shrinking",
    "drift_loss", "drift_both", "level_loss", "level_grad", "fade_grad", "jump_loss", "jump_grad", "update_up",
    "update_down", "noise_fall", "vanish", "drawdown", "lr_jump", "lr_drop", "frozen_loss", "frozen_grad",
    "frozen_step", "early_loss", "early_grad", "early_update", "early_rate", "nonfinite",
    "nonfinite_loss", "nonfinite_grad", "rate_rises", "loss_led", "loss_followed", "loss_spike", "step_spike",
    "grad_alone", "early_grad_low", "early_update_low", "early_rate_low",
    "no_reward_spread", "no_margin", "negative_margin",
}  # fmt: skip


def is_of_a_signal(feature: str) -> bool:
    """Whether a feature says that a signal in common use moves to its bad side."""
    name, _, way = feature.rpartition("_")
    bad, _ = known_signal(name) or ("", "")
    return way in (("rises", "falls") if bad == "both" else (bad,))


def broken(rows: int = 60, **fault: Any) -> list[Snapshot]:
    """Return the snapshots with alarms of a run whose signals are multiplied from row 300 on."""
    monitor, rng, alarmed = Monitor(), np.random.default_rng(0), []
    for at in range(300 + rows):
        loss, grad, step, noise = 1 + 0.1 * rng.normal(size=4)
        row = {"loss": loss, "grad_norm": grad, "step_norm": 0.01 * step, "noise": noise, "lr": 0.01}
        if at >= 300:
            row |= {name: row[name] * change for name, change in fault.items()}
        snap = monitor.update(**row, batch_id=f"b{at}")
        alarmed += [snap] if snap.alarms else []
    return alarmed


def first_cause(**fault: Any) -> str:
    return explain(broken(**fault)[0]).causes[0].name


def test_the_table_speaks_of_known_scores_in_both_languages():
    weighed = {name for cause in CAUSES for name in cause.weights}
    assert [name for name in weighed if name not in FEATURES and not is_of_a_signal(name)] == []
    assert len({cause.name for cause in CAUSES}) == len(CAUSES)
    for cause in CAUSES:
        assert all(text.isascii() and text for text in cause.en)
        assert all(text and not text.isascii() for text in cause.ja)


@pytest.mark.parametrize("texts", [STATUS, SIGNALS, TEXTS, USUAL, ENDS, CONCLUSIONS])
def test_what_is_said_is_said_in_both_languages(texts: dict[str, dict[str, str]]):
    assert texts["en"].keys() == texts["ja"].keys()
    for name, sentence in texts["en"].items():
        fields = re.findall(r"{(\w+)", sentence)
        assert sorted(fields) == sorted(re.findall(r"{(\w+)", texts["ja"][name])), name


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ({"loss": math.nan}, "bad_number"),
        ({"grad_norm": math.inf}, "overflow"),
        ({"step_norm": 0.0}, "not_updated"),
        ({"lr": 10.0}, "rate_too_high"),
        ({"lr": 1e-3}, "rate_lost"),
        ({"step_norm": 4.0}, "optimizer_state"),
        ({"noise": 0.1}, "repeated_data"),
        ({"grad_norm": 0.01, "step_norm": 0.01, "noise": 0.01}, "vanishing"),
        ({"loss": 9.0}, "bad_batch"),
    ],
)
def test_a_plain_fault_is_the_first_cause(fault: dict[str, float], cause: str):
    assert first_cause(**fault) == cause


@pytest.mark.parametrize(
    ("signals", "cause", "words"),
    [
        ({"frac_reward_zero_std": (0.1, 1.0)}, "no_advantage", "all of them are the same here"),
        ({"reward_std": (0.3, 0.1)}, "no_advantage", "no longer differ, or differ less"),
        ({"clip_ratio/region_mean": (0.02, 0.4)}, "clipped_too_much", "moved far"),
        ({"completions/clipped_ratio": (0.1, 0.9)}, "completions_cut_off", "reach the greatest length"),
        ({"sampling/sampling_logp_difference/mean": (0.01, 0.2)}, "sampler_apart", "other probabilities"),
        ({"tools/failure_frequency": (0.05, 0.8)}, "tools_fail", "calls fail"),
        ({"train/approx_kl": (0.02, 0.9)}, "reward_hacked", "its KL rises"),
        ({"policy_entropy": (1.5, 0.2)}, "policy_collapse", "its entropy falls"),
        ({"rewards/margins": (0.5, -0.5)}, "preferences_reversed", "prefers what is rejected"),
        ({"rewards/margins": (0.5, 0.0)}, "no_preference", "exactly 0"),
        ({"margin": (0.9, 0.1)}, "preferences_reversed", "told apart less than before"),
        ({"aux_loss": (1.0, 3.0)}, "experts_unbalanced", "balance rises"),
    ],
)
def test_a_number_of_a_policy_or_of_preferences_that_moves_alone_has_its_cause_first(
    signals: dict[str, tuple[float, float]], cause: str, words: str
):
    monitor, rng, alarmed = Monitor(), np.random.default_rng(0), []
    for at in range(300):
        row = {name: level[at >= 250] * (1 + 0.05 * rng.normal() if at < 250 else 1) for name, level in signals.items()}
        snap = monitor.update(1 + 0.1 * rng.normal(), **row)
        alarmed += [snap] if snap.alarms else []
    (first,) = alarmed
    assert first.row < 260
    found = explain(first).causes[0]
    assert found.name == cause
    assert words in found.reason


def test_an_entropy_beside_an_accuracy_on_targets_makes_no_policy():
    monitor, rng, alarmed = Monitor(), np.random.default_rng(0), []
    for at in range(300):
        row = {"entropy": 1.5 + 0.05 * rng.normal(), "mean_token_accuracy": 0.6 + 0.02 * rng.normal()}
        snap = monitor.update((1 + 2 * (at >= 250)) * (1 + 0.1 * rng.normal()), **row)
        alarmed += [snap] if snap.alarms else []
    assert "policy_collapse" not in [cause.name for cause in explain(alarmed[-1]).causes]


def test_a_loss_that_stays_high_is_a_change_of_data():
    assert explain(broken(loss=3.0)[-1]).causes[0].name in ("data_changed", "forgetting")


def causes_of(change: Any, rows: int = 40) -> list[str]:
    """Name the causes of the last alarm of a noisy run that `change` alters, given the rows since the fault."""
    monitor, rng, snaps = Monitor(), np.random.default_rng(1), []
    for at in range(300 + rows):
        row = dict(zip(("loss", "grad_norm", "step_norm", "noise"), 1 + 0.1 * rng.normal(size=4)), lr=0.01)
        snap = monitor.update(**(change(row, at - 300) if at >= 300 else row))
        snaps += [snap] if snap.alarms else []
    return [cause.name for cause in explain(snaps[-1]).causes]


def test_one_update_that_stands_alone_is_a_weight_overwritten():
    def flip(row: dict[str, float], age: int) -> dict[str, float]:
        later = {"loss": 4 * row["loss"], "grad_norm": 3 * row["grad_norm"]}
        return row | ({"step_norm": 300.0} if age == 0 else later)

    assert causes_of(flip, rows=12)[0] == "weights_overwritten"
    assert causes_of(flip, rows=1)[0] == "weights_overwritten"
    assert causes_of(lambda row, _age: row | {"step_norm": 20.0})[0] == "optimizer_state"


def test_one_loss_that_stands_alone_is_a_bad_batch_though_the_run_does_not_recover():
    def poison(row: dict[str, float], age: int) -> dict[str, float]:
        return row | {"loss": row["loss"] * (90 if age == 0 else 4), "grad_norm": row["grad_norm"] * 3}

    assert causes_of(poison, rows=12)[0] == "bad_batch"


def test_a_loss_that_follows_gradients_that_agree_is_the_wrong_direction():
    def uphill(row: dict[str, float], age: int) -> dict[str, float]:
        grown = {name: row[name] * 1.08**age for name in ("loss", "grad_norm", "step_norm")}
        return row | {**grown, "noise": row["noise"] * 0.97**age, "loss": row["loss"] * 1.08 ** max(0, age - 8)}

    assert causes_of(uphill)[0] == "wrong_direction"


def test_a_gradient_that_rises_by_itself_is_not_the_optimizer():
    causes = causes_of(lambda row, _age: row | {name: 4 * row[name] for name in ("grad_norm", "step_norm", "noise")})
    assert causes[0] == "gradient_corrupted"


def test_a_rate_that_jumped_is_remembered_for_its_incident():
    def jump(row: dict[str, float], age: int) -> dict[str, float]:
        return row | {"lr": 0.1, "loss": row["loss"] * 1.1**age, "grad_norm": row["grad_norm"] * 1.1**age}

    assert causes_of(jump)[0] == "rate_too_high"


@pytest.mark.parametrize(
    ("signal", "cause"), [("lr", "rate_lost"), ("step_norm", "rate_lost"), ("grad_norm", "vanishing")]
)
def test_less_than_a_good_run_has_is_explained_as_less(signal: str, cause: str):
    def fed(monitor: Monitor, **factor: float) -> list[Snapshot]:
        row = {"loss": 1.0, "grad_norm": 1.0, "step_norm": 0.1, "lr": 0.1}
        rows = ({name: value * factor.get(name, 1) * (1 + at / 1e3) for name, value in row.items()} for at in range(64))
        return [snap for snap in (monitor.update(**row) for row in rows) if snap.alarms]

    good = Monitor()
    assert fed(good) == []
    first = fed(Monitor(reference=good.reference("a good run")), **{signal: 0.05})[0]
    assert explain(first).causes[0].name == cause


def test_a_loss_that_rises_with_its_rate_is_a_rate_too_high():
    steady, ramped = Monitor(), Monitor()
    rng, alarmed = np.random.default_rng(0), []
    for at in range(400):
        loss, grad = (1 + 0.1 * rng.normal(size=2)) * 1.01 ** max(0, at - 300)
        rows = (steady.update(loss, grad, lr=0.1), ramped.update(loss, grad, lr=0.1 * 1.01 ** max(0, at - 300)))
        alarmed += [rows] if rows[0].alarms else []
    same, rising = alarmed[0]
    assert explain(same).causes[0].name != "rate_too_high"
    assert explain(rising).causes[0].name == "rate_too_high"


def test_the_paragraph_holds_step_numbers_and_next_action():
    snap = broken(loss=9.0)[0]
    report = explain(snap)
    assert re.match(r"Step 300: the run is \w+\. The loss is ", report.paragraph)
    assert "times the usual" in report.paragraph
    assert "The batch is b300." in report.paragraph
    assert report.paragraph.endswith(f"Next: {report.actions[0]}.")
    assert report.first_onset == snap.first_onset
    assert report.last_values["loss"][-1] == pytest.approx(9, rel=0.5)
    assert len(report.last_values["lr"]) == 8


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"step_norm": 5.0}, "First to move was update_up, one row earlier."),
        ({"step_norm": 0.0}, "First to move was frozen_step, 2 rows earlier."),
    ],
)
def test_the_paragraph_counts_the_rows_since_the_onset(fault: dict[str, float], words: str):
    assert words in explain(broken(**fault)[0]).paragraph


def test_the_paragraph_counts_the_rows_since_a_note():
    monitor = Monitor()
    monitor.update(loss=1.0)
    monitor.note("data mix 2")
    assert 'Rows since the note "data mix 2": 0.' in explain(monitor.update(loss=math.nan)).paragraph


def test_the_paragraph_is_japanese_when_asked():
    report = explain(broken(step_norm=0.0)[0], lang="ja")
    assert report.paragraph.startswith(
        "ステップ304: 学習は異常です。更新量は測定した直近5行でちょうど0です(frozen_step)。"
    )
    assert "次の手: optimizer.step()の実行" in report.paragraph


def test_all_is_well_is_said_in_a_few_words():
    snap = Monitor().update(loss=1.0, step=4)
    assert explain(snap).paragraph == "Step 4: the run is warming up."
    assert explain(snap, "ja").paragraph == "ステップ4: 学習は準備中です。"
    assert explain(snap).causes == []
    assert explain(snap).first_onset is None


def test_a_report_is_its_paragraph_as_a_text_and_plain_types_as_a_dict():
    found = explain(broken(loss=9.0)[0])
    assert str(found) == found.paragraph
    fields = json.loads(json.dumps(found.to_dict()))
    assert fields["causes"][0] == found.causes[0].to_dict()
    assert (fields["first_onset"], fields["since"]) == (found.first_onset, found.since)
    assert fields["actions"] == found.actions


def test_a_notebook_shows_the_paragraph_and_three_causes_escaped():
    monitor = Monitor()
    shown = explain(monitor.update(loss=math.nan, batch_id="<b>"))._repr_html_()
    assert "The batch is &lt;b&gt;." in shown
    assert 1 <= shown.count("<li>") <= 3
    assert "<li>" not in explain(Monitor().update(loss=1.0))._repr_html_()


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="lang must be 'en' or 'ja', got 'de'"):
        explain(Monitor().update(), lang="de")


def test_a_group_beside_the_others_is_said_to_be_so():
    monitor, rng, alarmed = Monitor(), np.random.default_rng(0), []
    for at in range(340):
        for name in "abc":
            norm = (1 + 0.1 * rng.random()) * (3 if name == "b" and at >= 300 else 1)
            monitor.group(name).update(grad_norm=rng.random() + 1, step_norm=norm, lr=0.1)
        snap = monitor.update(loss=1 + 0.1 * rng.random())
        alarmed += [snap] if snap.alarms else []
    assert "the update over that of the other groups" in explain(alarmed[0]).paragraph
    assert "他のグループに対する更新量の比の直近" in explain(alarmed[0], lang="ja").paragraph


@pytest.mark.parametrize(
    ("lang", "few", "many"),
    [
        ("en", "It shows in b, a.", "It shows in b, a, c and 2 more."),
        ("ja", "該当グループ: b、a。", "b、a、cほか2件。"),
    ],
)
def test_at_most_three_groups_are_named(lang, few, many):
    for names, words in (("ab", few), ("abcde", many)):
        monitor = Monitor()
        for name in names:
            monitor.group(name).update(grad_norm=math.nan, step_norm=math.nan if name == "b" else 0.1)
        assert words in explain(monitor.update(loss=1.0), lang=lang).paragraph
