"""Which columns of a file were taken for which signals, which were not found, and that in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError
from anet_lite.reader.columns.guess import guess
from anet_lite.reader.ending import ending_sentence

if TYPE_CHECKING:
    from anet_lite.reader.ending import Ending
    from anet_lite.reader.table import Source

LOOKED_FOR = ("loss", "grad_norm", "lr", "step")
"""Signals that a training log usually has."""

_FORMS = {
    "en": {
        "taken": "with {columns}",
        "missing": "not found: {names}",
        "no loss": "no column was taken for the loss; the columns are {names}; name it: --column loss=NAME",
    },
    "ja": {
        "taken": "{columns}として読みました",
        "missing": "見つからなかったもの: {names}",
        "no loss": "損失の列が見つかりません。列は{names}です。--column loss=名前 で指定してください",
    },
}


def columns_of(source: Source, chosen: dict[str, str], path: str) -> dict[str, str]:
    """Return for each signal its column, as ``guess`` finds it in a file.

    Raises:
        ValueError: What ``guess`` raises; where the log says why the run ended, with that.

    """
    try:
        return guess(source.names, chosen, path, getattr(source, "given", None))
    except AnetValueError as error:
        raise with_ending(error, ending_in(source)) from None


def ending_in(source: Source) -> Ending | None:
    """Return why the run ended, where its file is a log that says it."""
    return getattr(source, "ending", None)


def with_ending(error: AnetValueError, ending: Ending | None) -> AnetValueError:
    """Return an error that tells as well why the run ended."""
    return type(error)(f"{error}. {ending_sentence(ending)}") if ending else error


def taken_sentence(columns: dict[str, str], names: list[str], lang: str = "en") -> str:
    """Return which columns were taken for which signals, and which signals were not found.

    Args:
        columns: The column of each signal that was found.
        names: All columns of the file.
        lang: ``en`` or ``ja``.

    Raises:
        ValueError: There is no such language.

    Example:
        >>> from anet_lite.reader.columns.taken import taken_sentence
        >>> taken_sentence({"loss": "lm loss", "lr": "lr"}, ["lm loss", "lr"])
        "with loss='lm loss', lr; not found: grad_norm, step"

    """
    if lang not in _FORMS:
        raise AnetValueError(f"lang must be one of en, ja, got {lang!r}")
    words = _FORMS[lang]
    said = ", ".join(name if name == signal else f"{signal}={name!r}" for signal, name in columns.items())
    missing = [signal for signal in LOOKED_FOR if signal not in columns]
    parts = [words["taken"].format(columns=said)]
    parts += [words["missing"].format(names=", ".join(missing))] if missing else []
    parts += [words["no loss"].format(names=listed(names))] if "loss" in missing else []
    return "; ".join(parts)
