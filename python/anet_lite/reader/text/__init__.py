"""Tables of text, in any dialect: from bytes to columns, piece by piece.

``unpack`` and ``decode`` make UTF-8 of a file's bytes; ``sniff`` looks at its first ``rows`` and finds the ``layout``,
by ``number_style``, ``header``, ``comment_names``, ``column_kinds`` and ``columns``; ``taken`` tells what was guessed.
``source`` reads with it, and ``remarks`` tells what could not be read as it stood. ``options`` is what a user knows
better, and ``open_text`` does all of it.
"""

from __future__ import annotations

from anet_lite.reader.text.layout import Layout, TextColumn
from anet_lite.reader.text.options import ReadOptions
from anet_lite.reader.text.sniff import sniff
from anet_lite.reader.text.source import TableSource

__all__ = ["Layout", "ReadOptions", "TableSource", "TextColumn", "sniff"]
