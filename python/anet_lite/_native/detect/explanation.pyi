"""Why a sample has its score."""

from typing import final

@final
class Explanation:
    """Why the last sample of a channel has its score. ``str(explanation)`` is one sentence."""

    @property
    def samples(self) -> int:
        """Samples learned so far."""

    @property
    def score(self) -> float:
        """The score of the channel."""

    @property
    def p_value(self) -> float:
        """The p-value of the channel."""

    @property
    def part(self) -> str | None:
        """The part that adds most to the score; None for the first 64 samples, of which nothing is said."""

    @property
    def contributions(self) -> dict[str, float]:
        """What each part of the largest sum adds to the score, the most first."""

    @property
    def raw(self) -> float:
        """The value of ``part`` in its own units; NaN right after a long gap."""

    @property
    def usual(self) -> float:
        """The recent mean of that value."""

    @property
    def matches(self) -> list[tuple[int, float]]:
        """The nearest matches in the past, where ``part`` looks for any, the nearest first.

        How many samples before the last one the match ended, and its distance (deviations a sample for shapes, one
        minus the cosine for bags of tokens).
        """

    @property
    def rare_tokens(self) -> list[tuple[str, int, float]]:
        """The rarest tokens of the last eight samples, the rarest first.

        The text of a token, how many samples before the last one it occurred, and how often it was counted, this time
        included (old counts fade).
        """
