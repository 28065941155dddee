r"""Groups of parameters, named by a regular expression: `r"layers\.\d+"` makes one of each layer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from anet_lite._native import AnetTypeError, AnetValueError

if TYPE_CHECKING:
    from collections.abc import Sequence


class GroupNorms(NamedTuple):
    """The norms of a group of parameters in one step."""

    grad_norm: float
    noise: float
    step_norm: float


class Grouping:
    """Finds which parameters belong together.

    The name of a group is what the expression finds in a parameter's name, or its first bracket if it has one.
    Parameters in which it finds nothing belong to no group.

    Raises:
        TypeError: The expression is not a string.
        ValueError: It is no regular expression.

    """

    def __init__(self, expression: str | None, argument: str = "layers") -> None:
        if expression is not None and not isinstance(expression, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError(f"{argument} must be a regular expression, got {type(expression).__name__}")
        try:
            self._expression = None if expression is None else re.compile(expression)
        except re.error as error:
            raise AnetValueError(f"{argument} must be a regular expression, got {expression!r}: {error}") from None

    def groups(self, names: Sequence[str]) -> dict[str, list[int]]:
        """Return the indices of each group's parameters."""
        groups: dict[str, list[int]] = {}
        for index, name in enumerate(names):
            found = self._expression.search(name) if self._expression else None
            if found:
                groups.setdefault(found.group(1 if found.re.groups else 0) or found.group(), []).append(index)
        return groups


def norms_of(
    indices: Sequence[int], grad: Sequence[float], noise: Sequence[float], update: Sequence[float]
) -> GroupNorms:
    """Return the norms of the parameters at these indices, from the sums of squares of all.

    The norm of gradient or update is that of all elements together; noise adds the parameters' norms, as the tap does.
    """
    return GroupNorms(
        sum(grad[index] for index in indices) ** 0.5,
        sum(noise[index] ** 0.5 for index in indices),
        sum(update[index] for index in indices) ** 0.5,
    )
