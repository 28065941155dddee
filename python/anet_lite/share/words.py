"""What stands in a record that was written to be shared, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.one_line import listed
from anet_lite._internal.validate import language

if TYPE_CHECKING:
    from anet_lite.share.record import Shared

TEXTS = {
    "en": {
        "written": "Written to be shared: {path}, {rows:,} rows.",
        "kept": "In it: {names}. Numbers are as they were; alarms are the names of rules.",
        "time": "Times are seconds since the first row.",
        "left_out": "Not in it: {names}; paths, host names, notes and other texts; the log's reason for its end.",
        "nothing": "no other column was there",
        "renamed": "Renamed in it (this list is only for you): {names}.",
        "rename": "{name} is {plain}",
        "again": "The same alarms come from: {line}",
    },
    "ja": {
        "written": "共有用の記録を書きました: {path}、{rows:,}行。",
        "kept": "含まれるもの: {names}。数値は元のまま、警報はルール名だけです。",
        "time": "時刻は最初の行からの秒数です。",
        "left_out": "含まれないもの: {names}、パス、ホスト名、メモなどの文字列、ログにある終了理由。",
        "nothing": "ほかの列はありませんでした",
        "renamed": "名前を変えたもの(この一覧はあなた専用です): {names}。",
        "rename": "{name}は{plain}",
        "again": "同じ警報を再現するには: {line}",
    },
}
"""By language."""


def sentences(shared: Shared, settings: list[str], lang: str = "en") -> list[str]:
    """Return what was kept, what was left out, and the line that gives the same alarms.

    Args:
        shared: The record.
        settings: Settings of the monitor, as ``--set`` takes them.
        lang: ``en`` or ``ja``.

    Raises:
        ValueError: There are no words in this language.

    """
    language(lang)
    words = TEXTS[lang]
    renamed = [words["rename"].format(name=name, plain=plain) for name, plain in shared.renamed.items()]
    line = " ".join(["anet-lite replay", shared.path, *shared.options, *(f"--set {each}" for each in settings)])
    left_out = listed(shared.left_out, lang) if shared.left_out else words["nothing"]
    return [
        words["written"].format(path=shared.path, rows=shared.rows),
        words["kept"].format(names=listed(shared.kept, lang)),
        *([words["time"]] if "time" in shared.kept else []),
        words["left_out"].format(names=left_out),
        *([words["renamed"].format(names=listed(renamed, lang))] if renamed else []),
        words["again"].format(line=line),
    ]
