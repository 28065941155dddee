"""The words about an upscaled series, in two languages."""

from __future__ import annotations

WORDS = {
    "en": {
        "ok": "The reference fits: the coarse series moves as the reference's own does (theta {theta:.3f}, "
        "line {line:.3f}; steps of another size in {out:.0%} of the windows).",
        "theta": "The coarse series moves in another rhythm than the reference's own: theta {theta:.3f} is below the "
        "line {line:.3f}. What the samples show between the points may not be of this series.",
        "scale": "The coarse series moves in steps of another size than the reference's own, in {out:.0%} of the "
        "windows. What the samples show between the points may not be of this series.",
        "not_judged": "Whether the reference fits was not judged: the series needs {points} points in a row without a "
        "gap, the reference blocks for {needed}.",
        "short": "The reference holds {blocks} blocks of {factor} samples; at least 64 are better.",
        "constant": "The reference is constant: each point is held.",
        "no_band_support": "No band is given: the reference does not fit, or that was not judged.",
        "no_band_coverage": "No band is given: the band of the reference's own points holds {coverage:.0%} of its "
        "samples, where 81% are expected.",
        "band": "The band of the reference's own points holds {coverage:.0%} of its samples, where 81% are expected.",
        "missing": "Points that are missing in the series: {count}. Their samples are missing, too.",
        "made": "{points} points became {samples} samples.",
        "texture": "What is between the points is the reference's texture, not what happened there.",
    },
    "ja": {
        "ok": "参照は合っています: 粗い系列の動きは参照自身の粗い系列と同じです(theta {theta:.3f}、基準{line:.3f}、"
        "変化の大きさが違う窓は{out:.0%})。",
        "theta": "粗い系列の動き方は参照と違います: theta {theta:.3f}は基準{line:.3f}を下回っています。"
        "点の間のサンプルは、この系列のものではないかもしれません。",
        "scale": "粗い系列の変化の大きさは、{out:.0%}の窓で参照と違います。"
        "点の間のサンプルは、この系列のものではないかもしれません。",
        "not_judged": "参照が合っているかは判定していません: 系列には欠測のない連続した{points}点が、"
        "参照には{needed}点分のブロックが必要です。",
        "short": "参照は{factor}サンプルのブロック{blocks}個分です。64個以上が望まれます。",
        "constant": "参照は一定です: 各点の値をそのまま保ちます。",
        "no_band_support": "帯は示しません: 参照が合っていないか、判定できていません。",
        "no_band_coverage": "帯は示しません: 参照自身の点から作った帯に入るサンプルは{coverage:.0%}で、"
        "期待される81%に届きません。",
        "band": "参照自身の点から作った帯には、サンプルの{coverage:.0%}が入ります(期待値は81%)。",
        "missing": "系列には欠測が{count}点あります。その区間のサンプルも欠測になります。",
        "made": "{points}点から{samples}サンプルを作りました。",
        "texture": "点の間は参照の質感であって、そこで実際に起きたことではありません。",
    },
}
"""Sentences by what they say."""
