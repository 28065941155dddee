"""A command of the user's for each event."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.one_line import one_line
from anet_lite.cli.live.sinks.background import BackgroundSink

if TYPE_CHECKING:
    from anet_lite.cli.live.event import Event

_LONGEST = 60.0
"""Seconds that a command may run."""


class CommandSink(BackgroundSink):
    """Runs a line of the shell for each event, one after another.

    The event is JSON on its standard input. ``ANET_EVENT``, ``ANET_NAME``, ``ANET_TIME`` and ``ANET_TEXT`` are in its
    environment: nothing of an event is ever part of the line, since names come from files.
    """

    def __init__(self, line: str) -> None:
        super().__init__(_LONGEST)
        self._line = line

    def _deliver(self, event: Event) -> bool:
        said = {"ANET_EVENT": event.kind, "ANET_NAME": event.name, "ANET_TIME": event.time, "ANET_TEXT": event.text}
        environment = {**os.environ, **{name: one_line(text) for name, text in said.items()}}
        try:
            done = subprocess.run(
                self._line, shell=True, input=json.dumps(to_jsonable(event.to_dict())).encode(), env=environment,
                stdout=sys.stderr.fileno(), timeout=_LONGEST, check=False,
            )  # fmt: skip
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            print(one_line(f"--exec: {error}"), file=sys.stderr)
            return False
        if done.returncode:
            print(f"--exec: exit status {done.returncode}", file=sys.stderr)
        return done.returncode == 0
