"""Whether a reference is one for a coarse series."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.validate import language
from anet_lite.upscaling.words import WORDS

if TYPE_CHECKING:
    from anet_lite._internal.jsonable import Json

POINTS, NEEDED = 32, 96
"""Points of a window; coarse points of a reference that is judged by: by fewer, healthy series were refused."""
MOST_OUT = 0.05
"""The largest share of windows that may have steps of another size."""


@dataclass(frozen=True)
class Support:
    """Whether a coarse series moves as the reference's own coarse series does.

    Windows have 32 points and begin at every eighth. What could not be judged, since either has too few points without
    a gap, is NaN.

    Example:
        >>> from anet_lite.upscaling import Support
        >>> print(Support(theta=0.31, line=0.48, scale_out=0.0, judged=True, ok=False).explain()[:62])
        The coarse series moves in another rhythm than the reference's

    """

    theta: float
    """The median over the series' windows of the median :func:`theta_consistency` to 16 of the reference's."""
    line: float
    """The 5 % quantile of the same over the reference's windows, each beside those that overlap it less than half.

    Of fewer than 20 windows it is no more than two standard deviations below their mean."""
    scale_out: float
    """The share of windows whose standard deviation of steps lies outside [least / 1.1, 1.1 most] of the reference's.

    Within 1.1 times three standard deviations of the mean logarithm of those is inside, too: a few do not show their
    range."""
    judged: bool
    """Whether there was enough to judge by."""
    ok: bool
    """``theta >= line`` and ``scale_out <= 0.05``."""

    def to_dict(self) -> dict[str, Json]:
        """Return the fields as plain types."""
        return {name: to_jsonable(value) for name, value in asdict(self).items()}

    def explain(self, lang: str = "en") -> str:
        """Return in a sentence or two what was found.

        Args:
            lang: ``en`` or ``ja``.

        Raises:
            ValueError: There are no words in that language.

        """
        language(lang)
        words, said = WORDS[lang], {"theta": self.theta, "line": self.line, "out": self.scale_out}
        if not self.judged:
            return words["not_judged"].format(points=POINTS, needed=NEEDED)
        if self.ok:
            return words["ok"].format(**said)
        wrong = {"theta": self.theta < self.line, "scale": self.scale_out > MOST_OUT}
        return ("" if lang == "ja" else " ").join(words[name].format(**said) for name, is_so in wrong.items() if is_so)
