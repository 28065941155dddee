"""Causes in the optimizer: its rate, its state, its direction, its decay, and weights that it did not write."""

# ruff: noqa: RUF001 (Japanese letters that look like others)

from anet_lite.diagnosis.causes.cause import NO_RISE, Cause

OPTIMIZER = (
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
            "moves_more": -1,
            "explosion": 0.8,
            "over_start": 0.8,
            "over_all": 0.8,
            "early_rise": 0.8,
            "early_burst": 2,
            "clip_fraction_rises": 2,
            "kl_rises": 1,
        },
        ("the learning rate is too high", "the rate, or loss and gradient together, rise", "halve the rate"),
        ("学習率が高すぎる", "学習率、またはlossと勾配がともに上昇", "学習率を半分にする"),
    ),
    Cause(
        "rate_lost",
        {"lr_drop": 6, "zero_rate": 8, "early_rate_low": 6, "early_update_low": 2, "update_down": 0.5},
        ("the learning rate was lost", "it is far below what it was, or should be", "check schedule and units"),
        ("学習率が失われた", "学習率が以前の値、または基準を大きく下回る", "スケジュールと単位を確認"),
    ),
    Cause(
        "not_updated",
        {"frozen_step": 6, "early_update_low": 1.5, "update_down": 0.5},
        (
            "the optimizer does not move the parameters",
            "the update is 0, or far too small, while rate and gradient are not",
            "check that optimizer.step() runs, that it holds these parameters, and requires_grad",
        ),
        (
            "optimizerがパラメータを動かしていない",
            "学習率と勾配は0でないのに更新量が0、または小さすぎる",
            "optimizer.step()の実行、optimizerの対象、requires_gradを確認",
        ),
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
            "noise_fall": -2,
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
        {
            "update_up": 1.5,
            "moves_more": 1.5,
            "climbs": 2.5,
            "shrinks_evenly": 4,
            "noise_fall": -1.5,
            "loss_spike": -4,
            "jump_loss": -1,
            "jump_grad": -1,
            "grad_alone": -2,
            "level_loss": 0.5,
            "drift_loss": 0.5,
            "drawdown": 0.5,
            "fade_grad": 0.5,
            "lr_jump": -4,
        },
        (
            "the weights shrink faster than they learn",
            "they move more than the gradient explains, and the loss rises",
            "check the weight decay",
        ),
        ("学習より速く重みが縮んでいる", "勾配で説明できない更新とlossの上昇", "weight decayを確認"),
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
            "climbs": 1,
            "drift_loss": 1,
            "level_loss": 1,
            "jump_loss": 0.5,
            "level_grad": 0.5,
            "explosion": 0.6,
            "over_start": 0.6,
            "over_all": 0.6,
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
        (NO_RISE,),
    ),
    Cause(
        "resumed_worse",
        {"resumed_worse": 8},
        (
            "the resume did not restore everything",
            "the same steps have a higher loss than the first time",
            "compare weights, optimizer state, rate and data order with the checkpoint",
        ),
        (
            "再開時に復元されていないものがある",
            "同じステップのlossが1回目より高い",
            "重み・optimizerの状態・学習率・データの順序をチェックポイントと比べる",
        ),
    ),
)
"""In the order of the table."""
