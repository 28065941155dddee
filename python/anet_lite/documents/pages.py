"""What only an agent is given: large answers come in pages, and each says where the next one begins."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict

from anet_lite.documents.checkpoint import CheckDocument
from anet_lite.documents.run import CauseDocument, FiredDocument, VerdictPage
from anet_lite.documents.streams import DetectDocument
from anet_lite.documents.strict import Number, strict

Kind = Literal["run", "streams", "tombstones", "checkpoint", "unknown"]


@strict
class Page(TypedDict):
    """A part of a list."""

    total: int
    """How many there are in all."""
    next_start: int | None
    """What to give as start for the next page; null on the last one."""


@strict
class FileDocument(TypedDict):
    """A file, or the folder of a run, that may be looked at."""

    path: str
    kind: Kind
    form: str
    """What it is, in a line; of an unknown one why it could not be read."""
    size: int
    """Bytes of the file itself."""
    modified: str
    """When it was written last, in UTC."""


@strict
class FilesPage(Page):
    """Files below a folder, by their paths."""

    folder: str
    files: list[FileDocument]
    remarks: list[str]
    """What was not looked at."""


@strict
class RunVerdict(VerdictPage):
    """How a run went."""

    incident_count: int


@strict
class IncidentsPage(Page):
    """The incidents of a run, the earliest first."""

    file: str
    incidents: list[FiredDocument]


@strict
class ExplanationDocument(TypedDict):
    """Why an incident fired, and what to do."""

    file: str
    incident: int
    """Its place among the incidents, from 0."""
    row: int
    """The row of its first alarm."""
    step: int
    rules: list[str]
    paragraph: str
    """All of it in words."""
    first_onset: str | None
    """The rule whose score rose first."""
    since: int | None
    """The row in which it rose."""
    causes: list[CauseDocument]
    """The likeliest first."""
    actions: list[str]
    """What to do next, in the same order."""
    last_values: dict[str, list[Number | None]]
    """The newest values of every signal, at most 8."""


@strict
class RowDocument(TypedDict):
    """A row of a run as the monitor took it."""

    row: int
    values: dict[str, Number | None]
    """By signal; null where the row gave none."""


@strict
class RunRowsPage(Page):
    """Rows of a run, with the numbers that verdicts and incidents name."""

    file: str
    columns: dict[str, str]
    rows: list[RowDocument]


@strict
class TablePage(Page):
    """Rows of a file as they stand in it."""

    file: str
    form: str
    kinds: dict[str, str]
    """What each column holds: number, flag, time, key, text or empty."""
    rows: list[dict[str, Number | str | None]]
    """By column. A number that is missing, or NaN in the file, is null."""
    remarks: list[str]


@strict
class DetectPage(DetectDocument, Page):
    """What is strange in streams, a page of the alarms."""


@strict
class CheckPage(CheckDocument):
    """What was found in a checkpoint, the first names of each list."""

    left_out: dict[str, int]
    """By list, how many names were left out."""


@strict
class TombstonesPage(Page):
    """Records of a tombstone log, as far as the log is whole."""

    file: str
    records: list[dict[str, Any]]
    remark: str
    """What is wrong with the log, or an empty text."""


@strict
class NotedDocument(TypedDict):
    """A record that was written."""

    file: str
    seq: int
    """Its number in the log."""
    hash: str
