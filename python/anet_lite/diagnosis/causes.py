"""Likely causes of an alarm, as a table: which features count for each, and what to do next, in two languages."""

# ruff: noqa: RUF001 (Japanese letters that look like others)

from __future__ import annotations

from typing import NamedTuple


class Cause(NamedTuple):
    """One thing that can be wrong with a run."""

    name: str
    """A stable name, such as ``rate_too_high``."""
    weights: dict[str, float]
    """How much each feature of a snapshot counts for it, by the feature's name; below 0 it counts against it.

    A rule's name is a feature, from its onset on and while it fires; ``anet_lite.diagnosis.features`` adds others."""
    en: tuple[str, str, str]
    """What it is, why it is likely, what to do next."""
    ja: tuple[str, str, str]
    """The same in Japanese."""


CAUSES: tuple[Cause, ...] = (
    Cause(
        "bad_number",
        {"nonfinite": 3, "nonfinite_loss": 2, "drift_loss": -1, "lr_jump": -3},
        (
            "a bad input or label, or a logarithm or division of 0",
            "the loss itself is not finite",
            "look at this batch",
        ),
        ("入力・ラベルの不正、または0の対数・0除算", "loss自体が有限でない", "このバッチを調べる"),
    ),
    Cause(
        "overflow",
        {"nonfinite": 3, "nonfinite_grad": 3, "nonfinite_loss": -1},
        ("an overflow in half precision", "the gradient is not finite", "lower the loss scale or clip"),
        ("半精度のオーバーフロー", "勾配が有限でない", "lossスケールを下げる、または勾配クリップ"),
    ),
    Cause(
        "rate_too_high",
        {
            "lr_jump": 6,
            "early_rate": 6,
            "rate_rises": 3,
            "early_loss": 1.5,
            "drift_loss": 1.2,
            "drift_both": 1.2,
            "update_up": 0.6,
            "level_grad": 0.6,
            "drawdown": 0.8,
        },
        ("the learning rate is too high", "the rate, or loss and gradient together, rise", "halve the rate"),
        ("学習率が高すぎる", "学習率、またはlossと勾配がともに上昇", "学習率を半分にする"),
    ),
    Cause(
        "rate_lost",
        {"lr_drop": 6, "early_rate_low": 6, "early_update_low": 2, "update_down": 0.5},
        ("the learning rate was lost", "it is far below what it was, or should be", "check schedule and units"),
        ("学習率が失われた", "学習率が以前の値、または基準を大きく下回る", "スケジュールと単位を確認"),
    ),
    Cause(
        "not_updated",
        {"frozen_step": 6, "early_update_low": 1.5, "update_down": 0.5},
        (
            "the parameters are not updated",
            "the update is 0, or far too small, while rate and gradient are not",
            "check the optimizer's groups, requires_grad and the loss scaler",
        ),
        (
            "パラメータが更新されていない",
            "学習率と勾配は0でないのに更新量が0、または小さすぎる",
            "optimizerの対象、requires_grad、スケーラを確認",
        ),
    ),
    Cause(
        "stale_value",
        {"frozen_loss": 5, "frozen_grad": 1, "frozen_step": -3},
        ("a stale value is logged", "the same value comes again and again", "log from the step itself"),
        ("古い値を記録している", "同じ値が繰り返される", "そのステップの値を記録する"),
    ),
    Cause(
        "optimizer_state",
        {
            "update_up": 3,
            "early_update": 3,
            "early_rate": -4,
            "level_grad": -1,
            "jump_grad": -1,
            "grad_alone": -2,
            "loss_spike": -1,
            "lr_jump": -4,
            "update_down": 0.5,
        },
        (
            "the optimizer lost its state, or its true rate is not the reported one",
            "it moves more per unit of rate while the gradient is as usual",
            "check the resume code and the rate inside the optimizer",
        ),
        (
            "optimizerの状態喪失、または実際の学習率が報告と違う",
            "勾配は普段どおりなのに学習率あたりの更新量が増加",
            "再開処理とoptimizer内の学習率を確認",
        ),
    ),
    Cause(
        "weight_decay",
        {"update_up": 1.5, "level_loss": 0.5, "drift_loss": 0.5, "drawdown": 0.5, "fade_grad": 0.5},
        ("the weights shrink", "they move more than the gradient explains", "check weight decay"),
        ("重みが縮んでいる", "勾配で説明できない更新", "weight decayを確認"),
    ),
    Cause(
        "weights_overwritten",
        {"step_spike": 8, "lr_jump": -4, "early_rate": -4},
        (
            "weights were overwritten, by a bit flip or a stray write",
            "one update stands alone, ten times as large as all around it",
            "go back to the last good checkpoint; check the memory and whatever writes to the weights",
        ),
        (
            "重みの破損・上書き(ビット反転など)",
            "1ステップだけ更新量が前後の10倍以上",
            "直前の良いチェックポイントに戻り、メモリと重みへの書き込みを確認",
        ),
    ),
    Cause(
        "wrong_direction",
        {
            "noise_fall": 1.5,
            "loss_followed": 2,
            "drift_loss": 1,
            "level_loss": 1,
            "jump_loss": 0.5,
            "level_grad": 0.5,
            "loss_led": -3,
            "grad_alone": -2,
            "step_spike": -6,
            "rate_rises": -2,
            "lr_jump": -4,
        },
        (
            "the steps go uphill",
            "gradients agree ever better, and the loss rises after them",
            "check the sign of loss, gradient and update",
        ),
        ("損失を上る方向に更新している", "勾配がそろっていき、続いてlossが上昇", "loss・勾配・更新の符号を確認"),
    ),
    Cause(
        "gradients_pile_up",
        {
            "noise_fall": 2,
            "level_grad": 1.5,
            "grad_alone": 1.5,
            "drift_both": 0.5,
            "jump_grad": 0.5,
            "drift_loss": -0.5,
            "level_loss": -1,
            "fade_grad": -1,
        },
        (
            "gradients pile up",
            "noise falls against a rising gradient",
            "check zero_grad and a momentum too near 1",
        ),
        ("勾配が累積している", "勾配が上がる一方でノイズの比率が低下", "zero_gradとmomentumを確認"),
    ),
    Cause(
        "repeated_data",
        {"noise_fall": 2.5, "fade_grad": 1, "level_grad": -2, "drift_loss": -1},
        ("the same data come again and again", "gradients agree too well", "print batch ids, check the sampler's seed"),
        ("同じデータの繰り返し", "勾配同士が一致しすぎる", "バッチIDとサンプラーのシードを確認"),
    ),
    Cause(
        "vanishing",
        {"vanish": 3, "early_grad_low": 3, "fade_grad": 2, "update_down": 1, "frozen_grad": 1, "lr_drop": -2},
        (
            "a layer is dead or saturated, or half precision underflows",
            "the gradient falls and the loss does not",
            "look at gradient norms by layer and at the loss scale",
        ),
        (
            "層の死滅・飽和、または半精度のアンダーフロー",
            "lossは下がらず勾配だけが低下",
            "層ごとの勾配ノルムとlossスケールを確認",
        ),
    ),
    Cause(
        "bad_batch",
        {
            "jump_loss": 2,
            "jump_grad": 1.5,
            "loss_spike": 4,
            "drift_loss": -0.7,
            "level_loss": -1.5,
            "grad_alone": -1,
            "lr_jump": -2,
            "rate_rises": -3,
        },
        ("one poisoned or mislabelled batch", "a single step jumps", "look at this batch, skip it"),
        ("汚染・誤ラベルのバッチ", "1ステップだけの跳ね上がり", "このバッチを調べて飛ばす"),
    ),
    Cause(
        "data_changed",
        {
            "drift_loss": 1.5,
            "level_loss": 1.5,
            "early_loss": 2,
            "early_rate": -3,
            "rate_rises": -3,
            "drift_both": 1,
            "jump_loss": 1,
            "loss_led": 1.5,
            "loss_spike": -2,
            "update_up": -0.3,
            "lr_jump": -3,
        },
        (
            "labels or inputs changed",
            "the loss rises and stays, without a change of the rate",
            "compare the data of now and before; announce a change by note()",
        ),
        ("ラベルまたは入力が変化", "学習率は変わらずlossが上がったまま", "前後のデータを比較、意図的ならnote()で宣言"),
    ),
    Cause(
        "gradient_corrupted",
        {
            "jump_grad": 1.5,
            "level_grad": 1.5,
            "early_grad": 2,
            "grad_alone": 2.5,
            "early_rate": -3,
            "drift_loss": -0.5,
            "noise_fall": -2,
            "update_up": 0.3,
        },
        (
            "corrupted gradients or a smaller batch",
            "the gradient rises by itself",
            "check the all-reduce and the batch size",
        ),
        ("勾配の破損、またはバッチの縮小", "勾配だけが上昇", "all-reduceとバッチサイズを確認"),
    ),
    Cause(
        "forgetting",
        {"drawdown": 3, "drift_loss": 0.5, "level_loss": 0.5, "loss_spike": -1, "lr_jump": -3},
        (
            "what was learned is lost",
            "the loss is far above its best",
            "go back to the best checkpoint, shuffle the data",
        ),
        ("学習内容の喪失", "lossが最良値を大きく上回る", "最良のチェックポイントに戻り、データをシャッフル"),
    ),
)
