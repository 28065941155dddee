"""Columns printed as lines, as they come: CSV or JSON lines."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

from anet_lite.cli.view.output import Format, finite_or_none, neutral

if TYPE_CHECKING:
    from collections.abc import Mapping


class SampleLines:
    """Prints columns of equal length to standard output; of CSV the header comes once."""

    def __init__(self, form: Format) -> None:
        self._form = form
        self._header = False

    def write(self, columns: Mapping[str, list[Any]]) -> None:
        """Print a line for each row of the columns."""
        if self._form is Format.csv:
            self._csv(columns)
        else:
            for row in zip(*columns.values()):
                print(json.dumps({name: finite_or_none(cell) for name, cell in zip(columns, row)}))

    def _csv(self, columns: Mapping[str, list[Any]]) -> None:
        out = csv.writer(sys.stdout, lineterminator="\n")
        if not self._header and columns:
            out.writerow(columns)
            self._header = True
        texts = {name: list(map(neutral, cells)) if name == "stream" else cells for name, cells in columns.items()}
        out.writerows(zip(*texts.values()))
