"""A file of which nothing was read: it says nothing of its run, and above all not that all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from collections.abc import Iterable


def nothing_read(path: str, form: str, columns: Iterable[str]) -> AnetValueError:
    """Return the error for a file without a row that has a number in one of these columns."""
    return AnetValueError(
        f"{path}: read as {form}, no row has a number in {listed(list(columns))}, so nothing can be said of the run; "
        "look for a quote that is not closed, another delimiter, or a file that is still empty"
    )
