"""The words about a stream's alarm, in two languages."""

from __future__ import annotations

SHAPES = {
    "en": {
        "spike": "a spike up",
        "dip": "a dip",
        "level_up": "a level that went up",
        "level_down": "a level that went down",
        "drop_to_zero": "a drop to zero",
        "flat_line": "a flat line",
        "missing_event": "something regular did not come",
        "extra_event": "something that comes again and again came when it was not due",
        "noisier": "it moves more than usual",
        "quieter": "it moves less than usual",
        "slow_climb": "a slow climb",
        "slow_fall": "a slow fall",
        "unusual_shape": "a course that it has not taken before",
        "missing_samples": "samples are missing",
    },
    "ja": {
        "spike": "上向きのスパイク",
        "dip": "一時的な落ち込み",
        "level_up": "水準の上昇",
        "level_down": "水準の低下",
        "drop_to_zero": "ゼロへの落下",
        "flat_line": "値の固着",
        "missing_event": "いつもの動きが来ない",
        "extra_event": "いつもの動きが予定外の時に発生",
        "noisier": "普段より激しい変動",
        "quieter": "普段より小さい変動",
        "slow_climb": "ゆっくりした上昇",
        "slow_fall": "ゆっくりした低下",
        "unusual_shape": "これまでにない動き",
        "missing_samples": "サンプルの欠落",
    },
}
"""What an event looks like, by its shape."""

_FORECAST = {
    "en": "Its newest samples are further from their forecasts than usual.",
    "ja": "最新のサンプルは予測から普段以上に外れています。",
}
_MEMORY = {
    "en": "Its last {samples} samples are less like any of the last 8,192 than usual.",
    "ja": "直近{samples}サンプルは、過去8,192サンプルのどの部分とも普段ほど似ていません。",
}
_SEASON = {
    "en": "It has been on one side of its season for a while.",
    "ja": "しばらく周期の片側に偏っています。",
}


def _reasons(lang: str) -> dict[str, str]:
    return {
        **dict.fromkeys(("r8", "r16", "r32"), _FORECAST[lang]),
        **dict.fromkeys(("season32", "season128"), _SEASON[lang]),
        "b2_d16": _MEMORY[lang].format(samples=32),
        "b2_d32": _MEMORY[lang].format(samples=64),
    }


REASONS = {
    "en": {
        **_reasons("en"),
        "r1": "It is further from its forecast than usual.",
        "drift": "Its mean over many samples has moved further than such means do.",
        "fall": "Its newest steps are smaller than usual.",
    },
    "ja": {
        **_reasons("ja"),
        "r1": "予測から普段以上に外れています。",
        "drift": "多くのサンプルの平均が普段の揺れを超えて動いています。",
        "fall": "最新の変化の幅が普段より小さくなっています。",
    },
}
"""Why a sample is strange, by the part of the score that says it."""

TEXTS = {
    "en": {
        "warm_up": "Nothing is judged yet: {what} has given {samples} samples of the 65 that it takes.",
        "stream": "the stream",
        "channel": "the stream's channel {number}",
        "is": "{what} is {value}",
        "was": "{what} was {value} ({time})",
        "missing": "{what} has no value",
        "expected": ", expected {expected}",
        "range": ", usually {low} to {high}{season}",
        "fixed": ", usually {low}{season}",
        "within": ", within its usual {low} to {high}{season}",
        "season": " at this time of its cycle",
        "lasting": "; since {time} ({samples}): ",
        "lasting_ago": "; for {samples}: ",
        "over": "; from {time} on, for {samples}: ",
        "over_ago": "; it began {time} and lasted {samples}: ",
        "end": "{shape}.",
        "one": "1 sample",
        "many": "{count} samples",
        "ago": "{samples} ago",
        "quiet": "{low} to {high} would not have alarmed.",
        "quiet_below": "{high} or less would not have alarmed.",
        "quiet_above": "{low} or more would not have alarmed.",
        "quiet_others": "other values from {low} to {high} would not have alarmed.",
        "quiet_none": "At its beginning no value would have been quiet.",
        "then": "At {time}, ",
        "similar": "Most like it before: {time}.",
        "new": "Nothing like it in the {count} samples before.",
        "rare": "About one healthy sample in {count} looks like this.",
        "held": "Held back: it is as strange as this at other times, too.",
        "joint": "{names} do not go together as usual",
        "joint_most": ", and {what} has the largest part in that",
        "stop": ".",
        "channels": "The channels",
        "and": " and ",
        "join": " ",
    },
    "ja": {
        "warm_up": "まだ判定していません: {what}のサンプルは{samples}個で、65個必要です。",
        "stream": "ストリーム",
        "channel": "ストリームのチャンネル{number}",
        "is": "{what}は{value}",
        "was": "{what}は{value}({time})",
        "missing": "{what}は値なし",
        "expected": "、予測は{expected}",
        "range": "、{season}通常は{low}〜{high}",
        "fixed": "、{season}通常は{low}",
        "within": "、{season}通常の{low}〜{high}の範囲内",
        "season": "周期のこの時点では",
        "lasting": "。{time}から継続({samples}): ",
        "lasting_ago": "。{samples}継続: ",
        "over": "。{time}から{samples}: ",
        "over_ago": "。{time}から{samples}: ",
        "end": "{shape}。",
        "one": "1サンプル",
        "many": "{count}サンプル",
        "ago": "{samples}前",
        "quiet": "{low}〜{high}なら警報は出ませんでした。",
        "quiet_below": "{high}以下なら警報は出ませんでした。",
        "quiet_above": "{low}以上なら警報は出ませんでした。",
        "quiet_others": "{low}〜{high}の別の値なら警報は出ませんでした。",
        "quiet_none": "始まりの時点では、どの値でも警報が出る状態でした。",
        "then": "{time}の時点では",
        "similar": "最も似ていたのは{time}。",
        "new": "過去{count}サンプルに似た動きはありません。",
        "rare": "正常なサンプルのおよそ{count}個に1個の珍しさです。",
        "held": "警報は保留しました: この程度の変わり方は他の時にもあります。",
        "joint": "{names}の関係が普段と違います",
        "joint_most": "。最も大きく関わっているのは{what}です",
        "stop": "。",
        "channels": "チャンネルどうし",
        "and": "と",
        "join": "",
    },
}
"""Sentences and their parts, by name."""
