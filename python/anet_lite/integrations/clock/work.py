"""How much work a call of the model is, by the shapes of its arguments: samples, and tokens where it takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Work(NamedTuple):
    """The work of one call."""

    samples: int = 0
    tokens: int = 0


def work_of(args: Sequence[Any], kwargs: Mapping[str, Any]) -> Work:
    """Return the work of a call: the first tensor tells the samples, one of integers with two axes the tokens too.

    Padding counts as what it is computed as. Shapes are known to the host: nothing waits for a device.

    Example:
        >>> import numpy as np
        >>> from anet_lite.integrations.clock.work import work_of
        >>> work_of([np.zeros((4, 3, 32, 32))], {}), work_of([], {"input_ids": np.zeros((4, 128), int)})
        (Work(samples=4, tokens=0), Work(samples=4, tokens=512))

    """
    if "input_ids" in kwargs:
        args = [kwargs["input_ids"]]
    for value in _arrays([*args, *kwargs.values()]):
        shape = tuple(value.shape)
        is_text = len(shape) == 2 and "int" in str(value.dtype)
        return Work(int(shape[0]), int(shape[0] * shape[1]) if is_text else 0)
    return Work()


def _arrays(values: Sequence[Any]) -> Iterator[Any]:
    """Return the arrays among values, and among those of a batch that is a mapping or a list."""
    for value in values:
        if getattr(value, "shape", None):
            yield value
        elif isinstance(value, Mapping):
            yield from _arrays(list(cast("Mapping[str, Any]", value).values()))
        elif isinstance(value, (list, tuple)):
            yield from _arrays(cast("Sequence[Any]", value))
