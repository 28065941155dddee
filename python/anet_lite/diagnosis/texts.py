"""The sentences of a paragraph about an alarm, in two languages."""

from __future__ import annotations

STATUS = {
    "en": {
        "warming_up": "warming up",
        "healthy": "healthy",
        "settled": "settled elsewhere",
        "suspect": "suspect",
        "failing": "failing",
    },
    "ja": {
        "warming_up": "準備中",
        "healthy": "正常",
        "settled": "別の水準",
        "suspect": "要注意",
        "failing": "異常",
    },
}
"""A monitor's status as a reader is to see it."""

SIGNALS = {
    "en": {
        "loss": "the loss",
        "grad_norm": "the gradient norm",
        "step_norm": "the update norm",
        "noise": "the gradient noise",
        "lr": "the learning rate",
    },
    "ja": {
        "loss": "loss",
        "grad_norm": "勾配ノルム",
        "step_norm": "更新量",
        "noise": "勾配ノイズ",
        "lr": "学習率",
    },
}
"""What a signal is called; a named one by its own name."""

QUANTITIES = {
    "en": {"update_size": "the update per unit of rate", "noise_share": "the noise over the gradient norm"},
    "ja": {"update_size": "学習率あたりの更新量", "noise_share": "勾配ノルムに対するノイズの比"},
}
"""What the families of rules measure that measure a ratio of two signals."""

TEXTS = {
    "en": {
        "status": "Step {step}: {subject} is {status}.",
        "here": "{what} is {now:.4g} here",
        "mean": "the mean of its last {rows} is {value:.4g}",
        "geometric": "the geometric mean of its last {rows} is {value:.4g}",
        "median": "the median of its last {rows} is {value:.4g}",
        "smoothed": "smoothed it is {value:.4g}",
        "mean_alone": "the mean of the last {rows} values of {what} is {value:.4g}",
        "geometric_alone": "the geometric mean of the last {rows} values of {what} is {value:.4g}",
        "median_alone": "the median of the last {rows} values of {what} is {value:.4g}",
        "smoothed_alone": "{what}, smoothed, is {value:.4g}",
        "value": "{what} is {value:.4g}",
        "times": "{ratio:.3g} times {usual}",
        "against": "against {usual}",
        "count": "{what} has been {value:.4g} in the last {length} measured rows",
        "zero": "{what} has been exactly 0 in the last {length} measured rows",
        "chance": "{what} has been {value:.4g} in the last {length} rows: ln {classes}, what guessing among {classes} "
        "classes gives",
        "nonfinite": "{what} is {value}",
        "nonzero": "{what} is {value:.4g} and must be 0",
        "evaluations": "{what} is {value:.4g}; its best was {expected:.4g}, {length} evaluations ago",
        "part": "; ",
        "next_part": ", ",
        "end": " ({rule}).",
        "onset": "First to move was {first}, {ago} rows earlier.",
        "onset_before": "First to move was {first}, one row earlier.",
        "onset_now": "First to move was {first}, in this row.",
        "groups": "It shows in {groups}.",
        "more_groups": "{groups} and {count} more",
        "batch": "The batch is {batch}.",
        "note": 'Rows since the note "{text}": {ago}.',
        "cause": "Most likely {what}: {reason}.",
        "next": "Next: {action}.",
        "join": " ",
        "list": ", ",
        "peers": "the update over that of the other groups",
    },
    "ja": {
        "status": "ステップ{step}: {subject}は{status}です。",
        "here": "{what}はこの行で{now:.4g}",
        "mean": "直近{rows}個の平均は{value:.4g}",
        "geometric": "直近{rows}個の幾何平均は{value:.4g}",
        "median": "直近{rows}個の中央値は{value:.4g}",
        "smoothed": "平滑化した値は{value:.4g}",
        "mean_alone": "{what}の直近{rows}個の平均は{value:.4g}",
        "geometric_alone": "{what}の直近{rows}個の幾何平均は{value:.4g}",
        "median_alone": "{what}の直近{rows}個の中央値は{value:.4g}",
        "smoothed_alone": "{what}の平滑化した値は{value:.4g}",
        "value": "{what}は{value:.4g}",
        "times": "{usual}の{ratio:.3g}倍です",
        "against": "{usual}から外れています",
        "count": "{what}は測定した直近{length}行でずっと{value:.4g}です",
        "zero": "{what}は測定した直近{length}行でちょうど0です",
        "chance": "{what}は直近{length}行でずっと{value:.4g}、つまりln {classes}で、"
        "{classes}クラスの当て推量と同じです",
        "nonfinite": "{what}は{value}です",
        "nonzero": "{what}は{value:.4g}です(0でなければなりません)",
        "evaluations": "{what}は{value:.4g}、最良は{length}回前の評価の{expected:.4g}です",
        "part": "、",
        "next_part": "で、",
        "end": "({rule})。",
        "onset": "最初に動いたのは{first}で、{ago}行前です。",
        "onset_before": "最初に動いたのは{first}で、1行前です。",
        "onset_now": "最初に動いたのは{first}で、この行です。",
        "groups": "該当グループ: {groups}。",
        "more_groups": "{groups}ほか{count}件",
        "batch": "バッチは{batch}です。",
        "note": "「{text}」という宣言から{ago}行後です。",
        "cause": "最も疑わしい原因: {what}({reason})。",
        "next": "次の手: {action}。",
        "join": "",
        "list": "、",
        "peers": "他のグループに対する更新量の比",
    },
}
"""Sentences and their parts, by name."""

