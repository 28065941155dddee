"""What ``anet-lite detect`` does: what was ``asked``, of a file that is ``over``, or of a stream while it ``comes``."""

from __future__ import annotations

from anet_lite.cli.detect.asked import Asked

__all__ = ["Asked", "run"]


def run(asked: Asked) -> int:
    """Do it, and return how many alarms there were.

    Raises:
        OSError: A file cannot be read or written.
        ImportError: What is needed for it is not installed.
        ValueError: Nothing can be read of the input, or an option is wrong.

    """
    from anet_lite.cli.detect import comes, over

    return (comes.run if asked.live else over.run)(asked)
