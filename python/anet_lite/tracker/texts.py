"""The words of trackers, in two languages."""

from __future__ import annotations

TITLES = {
    "en": {
        "step": "step {step}: {what}",
        "fires": "{status}, {rules}",
        "grows": "{status}, since step {since}",
        "over": "over, {status}",
        "stream": "{name} {when}: {what}",
        "row": "row {row:,}",
        "alarm": "alarm",
        "ended": "over",
        "list": ", ",
    },
    "ja": {
        "step": "ステップ{step}: {what}",
        "fires": "{status}、{rules}",
        "grows": "{status}、ステップ{since}から",
        "over": "終了、{status}",
        "stream": "{name} {when}: {what}",
        "row": "{row:,}行目",
        "alarm": "警報",
        "ended": "終了",
        "list": "、",
    },
}
"""What stands above a message."""

SET_ASIDE = {
    "en": "Step {step}: the incident of step {since} is set aside: the run was set back, or a change was noted.",
    "ja": "ステップ{step}: ステップ{since}からの異常は取り下げます。学習が巻き戻されたか、変更が宣言されました。",
}
"""The end of an incident of which the monitor says no more."""

UNCONFIRMED = {
    "en": {
        "rows": "{tracker}: {lost:,} of {taken:,} rows were not confirmed as delivered{messages}.",
        "messages": ", among them the messages {titles}",
        "more": "{titles} and {more} more",
        "title": '"{title}"',
        "list": ", ",
    },
    "ja": {
        "rows": "{tracker}: {taken:,}行のうち{lost:,}行は、届いたことを確認できませんでした{messages}。",
        "messages": "(うちメッセージ: {titles})",
        "more": "{titles}ほか{more}件",
        "title": "「{title}」",
        "list": "、",
    },
}
"""What a tracker says when it is closed."""