USUAL = {
    "en": {
        "usual": "the usual {expected:.4g}",
        "best": "its best of {expected:.4g}",
        "rows_before": "the largest of the 64 rows before, {expected:.4g}",
        "row_before": "that of the row before, {expected:.4g}",
        "largest": "the largest before, {expected:.4g}",
        "start": "its start of {expected:.4g}",
        "peak": "the highest of the incident before, {expected:.4g}",
        "before": "its level before the first incident, {expected:.4g}",
        "median_before": "the median of the 64 before, {expected:.4g}",
        "first_time": "what the same steps had the first time, {expected:.4g}",
        "good_run": "that of the good run, {expected:.4g}",
        "least": "its least so far, {expected:.4g}",
    },
    "ja": {
        "usual": "通常の{expected:.4g}",
        "best": "最良の{expected:.4g}",
        "rows_before": "直前64行の最大値{expected:.4g}",
        "row_before": "1行前の{expected:.4g}",
        "largest": "それまでの最大値{expected:.4g}",
        "start": "開始時の{expected:.4g}",
        "peak": "前の異常の最高{expected:.4g}",
        "before": "最初の異常の前の{expected:.4g}",
        "median_before": "直前64個の中央値{expected:.4g}",
        "first_time": "同じステップの1回目の{expected:.4g}",
        "good_run": "手本の学習の{expected:.4g}",
        "least": "それまでの最小値{expected:.4g}",
    },
}
"""What a value is compared with."""

ENDS = {
    "en": {
        "healthy": "Step {step}: {subject} is healthy again, the incident of step {since} is over.",
        "settled": "Step {step}: the incident of step {since} no longer grows, but {subject} is not back where it was.",
        "else": "Step {step}: no rule of the incident of step {since} fires any more, but {subject} is {status}.",
        "loss": "The median of its last 32 losses is {now:.4g}; before the incident it was {then:.4g}.",
        "grad_norm": "That of the gradient norm is {now:.4g}; before it was {then:.4g}.",
        "join": " ",
    },
    "ja": {
        "healthy": "ステップ{step}: ステップ{since}からの異常は収まり、{subject}は正常に戻りました。",
        "settled": "ステップ{step}: ステップ{since}からの異常は進まなくなりましたが、"
        "{subject}は元の水準には戻っていません。",
        "else": "ステップ{step}: ステップ{since}からの異常を示す規則はもう鳴っていませんが、{subject}は{status}です。",
        "loss": "直近32個のlossの中央値は{now:.4g}、異常の前は{then:.4g}でした。",
        "grad_norm": "勾配ノルムの中央値は{now:.4g}、異常の前は{then:.4g}でした。",
        "join": "",
    },
}
"""The end of an incident."""

CONCLUSIONS = {
    "en": {
        "too_short": "Too short for the monitor to judge: {rows} rows came, {needed} are needed. Until then it finds "
        "only plain faults: numbers that are not finite, exact zeros, a loss far above its beginning.",
        "healthy": "Healthy: no incident in {judged} rows that were judged.",
        "warming_up": "After {incidents} it is still warming up.",
        "again": "Healthy again after {incidents}.",
        "settled": "Settled elsewhere after {incidents}: the loss is {after}, before the last one it was {before}.",
        "suspect": "Suspect at the end: the last of {incidents} opened at step {step} ({rules}).",
        "failing": "Failing at the end: the last of {incidents} opened at step {step} ({rules}).",
        "unopened": "{status} at the end.",
        "ruined": "Lost: the loss is not finite, all that was learned is gone, or no gradient is left.",
        "one": "one incident",
        "many": "{count} incidents",
        "list": ", ",
        "join": " ",
    },
    "ja": {
        "too_short": "監視器が判定するには短すぎます: {rows}行でしたが、{needed}行必要です。それまでは有限でない値、"
        "ちょうど0の値、開始時を大きく上回るlossだけを見ています。",
        "healthy": "正常: 判定した{judged}行に異常はありませんでした。",
        "warming_up": "異常{incidents}のあと、まだ準備中です。",
        "again": "正常に戻りました(異常{incidents})。",
        "settled": "別の水準に落ち着きました(異常{incidents})。lossは{after}、最後の異常の前は{before}でした。",
        "suspect": "要注意のまま終わりました(異常{incidents})。最後の異常はステップ{step}からです({rules})。",
        "failing": "異常のまま終わりました(異常{incidents})。最後の異常はステップ{step}からです({rules})。",
        "unopened": "{status}のまま終わりました。",
        "ruined": "学習は失われました: lossが有限でない、学んだものが全部失われた、または勾配がありません。",
        "one": "1件",
        "many": "{count}件",
        "list": "、",
        "join": "",
    },
}
"""What a run has come to."""
