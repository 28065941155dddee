"""Streams of which too little is known yet."""

from __future__ import annotations

from typing import NamedTuple

SHARP = 1000
"""Samples of a stream that are judged less sharply: a single spike of ten deviations is found less often in them."""

_WORDS = {
    "en": {
        "short": "{name}too short to judge: {known:,} sample{s}, {needed:,} are needed",
        "blunt": "{name}{known:,} samples: the first {sharp:,} of a stream are judged less sharply",
    },
    "ja": {
        "short": "{name}短すぎて判定できません: サンプルは{known:,}個、{needed:,}個必要です",
        "blunt": "{name}サンプルは{known:,}個: 各系列の最初の{sharp:,}個は判定の感度が低くなります",
    },
}


class Young(NamedTuple):
    """How much is known of a stream."""

    known: int
    """Samples that were not missing."""
    needed: int
    """How many it takes until one is judged."""

    @property
    def is_judged(self) -> bool:
        """Whether any sample of it was judged."""
        return self.known >= self.needed

    def sentence(self, name: str, lang: str = "en") -> str:
        """Return it in words; "" where enough is known."""
        kind = "" if self.known > SHARP else "blunt" if self.is_judged else "short"
        head = f"{name}: " if name else ""
        plural = "s" * (self.known != 1)
        known, needed = self
        return kind and _WORDS[lang][kind].format(name=head, known=known, needed=needed, s=plural, sharp=SHARP)
