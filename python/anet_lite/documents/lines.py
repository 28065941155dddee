"""The lines of commands that print rows. As in records, a number that is not finite is null in them."""

from __future__ import annotations

from typing import Union

from typing_extensions import TypedDict

from anet_lite.documents.strict import strict

TraceLine = dict[str, Union[float, None]]
"""A line of ``anet-lite trace --json``: index, combined, and a score for each scale, such as scale_64."""


@strict
class ZerosLine(TypedDict):
    """A line of ``anet-lite zeros --json``; with ``--digits`` a height is a text that holds them all."""

    ordinal: int
    height: Union[float, str]  # noqa: UP007 - evaluated on Python 3.9
