"""How a table of text is written: found from its beginning, told in one line."""

from __future__ import annotations

from dataclasses import dataclass, field

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces"}
_GROUPS = {",": "commas", ".": "dots", "'": "apostrophes", " ": "spaces"}


@dataclass(frozen=True)
class TextColumn:
    """A column, as its first cells show it."""

    name: str
    field: int
    """The index of its cells in a row."""
    kind: str
    """``number``, ``flag`` (true and false, or the like), ``time``, ``key`` (repeating names), ``text``, ``empty``."""
    style: str = ""
    """How its times are written, as ``find_time_style`` names it; "" where it could hold none."""
    second: int | None = None
    """The index of the time of day beside a date, or of AM and PM beside a time."""
    counts: bool = False
    """Its numbers only count the rows."""


@dataclass(frozen=True)
class Layout:
    """How a table is written."""

    delimiter: str
    width: int
    """Cells of a row."""
    columns: tuple[TextColumn, ...]
    header: tuple[str, ...] = ()
    """The cells of the header as they stand; none where there is no header."""
    comment: str = "#"
    decimal: str = "."
    thousands: str = ""
    missing: tuple[str, ...] = ()
    """Words for a missing cell beside the usual ones."""
    summaries: bool = True
    """Whether a row that begins with ``Total`` is none of the table."""
    skip: int = 0
    """Bytes of UTF-8 before the first row."""
    line: int = 1
    """The line of the first row."""
    remarks: list[str] = field(default_factory=list[str])
    """What is to be known of how it was taken."""

    @property
    def names(self) -> list[str]:
        """Its columns."""
        return [column.name for column in self.columns]

    @property
    def kinds(self) -> dict[str, str]:
        """What each column holds."""
        return {column.name: column.kind for column in self.columns}

    @property
    def time(self) -> str:
        """The column of the time; "" where there is none."""
        return next((column.name for column in self.columns if column.kind == "time"), "")

    def column(self, name: str) -> TextColumn | None:
        """Return a column, if there is one of that name."""
        return next((column for column in self.columns if column.name == name), None)

    def __str__(self) -> str:
        said = (
            [DELIMITERS.get(self.delimiter, f"{self.delimiter!r} between cells")] if self.width > 1 else ["one column"]
        )
        said += ["decimal commas"] if self.decimal == "," else []
        said += [f"{_GROUPS[self.thousands]} between thousands"] if self.thousands else []
        said += [] if self.header else ["no header"]
        return ", ".join(said)
