"""What is said of a checkpoint."""

from __future__ import annotations

from typing_extensions import TypedDict

from anet_lite.documents.strict import Number, strict


@strict
class CheckDocument(TypedDict):
    """What ``anet-lite check --json`` prints. Lists and keys are names of tensors."""

    path: str
    tensors: int
    numbers: int
    files: int
    not_finite: dict[str, int]
    """How many numbers of a tensor are NaN or infinite."""
    above_half: dict[str, Number]
    """The largest absolute value, where half precision cannot hold it."""
    zero: list[str]
    """Tensors of floats that are exactly 0."""
    against: str | None
    """The earlier checkpoint; null where none was given."""
    compared: int
    """Tensors that the earlier checkpoint has too, in the same shape."""
    unchanged: list[str]
    other_dtype: dict[str, str]
    only_here: list[str]
    only_before: list[str]
    unread: dict[str, str]
    """Why a file or a tensor was not read."""
    untrained_lora: list[str]
    """The matrices B of adapters that are still 0."""
    stands_still: bool
    """Whether no tensor differs from the earlier checkpoint."""
    is_sound: bool
    """Whether nothing of this is a fault."""
    sentences: list[str]
    """The same in words."""
