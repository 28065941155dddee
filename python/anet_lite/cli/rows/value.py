"""A cell of a row."""

from __future__ import annotations

from typing import Union

Value = Union[int, float, str]
"""What a cell holds."""
