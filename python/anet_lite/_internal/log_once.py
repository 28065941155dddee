"""What accompanies a run and must not stop it: its errors are logged once and go no further."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

_logger = logging.getLogger("anet_lite")


class LogOnce:
    """A block whose exceptions stay inside: the first is logged with its traceback, the others are counted.

    They are logged, not warned of, because warnings may be turned into exceptions. What ends a program, such as Ctrl-C,
    goes through.

    Args:
        what: What is lost when the block fails, as the subject of a sentence.
        activity: What goes on without it.

    Example:
        >>> from anet_lite._internal.log_once import LogOnce
        >>> dividing = LogOnce("the second number")
        >>> for divisor in (1, 0, 0):
        ...     with dividing:
        ...         print(1 // divisor)
        1
        >>> dividing.failures
        2

    """

    def __init__(self, what: str, activity: str = "training") -> None:
        self.what: str = what
        self.activity: str = activity
        self.failures: int = 0

    def __enter__(self) -> LogOnce:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self.failures += 1
        if self.failures == 1:
            _logger.error("%s failed, %s goes on; this is said once", self.what, self.activity, exc_info=error)
        return True
