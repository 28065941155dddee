"""Messages of protobuf, field by field, without a schema: as much of it as event files need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = Union[int, memoryview]

_SIZES = {1: 8, 5: 4}
_LONGEST = 10
"""Bytes of a varint."""


def fields(data: memoryview) -> Iterator[tuple[int, Value]]:
    r"""Yield the number and the value of each field: an integer, or the bytes of anything else.

    Raises:
        ValueError: It is no message of protobuf.

    Example:
        >>> from anet_lite.reader.forms.runs.protobuf import fields
        >>> list(fields(memoryview(b"\x10\x07\x18\x96\x01")))
        [(2, 7), (3, 150)]

    """
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = _varint(data, at)
            yield number, value
            continue
        size, at = _varint(data, at) if wire == 2 else (_SIZES.get(wire, len(data) + 1), at)
        if at + size > len(data):
            raise ValueError(f"field {number} is longer than its message")
        yield number, data[at : at + size]
        at += size


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for place in range(min(_LONGEST, len(data) - at)):
        byte = data[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    raise ValueError("a varint that does not end")


def inner(data: memoryview, number: int) -> Iterator[memoryview]:
    """Yield the messages or bytes of one field."""
    for found, value in fields(data):
        if found == number and isinstance(value, memoryview):
            yield value
