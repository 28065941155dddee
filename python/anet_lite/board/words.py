"""The words around the list of runs, in two languages."""

from __future__ import annotations

from anet_lite.diagnosis.texts import STATUS
from anet_lite.page.words import KINDS

WORDS = {
    "en": {
        "lang": "en",
        "title": "Runs in {folder}",
        "search": "Search: a name, a folder, a status, a word, a #tag",
        "tag": "Only runs with the tag {tag}",
        "by_trouble": "Trouble first",
        "by_cause": "By what went wrong first",
        "by_name": "By name",
        "by_time": "Newest first",
        "compare": "Compare",
        "run": "Run",
        "status": "Status",
        "curve": "Loss",
        "step": "Step",
        "age": "Last record",
        "incidents": "Incidents",
        "said": "What is said of it",
        "count": "{shown} of {all} runs",
        "reading": "Reading {folder} …",
        "none": "No run here yet. Whatever a training writes below this folder appears by itself.",
        "unread": "Files that are no run, or cannot be read: {count}",
        "silent": "no record for {age}",
        "ago": "{age} ago",
        "worst": "{status} at worst",
        "nothing": "nothing went wrong",
        "rows": "{rows} rows",
        "lost": "The board does not answer. Trying again …",
        "gone": "This run is gone: its file was deleted or renamed.",
        "back": "All runs",
        "log": "Log axes",
        "streams": "Streams: {count}",
        "least": "least p-value {p}",
        "unjudged": "not judged",
        "rang": "alarms: {count}",
        "wall_key": "Colours: p-values to 0.01, to 0.0001, and below. Strangest first; a stream opens its page.",
        "keys": "Keys: / search, j and k down and up, Enter open, x choose for comparison, c compare.",
    },
    "ja": {
        "lang": "ja",
        "title": "{folder}の実行",
        "search": "検索: 名前、フォルダ、状態、言葉、#タグ",
        "tag": "タグ{tag}の実行だけを表示",
        "by_trouble": "問題のあるものから",
        "by_cause": "最初の異常ごと",
        "by_name": "名前順",
        "by_time": "新しいものから",
        "compare": "比較",
        "run": "実行",
        "status": "状態",
        "curve": "損失",
        "step": "ステップ",
        "age": "最後の記録",
        "incidents": "異常",
        "said": "説明",
        "count": "{all}件中{shown}件",
        "reading": "{folder}を読み込み中…",
        "none": "まだ実行がありません。このフォルダの下に書かれた学習記録は自動で表示されます。",
        "unread": "実行ではない、または読めないファイルが{count}個あります",
        "silent": "{age}記録なし",
        "ago": "{age}前",
        "worst": "最悪時: {status}",
        "nothing": "異常なし",
        "rows": "{rows}行",
        "lost": "ボードが応答しません。再接続しています…",
        "gone": "この実行はなくなりました。ファイルが削除されたか、名前が変わっています。",
        "back": "すべての実行",
        "log": "対数目盛",
        "streams": "系列: {count}",
        "least": "最小p値 {p}",
        "unjudged": "判定なし",
        "rang": "警報: {count}",
        "wall_key": "色: p値 0.01まで、0.0001まで、それ未満。最も変わったものから。系列を開くと詳細が出ます。",
        "keys": "キー: / 検索、j・k 上下、Enter 開く、x 比較に選ぶ、c 比較。",
    },
}


STREAMS = {
    "en": {"alarms": "alarms", "quiet": "no alarm", "": "not judged"},
    "ja": {"alarms": "警報", "quiet": "警報なし", "": "判定なし"},
}
"""How a file of streams stands."""


def words_of_list(folder: str, lang: str) -> dict[str, object]:
    """Return all that the list says, with the names of statuses."""
    words = {name: text.replace("{folder}", folder) for name, text in WORDS[lang].items()}
    return {**words, "statuses": {**STATUS[lang], **KINDS[lang], **STREAMS[lang]}}
