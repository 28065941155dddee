"""A hook on a method of an object, where its framework has none."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from anet_lite._internal.log_once import LogOnce


class MethodHook:
    """Replaces a method on one object by one that does the same and calls a function before or after it, or around it.

    Args:
        owner: The object.
        name: The method.
        log_once: Where errors of the functions stay.
        before: Called with the arguments, before the method.
        after: Called with the result.
        change: Called with the result, gives the one that is returned; where it fails, the method's own is.
        around: Called with the method and its arguments, instead of it: what it raises goes through.
        gate: Asked with the arguments whether the method is to run at all; it is where the gate fails.

    """

    def __init__(
        self,
        owner: Any,
        name: str,
        log_once: LogOnce,
        before: Callable[..., None] | None = None,
        after: Callable[[Any], None] | None = None,
        gate: Callable[..., bool] | None = None,
        change: Callable[[Any], Any] | None = None,
        around: Callable[..., Any] | None = None,
    ) -> None:
        self._owner, self._name = owner, name
        attributes: dict[str, Any] = owner.__dict__
        self._replaced = attributes.get(name)
        method = getattr(owner, name)

        @wraps(method)
        def hooked(*args: Any, **kwargs: Any) -> Any:
            is_open = True
            if gate is not None:
                with log_once:
                    is_open = gate(*args, **kwargs)
            if not is_open:
                return None
            if before is not None:
                with log_once:
                    before(*args, **kwargs)
            result = method(*args, **kwargs) if around is None else around(method, *args, **kwargs)
            if after is not None:
                with log_once:
                    after(result)
            if change is not None:
                with log_once:
                    result = change(result)
            return result

        self._hooked = hooked
        setattr(owner, name, hooked)

    def remove(self) -> None:
        """Put the method back, unless it has been replaced again since."""
        attributes: dict[str, Any] = self._owner.__dict__
        if attributes.get(self._name) is not self._hooked:
            return
        if self._replaced is None:
            delattr(self._owner, self._name)
        else:
            setattr(self._owner, self._name, self._replaced)
