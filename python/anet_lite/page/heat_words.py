"""The words about quantities of groups of layers, in two languages."""

from __future__ import annotations

from typing import Any

TITLES = {
    "en": {
        "grad_norm": "Gradient norm by group",
        "step_norm": "Update norm by group",
        "noise": "Gradient noise by group",
        "activation_scale": "Scale of activations",
        "activation_kurtosis": "Kurtosis of activations",
        "dead_share": "Share of dead units",
        "expert_share": "Share of the busiest expert",
        "expert_entropy": "Entropy of the experts' load",
        "router_entropy": "Entropy of the router",
        "attention_entropy": "Entropy of attention",
    },
    "ja": {
        "grad_norm": "グループ別の勾配ノルム",
        "step_norm": "グループ別の更新ノルム",
        "noise": "グループ別の勾配ノイズ",
        "activation_scale": "活性の大きさ",
        "activation_kurtosis": "活性の尖度",
        "dead_share": "死んだユニットの割合",
        "expert_share": "最も使われる専門家の割合",
        "expert_entropy": "専門家の負荷のエントロピー",
        "router_entropy": "ルーターのエントロピー",
        "attention_entropy": "注意のエントロピー",
    },
}

HEAT: dict[str, dict[str, Any]] = {
    "en": {
        "legend scale": "blue: below the group's own median, orange: above, full from 16 times on; red: not finite",
        "legend share": "the stronger, the higher; red: not finite",
        "cell": "{group}, {place}: {value}",
        "ratio": ", {ratio} times its usual {usual}",
        "missing": "not measured",
        "infinite": "not finite",
        "table": "As a table",
        "columns": ["group", "first", "last", "lowest", "highest", "parts not finite"],
        "all": "All quantities",
        "choose": "Quantity of groups of layers",
        "keys": "Point at a cell, or focus the map and use the arrow keys.",
    },
    "ja": {
        "legend scale": "青: そのグループの中央値より小さい、橙: 大きい(16分の1、16倍で最も濃い)、赤: 有限でない値",
        "legend share": "濃いほど大きい、赤: 有限でない値",
        "cell": "{group}、{place}: {value}",
        "ratio": "、通常の{usual}の{ratio}倍",
        "missing": "測定なし",
        "infinite": "有限でない値",
        "table": "表で見る",
        "columns": ["グループ", "最初", "最後", "最小", "最大", "有限でない区間"],
        "all": "すべての量",
        "choose": "層グループの量",
        "keys": "マスを指すか、図を選んで矢印キーを使ってください。",
    },
}
