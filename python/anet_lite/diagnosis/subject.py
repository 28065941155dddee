"""What a sentence about a snapshot is about: a run that trains, or inference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._native import known_signal

if TYPE_CHECKING:
    from anet_lite import Snapshot

SUBJECTS = {"en": {"run": "the run", "inference": "inference"}, "ja": {"run": "学習", "inference": "推論"}}
"""The subject of a sentence, by language."""


def subject(snapshot: Snapshot, lang: str) -> str:
    """Return what is judged: inference where its signals come and no loss.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.diagnosis.subject import subject
        >>> subject(Monitor().update(loss=1.0), "en"), subject(Monitor().update(token_entropy=2.1), "en")
        ('the run', 'inference')

    """
    names = snapshot._known_signals  # pyright: ignore[reportPrivateUsage]
    serves = any((known_signal(name) or ("", ""))[1] == "inference" for name in names)
    return SUBJECTS[lang]["inference" if serves and not snapshot.window("loss") else "run"]
