"""Why a sample is strange, where its shape does not show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite import Explanation

_ALONE = ("drift", "fall")
"""Parts that alarm by themselves, and from which value on."""
_FROM = 5.0
_SAYS_IT = ("quieter", "flat_line")
"""Shapes that say already that steps fell."""
_SEASON = ("season32", "season128")
_UNSEEN = ("r1", "r8", "r16", "r32", "b2_d16", "b2_d32")
"""Parts that say why where no shape does."""


def reason_of(found: Explanation) -> str | None:
    """Return the part of the newest sample's score that is worth a sentence beside the shape; None where none is."""
    if found.joint or found.part is None:
        return None
    alone = [part for part in _ALONE if abs(found.parts[part]) >= _FROM]
    if alone == ["fall"] and found.shape in _SAYS_IT:
        return None
    told = (*_SEASON, *_UNSEEN) if found.shape == "unusual_shape" else _SEASON
    return alone[0] if alone else found.part if found.part in told else None
