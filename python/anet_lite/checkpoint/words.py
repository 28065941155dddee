"""What was found in a checkpoint, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.validate import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anet_lite.checkpoint.check import CheckpointReport

TEXTS = {
    "en": {
        "head": "{path}: {tensors:,} tensors in {files} file(s), {numbers:,} numbers.",
        "not_finite": "Not finite: {names}.",
        "count": "{name} ({count:,})",
        "above_half": "Above 65,504, which half precision cannot hold: {names}.",
        "largest": "{name} ({largest:.4g})",
        "untrained_lora": "Exactly 0, so that their adapters change nothing: {names}.",
        "zero": "Exactly 0: {names}.",
        "stands_still": "No number has changed since {against}, in {compared:,} tensors.",
        "unchanged": "Unchanged since {against}, {count:,} of {compared:,}: {names}.",
        "other_dtype": "Of another type than in {against}: {names}.",
        "dtype": "{name} ({dtype})",
        "only_here": "Not in {against}: {names}.",
        "only_before": "In {against} alone: {names}.",
        "unread": "Not read: {names}.",
        "sound": "Nothing is wrong with what was read.",
        "more": "{shown} and {more} more",
    },
    "ja": {
        "head": "{path}: テンソル{tensors:,}個、ファイル{files}個、数値{numbers:,}個。",
        "not_finite": "有限でない値: {names}。",
        "count": "{name}({count:,}個)",
        "above_half": "半精度の上限65,504を超える値: {names}。",
        "largest": "{name}({largest:.4g})",
        "untrained_lora": "ちょうど0のため、アダプターが何も変えていません: {names}。",
        "zero": "ちょうど0: {names}。",
        "stands_still": "{against}から、テンソル{compared:,}個の数値が一つも変わっていません。",
        "unchanged": "{against}から変わっていないもの({compared:,}個中{count:,}個): {names}。",
        "other_dtype": "{against}と型が違うもの: {names}。",
        "dtype": "{name}({dtype})",
        "only_here": "{against}にないもの: {names}。",
        "only_before": "{against}だけにあるもの: {names}。",
        "unread": "読まなかったもの: {names}。",
        "it holds no weights": "重みを含まない",
        "its type is not known": "型が不明",
        "sound": "読んだ範囲に異常はありません。",
        "more": "{shown}ほか{more}件",
    },
}
"""By language."""

_NAMED = 4
"""Names that are written out."""


def sentences(report: CheckpointReport, lang: str = "en") -> list[str]:
    """Return what was found, the faults first.

    Raises:
        ValueError: There are no words in this language.

    Example:
        >>> from anet_lite.checkpoint import CheckpointReport
        >>> from anet_lite.checkpoint.words import sentences
        >>> sentences(CheckpointReport("a.pt", 2, 10, 1, not_finite={"w": 3}))
        ['a.pt: 2 tensors in 1 file(s), 10 numbers.', 'Not finite: w (3).']

    """
    language(lang)
    texts = TEXTS[lang]
    found: dict[str, list[str]] = {
        "not_finite": [texts["count"].format(name=name, count=count) for name, count in report.not_finite.items()],
        "above_half": [texts["largest"].format(name=name, largest=x) for name, x in report.above_half.items()],
        "untrained_lora": report.untrained_lora,
        "other_dtype": [texts["dtype"].format(name=name, dtype=dtype) for name, dtype in report.other_dtype.items()],
        "zero": [name for name in report.zero if name not in report.untrained_lora],
        "unchanged": [] if report.stands_still else report.unchanged,
        "only_here": report.only_here,
        "only_before": report.only_before,
        "unread": [f"{name} ({texts.get(why, why)})" for name, why in report.unread.items()],
    }
    given = {"against": report.against, "compared": report.compared, "path": report.path, "tensors": report.tensors}
    said = [texts["head"].format(**given, files=report.files, numbers=report.numbers)]
    said += [texts["stands_still"].format(**given)] if report.stands_still else []
    said += [
        texts[kind].format(**given, names=_few(names, texts["more"]), count=len(names))
        for kind, names in found.items()
        if names
    ]
    return [*said, texts["sound"]] if report.is_sound else said


def _few(names: Iterable[str], more: str) -> str:
    names = list(names)
    shown = ", ".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else more.format(shown=shown, more=len(names) - _NAMED)
