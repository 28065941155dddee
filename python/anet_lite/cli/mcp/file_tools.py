"""What an agent may ask of other files: tables, streams, checkpoints, tombstone logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite.cli.detect.asked import Asked
from anet_lite.cli.detect.document import alarm_dict, document
from anet_lite.cli.detect.over import judge
from anet_lite.cli.mcp.arguments import Checkpoint, Count, Earlier, File, Lang, Log, Names, Start
from anet_lite.cli.mcp.pages import first_of, page_of, paged, plain
from anet_lite.cli.mcp.table_rows import table_rows
from anet_lite.documents.pages import CheckPage, DetectPage, TablePage, TombstonesPage
from anet_lite.documents.tombstones import VerifyDocument

if TYPE_CHECKING:
    from anet_lite.cli.mcp.folder import Folder

_LISTS = (
    "not_finite",
    "above_half",
    "zero",
    "unchanged",
    "other_dtype",
    "only_here",
    "only_before",
    "unread",
    "untrained_lora",
)
"""What a report names tensors in."""


class FileTools:
    """The tools for single files below a folder. Their docstrings are what an agent reads."""

    def __init__(self, root: Folder) -> None:
        self._root = root

    def table(self, file: File, columns: Names = [], start: Start = 0, count: Count = 50) -> TablePage:
        """Give rows of a file as they stand in it, all columns or some: metrics, statuses, alarms of a record, texts.

        Use rows instead for the signals of a run by the row numbers of its verdict.
        """
        from anet_lite import read

        with self._root.reading("file", file) as path:
            found = read(path, columns=columns or None)
            rows, page = table_rows(found, start, count)
            answer = {"file": file, "form": found.form, "kinds": found.kinds, "rows": rows, "remarks": found.remarks}
            return paged(answer, page)

    def detect(
        self,
        file: File,
        columns: Names = [],
        keys: Names = [],
        start: Start = 0,
        count: Count = 20,
        lang: Lang = "en",
    ) -> DetectPage:
        """Say what is strange in streams of numbers: alarms in words with their times, or the strangest moments.

        Keys are columns that tell streams apart, such as host. For a training run use verdict.
        """
        with self._root.reading("file", file) as path:
            asked = Asked(path, columns=tuple(columns), keys=tuple(keys), lang=lang)
            judged = judge(asked, lambda _: None)
            shown, page = page_of(judged.found.alarms, start, count)
            said = document(file, judged, lang)
            short = {name: first_of(said[name]) for name in ("not_judged", "remarks")}
            alarms = [alarm_dict(alarm, lang) for alarm in shown]
            answer = {**said, **short, "form": self._root.without(judged.form), "alarms": alarms}
            return paged(answer, page)

    def check_checkpoint(
        self, checkpoint: Checkpoint, against: Earlier = "", count: Count = 100, lang: Lang = "en"
    ) -> CheckPage:
        """Look at every number of a checkpoint: not finite, beyond half precision, exactly zero, unchanged since.

        Of each list the first names are given, and how many were left out.
        """
        from anet_lite.checkpoint import check_checkpoint
        from anet_lite.checkpoint.words import sentences

        with self._root.telling("against"):
            before = self._root.inside(against) if against else None
        with self._root.reading("checkpoint", checkpoint) as path:
            report = check_checkpoint(path, before)
            said: dict[str, Any] = {**report.to_dict(), "path": checkpoint, "against": against or None}
            left_out = _shorten(said, count)
            told = [self._root.without(text) for text in sentences(report, lang)]
            return plain({**said, "sentences": told, "left_out": left_out})

    def verify_tombstones(self, log: Log, expect_head: str = "") -> VerifyDocument:
        """Check whether a tombstone log is whole: every record against the one before it.

        With a head that was kept elsewhere, records that were cut off the end are found too.
        """
        from anet_lite.tombstone import verify

        with self._root.reading("log", log) as path:
            found = verify(path, expect_head or None)
            return plain({"file": log, "is_whole": found.fault is None, **found.to_dict()})

    def tombstones(self, log: Log, start: Start = 0, count: Count = 50) -> TombstonesPage:
        """Give the records of a tombstone log: what was forgotten, rolled back, skipped or noted, why, on whose word.

        Records from the first altered line on are left out, and the remark says so.
        """
        from anet_lite.page.audit_records import audit

        with self._root.reading("log", log) as path:
            found, remark = audit(path)
            records, page = page_of(found, start, count)
            answer = {"file": log, "records": records, "remark": remark}
            return paged(answer, page)


def _shorten(said: dict[str, Any], count: int) -> dict[str, int]:
    """Cut the lists of tensors; return how many names each lost."""
    left_out = {name: len(said[name]) - count for name in _LISTS if len(said[name]) > count}
    for name in left_out:
        held = said[name]
        said[name] = type(held)(list(held.items() if hasattr(held, "items") else held)[:count])
    return left_out
