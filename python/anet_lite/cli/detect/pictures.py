"""The picture and the page of streams, where they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from anet_lite.cli.options.output_file import refuse_input

if TYPE_CHECKING:
    from anet_lite.cli.detect.asked import Asked
    from anet_lite.stream import Found, StreamAlarms


def draw(asked: Asked, found: Found, watched: StreamAlarms, form: str) -> None:
    """Write what was asked for.

    Raises:
        OSError: A file cannot be written.
        ImportError: matplotlib is not installed.

    """
    if asked.plot:
        from anet_lite.page.stream_plot import draw as draw_streams

        refuse_input(asked.plot, asked.file)
        draw_streams(found, watched.strangest, watched.rule.threshold, asked.plot, Path(asked.where).name)
    if asked.report:
        from anet_lite.page.stream import stream_page

        refuse_input(asked.report, asked.file)
        title = Path(asked.where).name
        page = stream_page(found, watched.strangest, title, form, watched.rule.zone, asked.lang)
        Path(asked.report).write_text(page, encoding="utf-8")
