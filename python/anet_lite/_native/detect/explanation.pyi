"""Why a sample has its score."""

from typing import Any, Literal, final

@final
class Explanation:
    """What the newest samples of a channel look like, and why the last one has its score.

    ``str(explanation)`` is a sentence for a person, and ``anet_lite.explain`` gives it in two languages, with times.
    What is said of the event needs 64 samples before it; until then its fields are ``None``, NaN or ``"none"``.
    """

    @property
    def channel(self) -> int:
        """The channel, from 0."""

    @property
    def joint(self) -> bool:
        """Whether it is about how all channels lie together, as ``joint=True`` judges them.

        ``channel`` then adds most to it; the event is that of their distance from one another, in usual distances.
        """

    @property
    def parts(self) -> dict[str, float]:
        """Each part of the newest score of ``channel``, as in :class:`Detection`."""

    @property
    def name(self) -> str | None:
        """The name of the channel, or of the stream in its pool, where it has one."""

    @property
    def shape(
        self,
    ) -> (
        Literal[
            "spike",
            "dip",
            "level_up",
            "level_down",
            "drop_to_zero",
            "flat_line",
            "missing_event",
            "extra_event",
            "noisier",
            "quieter",
            "slow_climb",
            "slow_fall",
            "unusual_shape",
            "missing_samples",
        ]
        | None
    ):
        """What the event looks like; each name is described in docs/detector.md."""

    @property
    def direction(self) -> Literal["up", "down", "none"]:
        """On which side of the usual the event lies."""

    @property
    def value(self) -> float:
        """The newest sample or, where the event is over, its most unusual one; NaN where it is missing."""

    @property
    def value_age(self) -> int | None:
        """How many samples before the newest one ``value`` came."""

    @property
    def usual_low(self) -> float:
        """The value below which 5 % of the samples would have been at the time of ``value``.

        Where the stream repeats itself, by earlier samples at the same place of its season; where it wanders, by how
        far it does from where it was before the event; else by all samples that are kept.
        """

    @property
    def usual_high(self) -> float:
        """The value above which 5 % of the samples would have been."""

    @property
    def since(self) -> int | None:
        """How many samples before the newest one the event began."""

    @property
    def length(self) -> int | None:
        """How many samples it has lasted; ``since`` + 1 where it goes on."""

    @property
    def season(self) -> int | None:
        """After how many samples the stream repeats itself, where it does."""

    @property
    def similar(self) -> tuple[int, int] | None:
        """How many samples before the newest one the most similar earlier stretch began, and how many it has.

        ``None`` where nothing among the samples that are kept differs from the event by less than half of what the
        usual does.
        """

    @property
    def rarity(self) -> float:
        """About one healthy sample in so many begins an episode like the newest one: 1 / ``p_value``."""

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

    def to_dict(self) -> dict[str, Any]:
        """Return the attributes by name.

        Example:
            >>> from anet_lite import StreamDetector
            >>> list(StreamDetector().explain().to_dict())[:6]
            ['samples', 'score', 'p_value', 'rarity', 'channel', 'joint']
        """
