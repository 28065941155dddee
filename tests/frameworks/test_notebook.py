"""A run's page in a kernel of Jupyter's, live while a later cell trains."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient import NotebookClient

NEEDS = ("ipykernel", "nbclient")

if TYPE_CHECKING:
    from pathlib import Path

CELLS = (
    "import threading, time\nfrom anet_lite import *\nrecorder, monitor = Recorder('run.jsonl'), Monitor()",
    "show(recorder)",
    "for at in range(100):\n    time.sleep(0.025)\n    recorder.write(monitor.update(loss=at % 7))",
    "recorder.close()\nfor it in threading.enumerate():\n    if it.name == 'anet-lite show': it.join(50)",
    "show('run.jsonl')",
)


def rows_in(output: Any) -> list[str]:
    return re.findall(r"&quot;rows&quot;:(\d+)", output["data"]["text/html"])


def test_a_recorder_is_redrawn_in_its_cell_while_later_cells_train(tmp_path: Path) -> None:
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    updates: list[tuple[Any, int]] = []

    class Client(NotebookClient):
        def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
            if msg["msg_type"] == "update_display_data":
                updates.append((msg["header"]["date"], int(rows_in(msg["content"])[0])))
            return super().process_message(msg, cell, cell_index)

    Client(book, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    _, live, training, _, still = book.cells
    assert [rows_in(output) for output in live.outputs] == [["100"]]
    assert training.outputs == []
    assert [rows_in(output) for output in still.outputs] == [["100"]]
    assert len(updates) > 1
    assert 0 < updates[0][1] < 100
    assert all((b - a).total_seconds() > 0.9 for (a, _), (b, _) in pairwise(updates))  # once a second at most
