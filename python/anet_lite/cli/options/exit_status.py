"""Ends as a shell expects: quietly, and with the usual exit status, when the reader or the user has had enough."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator

FAILED = 1
"""What was looked at is not as it should be: a checkpoint that is not sound, a log that is altered, a verdict or an
alarm that the user named."""
NOT_DONE = 2
"""What was asked cannot be done: an option is wrong, or a file cannot be read."""
INTERRUPTED = 130
"""128 + SIGINT: the user pressed Ctrl-C."""
PIPE_CLOSED = 141
"""128 + SIGPIPE: the reader, such as ``head -1``, closed the pipe."""


@contextmanager
def exit_status() -> Generator[None, None, None]:
    """Turn Ctrl-C and a closed pipe into an exit status, without a traceback."""
    try:
        yield
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The interpreter flushes once more at exit: give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PIPE_CLOSED)
