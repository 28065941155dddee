"""Tables of text, in any dialect: from bytes to columns, piece by piece.

``unpack`` and ``decode`` make UTF-8 of a file's bytes; ``sniff`` looks at the first of it and finds the ``layout``, by
``number_style``, ``header`` and ``column_kinds``; ``source`` reads with it, and ``remarks`` tells what could not be read as
it stood. ``options`` is what a user knows better.
"""

from __future__ import annotations

from anet_lite.reader.text.layout import Layout, TextColumn
from anet_lite.reader.text.options import ReadOptions
from anet_lite.reader.text.sniff import sniff
from anet_lite.reader.text.source import TableSource

__all__ = ["Layout", "ReadOptions", "TableSource", "TextColumn", "sniff"]
