"""Causes in the data: the same again, one bad batch, another mix."""

from anet_lite.diagnosis.causes.cause import NO_RISE, Cause

DATA = (
    Cause(
        "repeated_data",
        {
            "noise_fall": 2.5,
            "fade_grad": 1,
            "collapse": 2.5,
            "steady_fall": 3,
            "grad_smooth": 0.5,
            "level_grad": -2,
            "drift_loss": -1,
            "loss_negative": -4,
            "overshot": -2,
        },
        (
            "the same data come again and again",
            "gradients agree too well, or the loss falls from step to step without noise",
            "print batch ids, check the sampler and its seed",
        ),
        (
            "同じデータの繰り返し",
            "勾配同士が一致しすぎる、またはlossが揺らぎなく下がり続ける",
            "バッチIDを表示し、サンプラーとシードを確認",
        ),
    ),
    Cause(
        "learnt_by_heart",
        {"collapse": 2, "fade_grad": 0.5, "steady_fall": 1, "loss_negative": -4, "overshot": -1},
        (
            "the data are learnt by heart",
            "the loss falls faster than it ever learned",
            "compare with an evaluation loss; count how often each sample was seen",
        ),
        ("データの丸暗記", "これまでの学習より速くlossが下がった", "評価lossと比べ、各サンプルを何回見たか数える"),
    ),
    Cause(
        "bad_batch",
        {
            "jump_loss": 2,
            "jump_grad": 1.5,
            "loss_spike": 4,
            "explosion": 1,
            "drift_loss": -0.7,
            "level_loss": -1.5,
            "grad_alone": -1,
            "noisier": -1.5,
            "moves_more": -1,
            "stepped": -2,
            "lr_jump": -2,
            "rate_rises": -3,
        },
        ("a bad batch, or the first of many", "a single step jumps", "look at this batch, and at the next ones"),
        ("不正なバッチ、または変化の最初のバッチ", "1ステップの跳ね上がり", "このバッチと続くバッチを調べる"),
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
            "explosion": 0.7,
            "over_start": 0.7,
            "over_all": 0.7,
            "early_rise": 0.7,
            "loss_led": 1.5,
            "loss_spike": -2,
            "update_up": -0.3,
            "moves_more": -3,
            "rescaled": -4,
            "stepped": 2,
            "climbs": -1,
            "lr_jump": -3,
        },
        (
            "labels, inputs, dropout or augmentation changed",
            "the loss rises and stays",
            "compare the data of now and before; announce a change by note()",
        ),
        (
            "ラベル・入力・dropout・拡張が変わった",
            "lossが上がったまま",
            "前後のデータを比べる。意図的ならnote()で宣言",
        ),
        (NO_RISE,),
    ),
)
"""In the order of the table."""
