"""What could not be read of a table as it stood, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite._native import DelimitedReader
    from anet_lite.reader.text.layout import Layout

_MOST = 8
"""Remarks on cells; a table of a thousand broken columns says it of the first."""


def remarks_of(layout: Layout, reader: DelimitedReader, columns: dict[int, str]) -> list[str]:
    """Return what is to be known of a table that was read: first its cells, then its rows."""
    cells = [text for at, name in columns.items() for text in _of_cells(layout, reader, at, name)]
    if len(cells) > _MOST:
        cells = [*cells[:_MOST], f"and {len(cells) - _MOST} more remarks on other columns"]
    return cells + _of_rows(layout, reader)


def _of_cells(layout: Layout, reader: DelimitedReader, at: int, name: str) -> list[str]:
    empty, missing, unreadable, first, unit, converted = reader.cells(at)
    said = [f"{name}: {_count(empty, 'empty cell')}, taken for missing"] * bool(empty)
    words = ", ".join(f"{count:,} {word!r}" for word, count in missing)
    said += [f"{name}: {words} taken for missing"] * bool(words)
    said += [f"{name} is in {unit}"] * bool(unit)
    for other, count in converted:
        said.append(f"{name}: {_count(count, 'cell')} {f'in {other} converted' if other else 'without a unit'}")
    if first:
        line, text = first
        cannot = f"{name}: {_count(unreadable, 'cell')} cannot be read, the first {text!r} in line {line:,}"
        said.append(cannot + _hint(layout, text))
    return said


def _hint(layout: Layout, text: str) -> str:
    """Return which option would read a cell, if one might."""
    if layout.decimal == "." and "," in text and any(sign.isdigit() for sign in text):
        return "; --decimal , reads decimal commas"
    return "" if any(sign.isdigit() for sign in text) else f"; --missing {text!r} takes it for missing"


def _of_rows(layout: Layout, reader: DelimitedReader) -> list[str]:
    counts = dict(reader.counts())
    ragged, left_out = reader.examples()
    said = [f"{_count(counts['headers'], 'repeated header')} passed over"] * bool(counts["headers"])
    said += [f"{_count(counts['summaries'], 'row')} of a total passed over"] * bool(counts["summaries"])
    said += [f"{_count(counts['blank'], 'blank line')} taken for missing"] * bool(counts["blank"])
    if ragged:
        short, long = counts["short"], counts["long"]
        said += [f"{_count(short, 'row')} shorter than {layout.width} cells, as line {ragged[0]:,}"] * bool(short)
        said += [f"{_count(long, 'row')} longer than {layout.width} cells, as line {ragged[0]:,}"] * bool(long)
    if left_out:
        line, text = left_out
        said.append(
            f"{_count(counts['left_out'], 'line')} left out as no row of the table, the first {line:,}: {text!r}"
        )
    if counts["unclosed"]:
        where = f"the first in line {counts['first_unclosed']:,}"
        said.append(f"{_count(counts['unclosed'], 'quote')} not closed and taken for a letter, {where}")
    return said + [f"{_count(counts['too_long'], 'line')} over 64 MiB left out"] * bool(counts["too_long"])


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"
