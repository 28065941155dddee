"""Texts in which nobody is called."""

from __future__ import annotations

import re

from anet_lite._internal.one_line import one_line

_LOOKALIKES = {"<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "@": "\N{FULLWIDTH COMMERCIAL AT}"}


def neutral(text: str) -> str:
    r"""Return a text in which a note or a batch calls nobody in a chat, nor shows a link: ``<!channel>``, ``@all``.

    Example:
        >>> from anet_lite.integrations.webhook import neutral
        >>> neutral("<!here> 3 < 4") == "\u2039!here> 3 < 4"
        True

    """
    return re.sub(r"<(?=\S)|@(?=\w)", lambda sign: _LOOKALIKES[sign[0]], one_line(text))
