"""What an agent may write, where the user allows it: pages of runs, and notes in tombstone logs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from anet_lite._native import AnetValueError, Monitor
from anet_lite.cli.mcp.arguments import Log, Run
from anet_lite.documents.pages import NotedDocument
from anet_lite.documents.written import WrittenDocument

if TYPE_CHECKING:
    from anet_lite.cli.mcp.folder import Folder

Output = Annotated[str, Field(description="The page to write below the root; its name ends in .html and is new.")]
Noted = Annotated[str, Field(min_length=1, max_length=2000, description="What is to be remembered.")]
Operator = Annotated[str, Field(min_length=1, max_length=200, description="On whose word.")]


class WriteTools:
    """The tools that write below a folder. Their docstrings are what an agent reads."""

    def __init__(self, root: Folder) -> None:
        self._root = root

    def write_report(self, run: Run, output: Output) -> WrittenDocument:
        """Write a training run as one self-contained HTML page: plots, alarms, explanations. Nothing is overwritten."""
        from anet_lite.page import report

        with self._root.telling("output"):
            target = self._root.inside(output)
            if not target.endswith(".html"):
                raise AnetValueError(f"the name must end in .html, got {output!r:.200}")
            if os.path.lexists(target):
                raise AnetValueError(f"{output!r:.200} exists: give the page a new name")
        with self._root.reading("run", run) as path:
            page = report(path, monitor=Monitor())
        with self._root.telling("output"), Path(target).open("x", encoding="utf-8") as file:
            file.write(self._root.without(page))
        return {"file": run, "written": output, "is_run": True, "remark": ""}

    def note_tombstone(self, log: Log, text: Noted, operator: Operator) -> NotedDocument:
        """Append a note to a tombstone log, which is made where there is none. What is written cannot be taken back."""
        from anet_lite import TombstoneLog

        with self._root.reading("log", log) as path, TombstoneLog(path) as tombstones:
            record: dict[str, Any] = tombstones.tombstone(
                event="note", policy="manual", evidence={"text": text}, operator=operator
            )
            if "hash" not in record:
                raise AnetValueError(f"{log!r:.200} cannot be written")
            return {"file": log, "seq": record["seq"], "hash": record["hash"]}
