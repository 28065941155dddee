"""Causes that show in what the layers of a model give out."""

from anet_lite.diagnosis.causes.cause import Cause

LAYERS = (
    Cause(
        "units_die",
        {"dead_share_rises": 7},
        (
            "units of a layer die",
            "more of them are zero for every input",
            "lower the rate or warm it up; look at the bias of that layer; a leaky activation keeps them trainable",
        ),
        (
            "層のユニットが死んでいる",
            "どの入力でも0のユニットが増えている",
            "学習率を下げるかウォームアップし、その層のバイアスを確認。Leaky系の活性化なら学習が続く",
        ),
    ),
    Cause(
        "activations_explode",
        {"activation_scale_rises": 5},
        (
            "the activations of a layer explode",
            "the scale of its output leaves its usual range",
            "lower the rate, decay the weights, or normalise what the layer gives; look at the first that is named",
        ),
        (
            "層の活性値の爆発",
            "出力の大きさが通常の範囲を外れた",
            "学習率を下げる、重み減衰をかける、出力を正規化する。最初に挙がった層を確認",
        ),
    ),
    Cause(
        "router_collapses",
        {"router_entropy_falls": 6, "expert_share_rises": 6},
        (
            "a router collapses",
            "it sends most tokens to few experts",
            "raise the weight of the balance loss or of the router's z-loss, or lower the router's rate",
        ),
        (
            "ルーターの崩壊",
            "大半のトークンを少数のエキスパートに送っている",
            "負荷分散損失かルーターのz-lossの重みを上げる、またはルーターの学習率を下げる",
        ),
    ),
)
