"""What a user asked of ``anet-lite detect``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError
from anet_lite.cli.live.state_file import StateFile
from anet_lite.cli.options.options import ALL, NONE
from anet_lite.cli.view.output import Format
from anet_lite.stream import StreamAlarms, seconds_of, threshold_of
from anet_lite.stream.duration import duration_text

if TYPE_CHECKING:
    from anet_lite.reader.text import ReadOptions


@dataclass(frozen=True)
class Asked:
    """The options, as they were given."""

    file: str
    reading: ReadOptions | None = None
    columns: tuple[str, ...] = ()
    every_column: bool = False
    keys: tuple[str, ...] = ()
    time: str = ""
    interval: str = ""
    resample: str = ""
    threshold: float = 1e-4
    budget: str = ""
    merge: int = 50
    tokens: bool = True
    season: str = ""
    warmup: str = ""
    difference: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    joint: bool = False
    small: bool = False
    held: bool = False
    strangest: int = 3
    form: Format = Format.table
    alarms_alone: bool = False
    lang: str = "en"
    plot: str = ""
    report: str = ""
    follow: bool = False
    execute: str = ""
    webhook: str = ""
    webhook_form: str = "json"
    notify: tuple[str, ...] = ()
    prometheus: str = ""
    state: str = ""
    stale: str = ""
    as_json: bool = False
    silent: bool = False
    """Whether nothing is printed: the page or the picture is all that is wanted."""

    @property
    def live(self) -> bool:
        """Whether the input is told as it comes."""
        return self.follow or self.file == "-"

    @property
    def where(self) -> str:
        """The input in words."""
        return "standard input" if self.file == "-" else self.file

    @property
    def no_keys(self) -> bool:
        """Whether the user wants no keys."""
        return self.keys == (NONE,)

    def refuse_unknown(self, columns: tuple[str, ...]) -> None:
        """Refuse a column of changes that is not looked at, and what cannot be judged together.

        Raises:
            ValueError: There is one.

        """
        for option, names in (("difference", self.difference), ("counter", self.counter)):
            for name in names:
                if name not in (ALL, *columns):
                    raise AnetValueError(
                        f"{option} must name a column that is looked at, got {name!r}; they are {listed(columns)}"
                    )
        if self.joint and (self.live or self.state):
            raise AnetValueError(
                "joint needs a whole file: it goes with neither standard input nor --follow or --state"
            )

    def streams(self, interval: float | None = None, streams: int = 1, zone: float | None = None) -> StreamAlarms:
        """Return what watches the streams: what the state file holds, else new.

        Args:
            interval: Seconds between two samples, where they are known.
            streams: Number of streams, as far as they are known.
            zone: Seconds by which times are ahead of UTC.

        Raises:
            OSError: The state file cannot be read.
            ValueError: It holds something else, or was made with other settings.

        """
        given = 0.0 if self.interval == "0" else seconds_of(self.interval, "interval") if self.interval else None
        known = (seconds_of(self.resample.partition(":")[0]) if self.resample else given) or interval
        threshold = threshold_of(self.budget, known, streams) if self.budget else self.threshold
        new = StreamAlarms(
            threshold=threshold, merge=self.merge, tokens=self.tokens, interval=given, resample=self.resample,
            strangest=0 if self.live else self.strangest, zone=zone, season=self.season or None,
            warmup=self.warmup or 64, difference=_which(self.difference), counter=_which(self.counter),
            small=self.small, held=self.held,
        )  # fmt: skip
        saved = StateFile(self.state).load()
        if saved is None:
            return new
        self._check(saved, new)
        return saved

    def _check(self, saved: StreamAlarms, new: StreamAlarms) -> None:
        ours, theirs = (
            {**vars(each.rule), "interval": each.interval, "resample": each.resample} for each in (new, saved)
        )
        del theirs["zone"]
        for name, value in theirs.items():
            if ours[name] != value:
                raise AnetValueError(
                    f"state: {self.state} was made with {name} {_shown(value)}, and {_shown(ours[name])} is asked now; "
                    "ask the same, or name another --state"
                )


def _which(columns: tuple[str, ...]) -> bool | tuple[str, ...]:
    return ALL in columns or columns


def _shown(value: object) -> str:
    return duration_text(value) if isinstance(value, float) and value >= 1 else str(value)
