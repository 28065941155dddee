"""Columns of a table of text."""

from __future__ import annotations

from typing import Any, final

from typing_extensions import Self

@final
class DelimitedReader:
    """Reads columns out of the bytes of a table of text, from the row behind its header on, in bounded memory.

    Args:
        columns: For each column what it is read as, the index of its field, and that of a second field beside it: the
            time of day beside a date. It is read as ``"number"``, ``"flag"`` (a number, or a word for on or off),
            ``"text"``, ``"key"``, or a style of times as ``find_time_style`` returns it.
        width: Fields of a row.
        delimiter: What stands between two fields: one byte; a space stands for any run of spaces and tabs.
        quote: What a field that holds delimiters stands in; ``""`` for nothing.
        comment: What a line that is no row begins with; ``""`` for nothing.
        decimal: ``"."`` or ``","``.
        thousands: What groups digits: ``","``, ``"."``, ``"'"`` or ``" "``; ``""`` for nothing.
        missing: Words for a missing cell, in lower case; None for the usual ones.
        header: The header, which is passed over wherever it comes again.
        summaries: Whether a row that begins with ``Total`` or the like is passed over.
        exact: Whether a row of another width is left out; else its missing fields are missing cells.
        line: The line of the first byte, from 1.
        longest_quote: Bytes behind an opening quote after which it is taken for a letter.

    Raises:
        ValueError: A sign is none of those, or a column is read as something unknown.

    Example:
        >>> from anet_lite._native import DelimitedReader
        >>> reader = DelimitedReader([("number", 1, None)], width=2, delimiter=";", decimal=",")
        >>> reader.feed(chr(10).join(["a;1,5", "b;-", "c;2"]).encode())
        >>> reader.finish()
        >>> [(values.tolist(), given.tolist()) for values, given in reader.take()[1]]
        [([1.5, 0.0, 2.0], [True, False, True])]
    """

    rows: int
    """Rows read."""
    def __new__(
        cls,
        columns: list[tuple[str, int, int | None]],
        *,
        width: int,
        delimiter: str = ...,
        quote: str = ...,
        comment: str = ...,
        decimal: str = ...,
        thousands: str = ...,
        missing: list[str] | None = ...,
        header: list[str] = ...,
        summaries: bool = ...,
        exact: bool = ...,
        line: int = ...,
        longest_quote: int = ...,
    ) -> Self: ...
    def feed(self, data: bytes) -> None:
        """Take the next bytes, cut anywhere, in UTF-8."""
    def finish(self) -> None:
        """Take a last row without a newline."""
    def take(self) -> tuple[int, list[Any]]:
        """Return what was read since the last call: how many rows, and each column.

        Of numbers ``(values, given)``, of texts the rows where they change with what they change to, of keys
        ``(codes, labels)``, of times their seconds since 1970 UTC, with NaN where there is none.
        """
    def zone(self, column: int) -> int | None:
        """Return how many seconds the zone of a column of times is ahead of UTC: 0 for several, None for none."""
    def cells(
        self, column: int
    ) -> tuple[int, list[tuple[str, int]], int, tuple[int, str] | None, str, list[tuple[str, int]]]:
        """Return what stood in a column.

        That is: empty cells; words that were taken for missing cells, with their counts; cells that could not be read;
        the line and the text of the first; the unit of the numbers; other units that were converted to it, with counts.
        """
    def counts(self) -> list[tuple[str, int]]:
        """Return how many rows were blank, headers, sums, short, long, left out, and quotes that were not closed."""
    def examples(self) -> tuple[tuple[int, str] | None, tuple[int, str] | None]:
        """Return the line and the text of the first short or long row, and of the first that was left out."""
