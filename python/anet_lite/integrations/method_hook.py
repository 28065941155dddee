"""Listens to a method of somebody else's object, where a framework has no hook."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from anet_lite._internal.log_once import LogOnce


class Overheard:
    """A method that is replaced on one object by one that does the same and tells of it.

    Args:
        owner: The object.
        name: The method.
        quiet: Where errors of ours stay.
        before: Told the arguments, before the call.
        after: Told the result.

    """

    def __init__(
        self,
        owner: Any,
        name: str,
        quiet: LogOnce,
        before: Callable[..., None] | None = None,
        after: Callable[[Any], None] | None = None,
    ) -> None:
        self._owner, self._name = owner, name
        held: dict[str, Any] = owner.__dict__
        self._own = held.get(name)
        method = getattr(owner, name)

        @wraps(method)
        def overheard(*args: Any, **kwargs: Any) -> Any:
            if before is not None:
                with quiet:
                    before(*args, **kwargs)
            result = method(*args, **kwargs)
            if after is not None:
                with quiet:
                    after(result)
            return result

        self._overheard = overheard
        setattr(owner, name, overheard)

    def remove(self) -> None:
        """Put the method back, unless somebody has replaced it since."""
        held: dict[str, Any] = self._owner.__dict__
        if held.get(self._name) is not self._overheard:
            return
        if self._own is None:
            delattr(self._owner, self._name)
        else:
            setattr(self._owner, self._name, self._own)
