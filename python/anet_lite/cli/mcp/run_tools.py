"""What an agent may ask of training runs: which there are, how one went, when it broke, why, and its rows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError, Monitor
from anet_lite.cli.mcp.arguments import Columns, Count, Lang, Run, Signals, Start
from anet_lite.cli.mcp.find_files import described, found_below
from anet_lite.cli.mcp.pages import cut, first_of, page_of, paged, plain
from anet_lite.diagnosis import explain
from anet_lite.documents.pages import ExplanationDocument, FilesPage, IncidentsPage, RunRowsPage, RunVerdict
from anet_lite.reader import INPUTS, open_source
from anet_lite.reader.signal_rows import signal_rows
from anet_lite.replay import replay

if TYPE_CHECKING:
    from anet_lite.cli.mcp.folder import Folder
    from anet_lite.reader.table import Column
    from anet_lite.replay import Incident, Replay

_KEPT = 4
"""Runs whose replay is kept: an agent asks several things of one."""


class RunTools:
    """The tools for runs below a folder. Their docstrings are what an agent reads."""

    def __init__(self, root: Folder) -> None:
        self._root = root
        self._replays: dict[tuple[object, ...], Replay] = {}

    def list_files(self, folder: str = ".", start: Start = 0, count: Count = 50) -> FilesPage:
        """List the files below a folder: training runs, streams of numbers, checkpoints, tombstone logs.

        Paths are relative to the root; give them to the other tools as they are. A file that could not be read is
        listed as unknown, with the reason.
        """
        with self._root.telling("folder"):
            where = self._root.below(folder)
            paths, remarks = found_below(where, self._root)
            shown, page = page_of(paths, start, count)
            files = [described(path, self._root) for path in shown]
            answer = {"folder": self._root.relative(where), "files": files, "remarks": remarks}
            return paged(answer, page)

    def verdict(self, run: Run, columns: Columns = {}, signals: Signals = {}, lang: Lang = "en") -> RunVerdict:
        """Say how a training run went: its verdict with the numbers behind it, in a sentence and as data.

        Rows are counted from 0, over those that give a signal. A run whose verdict is not_judged or no_loss was not
        found to be healthy.
        """
        with self._root.reading("run", run) as path:
            found = self._replayed(path, columns, signals)
            said = {"file": run, **found.to_dict(), "sentence": found.sentence(lang)}
            count = len(said.pop("incidents"))
            form, remarks = self._root.without(found.form), first_of(list(map(self._root.without, found.remarks)))
            return plain({**said, "form": form, "remarks": remarks, "incident_count": count})

    def incidents(
        self,
        run: Run,
        start: Start = 0,
        count: Count = 20,
        columns: Columns = {},
        signals: Signals = {},
        lang: Lang = "en",
    ) -> IncidentsPage:
        """List the incidents of a training run, the earliest first: row, step, rules, and the first alarm in words."""
        with self._root.reading("run", run) as path:
            shown, page = page_of(self._replayed(path, columns, signals).incidents, start, count)
            told = [{**each.to_dict(), "text": explain(each.first, lang).paragraph} for each in shown]
            return paged({"file": run, "incidents": told}, page)

    def explain(
        self,
        run: Run,
        incident: int = 0,
        columns: Columns = {},
        signals: Signals = {},
        lang: Lang = "en",
    ) -> ExplanationDocument:
        """Explain an incident of a training run: which rule moved first, the likely causes, and what to do next.

        The incident is its place in the list of incidents, from 0.
        """
        with self._root.reading("run", run) as path:
            fired = self._replayed(path, columns, signals).incidents
        with self._root.telling("incident"):
            chosen = _chosen(fired, incident)
            place = {"file": run, "incident": incident, "row": chosen.first.row, "step": chosen.first.step}
            return plain({**place, "rules": chosen.rules, **explain(chosen.first, lang).to_dict()})

    def rows(
        self,
        run: Run,
        start: Start = 0,
        count: Count = 50,
        columns: Columns = {},
        signals: Signals = {},
    ) -> RunRowsPage:
        """Give the signals of some rows of a training run, with the row numbers that verdicts and incidents name.

        For the rows around an incident, begin some rows before its row.
        """
        with self._root.reading("run", run) as path:
            source = open_source(path)
            found = signal_rows(source, dict(columns), signals, path, lambda _: None)
            page = cut(found.rows, start, count)
            given = {name: column for name, column in (*zip(INPUTS, found.signals), *found.named.items()) if column}
            rows = [{"row": row, "values": _values(given, row)} for row in range(page.start, page.end)]
            answer = {"file": run, "columns": found.columns, "rows": rows}
            return paged(answer, page)

    def _replayed(self, path: str, columns: Columns, signals: Signals) -> Replay:
        """Return the replay of a run; of a file that has not changed the one before."""
        state = os.stat(path)
        key = (path, state.st_mtime_ns, state.st_size, *sorted(columns.items()), "", *sorted(signals.items()))
        found = None if os.path.isdir(path) else self._replays.get(key)
        if found is None:
            found = replay(path, Monitor(signals=dict(signals) or None), dict(columns), lambda _: None)
            self._replays = dict([*self._replays.items(), (key, found)][-_KEPT:])
        return found


def _values(given: dict[str, Column], row: int) -> dict[str, float | None]:
    return {name: float(values[row]) if there[row] else None for name, (values, there) in given.items()}


def _chosen(incidents: list[Incident], number: int) -> Incident:
    if not 0 <= number < len(incidents):
        raise AnetValueError(f"there is no incident {number}: the run has {len(incidents)}, counted from 0")
    return incidents[number]
