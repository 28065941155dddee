"""The sentences of a paragraph about an alarm, in two languages."""

from __future__ import annotations

STATUS = {
    "en": {"warming_up": "warming up", "healthy": "healthy", "suspect": "suspect", "failing": "failing"},
    "ja": {"warming_up": "準備中", "healthy": "正常", "suspect": "要注意", "failing": "異常"},
}
"""A monitor's status as a reader is to see it."""

QUANTITIES = {
    "en": {"update_size": "update per unit of rate", "noise_share": "noise over gradient norm"},
    "ja": {"update_size": "学習率あたりの更新量", "noise_share": "勾配ノルムに対するノイズの比"},
}
"""What the families of rules measure that measure a ratio of two signals."""

TEXTS = {
    "en": {
        "no_alarm": "Step {step}: the run is {status}.",
        "alarm": "Step {step}: the run is {status}.",
        "ratio": "{what} is {value:.3g}, {ratio:.3g} times the usual {expected:.3g} ({rule}).",
        "count": "{what} has been {value:.3g} for {length} steps ({rule}).",
        "nonfinite": "{what} is {value} ({rule}).",
        "value": "{what} is {value:.3g} ({rule}).",
        "onset": "First to move was {first}, {ago} steps earlier.",
        "onset_before": "First to move was {first}, one step earlier.",
        "onset_now": "{first} moved first, in this step.",
        "groups": "It shows in {groups}.",
        "more_groups": "{groups} and {count} more",
        "batch": "The batch is {batch}.",
        "note": 'Steps since the note "{text}": {ago}.',
        "cause": "Most likely {what}: {reason}.",
        "next": "Next: {action}.",
        "join": " ",
        "list": ", ",
        "peers": "update over that of the other groups",
    },
    "ja": {
        "no_alarm": "ステップ{step}: 学習は{status}です。",
        "alarm": "ステップ{step}: 学習は{status}の状態です。",
        "ratio": "{what}は{value:.3g}で、通常の{expected:.3g}の{ratio:.3g}倍です({rule})。",
        "count": "{what}は{length}ステップ続けて{value:.3g}です({rule})。",
        "nonfinite": "{what}は{value}です({rule})。",
        "value": "{what}は{value:.3g}です({rule})。",
        "onset": "最初に動いたのは{first}で、{ago}ステップ前です。",
        "onset_before": "最初に動いたのは{first}で、1ステップ前です。",
        "onset_now": "最初に動いたのは{first}で、このステップです。",
        "groups": "該当グループ: {groups}。",
        "more_groups": "{groups}ほか{count}件",
        "batch": "バッチは{batch}です。",
        "note": "「{text}」という宣言から{ago}ステップ後です。",
        "cause": "最も疑わしい原因: {what}({reason})。",
        "next": "次の手: {action}。",
        "join": "",
        "list": "、",
        "peers": "他のグループに対する更新量の比",
    },
}
"""Sentences and their parts, by name."""
