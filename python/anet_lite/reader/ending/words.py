"""Why a run ended, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetValueError
from anet_lite.reader.ending.table import CAUSES

if TYPE_CHECKING:
    from anet_lite.reader.ending.find import Ending

_FORMS = {
    "en": "Line {line} of the log says why it ended: {what} ({text}). Usual cause: {cause}. Look first at {look}.",
    "ja": "ログの {line} 行目に終了の理由があります:{what}({text})。よくある原因:{cause}。最初に確認すること:{look}。",
}
_LONGEST = 200


def ending_sentence(ending: Ending, lang: str = "en") -> str:
    """Return why a run ended, what usually causes it, and what to look at first.

    Args:
        ending: What the log says.
        lang: ``en`` or ``ja``.

    Raises:
        ValueError: There is no such language.

    Example:
        >>> from anet_lite.reader.ending import Ending, ending_sentence
        >>> print(ending_sentence(Ending("interrupted", 7, "KeyboardInterrupt"))[:70])
        Line 7 of the log says why it ended: someone interrupted it (KeyboardI

    """
    if lang not in _FORMS:
        raise AnetValueError(f"lang must be one of en, ja, got {lang!r}")
    cause = next(cause for cause in CAUSES if cause.kind == ending.kind)
    what, why, look = cause.en if lang == "en" else cause.ja
    text = one_line(ending.text[:_LONGEST]) + "…" * (len(ending.text) > _LONGEST)
    return _FORMS[lang].format(line=ending.line, what=what, text=text, cause=why, look=look)
