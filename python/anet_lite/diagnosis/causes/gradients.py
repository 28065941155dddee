"""Causes in the gradients: not finite, none at all, too small, piled up, corrupted."""

from anet_lite.diagnosis.causes.cause import NO_RISE, Cause, Clause

GRADIENTS = (
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
        {"nonfinite": 3, "nonfinite_grad": 3, "nonfinite_loss": -1, "loss_scale_falls": 4},
        (
            "an overflow in the backward pass",
            "the gradient is not finite",
            "clip the gradient; under mixed precision lower the loss scale",
        ),
        (
            "逆伝播でのオーバーフロー",
            "勾配が有限でない",
            "勾配をクリップする。混合精度ならlossスケールを下げる",
        ),
        (Clause("half_precision", "; the losses are numbers of half precision", "。lossの値は半精度"),),
    ),
    Cause(
        "no_gradient",
        {"dead_gradient": 6, "zero_grad": 6, "frozen_grad": -1, "zero_rate": -3},
        (
            "no gradient reaches the parameters",
            "it is exactly 0, which no stale log explains",
            "look for detach, no_grad, requires_grad, dead units, and labels that are all masked",
        ),
        (
            "勾配がパラメータに届いていない",
            "ちょうど0で、記録の誤りでは説明できない",
            "detach・no_grad・requires_grad、死んだユニット、全部マスクされたラベルを探す",
        ),
    ),
    Cause(
        "vanishing",
        {
            "vanish": 3,
            "early_vanish": 5,
            "early_grad_low": 3,
            "fade_grad": 2,
            "update_down": 1,
            "frozen_grad": 1,
            "lr_drop": -2,
            "collapse": -3,
        },
        (
            "a layer is dead or saturated",
            "the gradient falls and the loss does not",
            "look at gradient norms by layer; under mixed precision at the loss scale, too",
        ),
        (
            "層の死滅または飽和",
            "lossは下がらず勾配だけが低下",
            "層ごとの勾配ノルムを見る。混合精度ならlossスケールも確認",
        ),
        (Clause("half_precision", "; the losses are numbers of half precision", "。lossの値は半精度"),),
    ),
    Cause(
        "gradients_pile_up",
        {
            "noise_fall": 2,
            "level_grad": 1.5,
            "grad_alone": 1.5,
            "grad_grows": 1.5,
            "grad_smooth": 1.5,
            "drift_both": 0.5,
            "jump_grad": 0.5,
            "drift_loss": -0.5,
            "level_loss": -1,
            "fade_grad": -1,
            "lr_jump": -3,
        },
        (
            "gradients pile up from step to step",
            "the gradient grows faster than the loss",
            "check that zero_grad is called, and for a momentum too near 1",
        ),
        (
            "勾配がステップごとに累積している",
            "勾配がlossより速く増えている",
            "zero_gradの呼び忘れと、1に近すぎるmomentumを確認",
        ),
        (NO_RISE,),
    ),
    Cause(
        "gradient_corrupted",
        {
            "jump_grad": 1.5,
            "level_grad": 1.5,
            "early_grad": 2,
            "grad_alone": 2.5,
            "early_burst": 0.5,
            "noisier": 1.5,
            "grad_smooth": -2,
            "early_rate": -3,
            "drift_loss": -0.5,
            "noise_fall": -2,
            "update_up": 0.3,
            "collapse": -4,
            "loss_negative": -4,
        },
        (
            "corrupted gradients or a smaller batch",
            "the gradient rises by itself",
            "check the all-reduce and the batch size",
        ),
        ("勾配の破損、またはバッチの縮小", "勾配だけが上昇", "all-reduceとバッチサイズを確認"),
    ),
)
"""In the order of the table."""
