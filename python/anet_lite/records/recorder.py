"""The writer of a record file, which a full disk and a fork leave unharmed."""

from __future__ import annotations

import atexit
import math
import os
import threading
import time
from typing import TYPE_CHECKING, Any

from anet_lite._internal.forked_child import in_forked_child
from anet_lite._internal.optional_import import need
from anet_lite._internal.plain_text import plain_text
from anet_lite._internal.schema import SIGNALS
from anet_lite._internal.warn_once import WarnOnce
from anet_lite._native import AnetValueError, RecordLines, Snapshot
from anet_lite.records.file_columns import kind_of, of_file
from anet_lite.records.line_file import LineFile
from anet_lite.records.tags import joined_tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from anet_lite import ANETSnapshot
    from anet_lite.records.sender import Sender

_AGAIN = 1.0
"""Seconds before a file that could not be written is tried again."""


class Recorder:
    """Writes snapshots into a file, a record a step: JSON lines, CSV or Parquet, as the file's ending says.

    Every record has the same columns: time, step, row, status, the five signals, the six metrics, alarms, incident,
    explanation, segment, note, then the monitor's named signals and the user's, then ``nonfinite``. Numbers are float64
    and written with a point. NaN and infinities are ``null`` in JSON, and ``nonfinite`` says which they were
    (``"loss=NaN;grad_norm=Infinity"``); in CSV and Parquet they also stand for themselves.

    Each record is handed to the system before ``write`` returns, so that a killed process loses none. A file that
    exists is continued; what a crash left of a last line is completed or cut off, and the next record's ``note`` says
    so. Where the disk is full or the path is read-only, that is reported once as a RuntimeWarning, training goes on,
    ``lost`` counts, ``records_lost`` of every snapshot given from then on says the same, and the ``note`` of the next
    record that can be written says how many are missing. Parquet cannot grow line by line: while the recorder is open
    its records stand in ``<path>.jsonl``, and ``close`` makes them the last row groups of the file. After a kill, the
    next recorder of the path takes them over.

    An address sends the records to a board (``anet-lite board FOLDER --accept``), which keeps them as ``NAME.jsonl``.
    They stand in a spool below ``$XDG_STATE_HOME/anet-lite`` (``~/.local/state``) first, and a thread sends them from
    there: ``write`` never waits for the network. While the board is away ``waiting`` counts. After a kill of either
    side the next recorder of the address sends what is left, and none twice. ``close`` gives the rest five seconds.

    Args:
        path: The file, ending in ``.jsonl``, ``.csv`` or ``.parquet``, whose folders are made; or an address,
            ``http://host:8080/NAME`` or https.
        extra: The user's columns and what they hold: ``float``, ``bool`` or ``str``. By default those of the file, or
            of the first ``write``.
        tags: Words by which a board lists and finds the run, in the column ``tags`` of its first record. A run that is
            continued has those of all its recorders.
        token: What the board asks for; by default ``ANET_BOARD_TOKEN`` of the environment.

    Raises:
        ImportError: Parquet, and the extra ``anet-lite[records]`` is not installed.
        TypeError: ``token`` is no text, or a tag is none.
        ValueError: A tag is empty or has a space or ``;`` in it, or the file has no column for it; another ending,
            another writer has the file open, or it holds something else.

    Example:
        >>> import tempfile
        >>> from anet_lite import Monitor, Recorder
        >>> monitor = Monitor()
        >>> with tempfile.TemporaryDirectory() as folder, Recorder(f"{folder}/run.jsonl") as recorder:
        ...     for loss in [2.5, float("nan")]:
        ...         recorder.write(monitor.update(loss=loss), epoch=1)
        ...     with open(recorder.path) as file:
        ...         lines = file.readlines()
        >>> recorder.records, recorder.lost
        (2, 0)
        >>> import json
        >>> [json.loads(lines[1])[name] for name in ("step", "loss", "alarms", "epoch", "nonfinite")]
        [1, None, 'nonfinite', 1.0, 'loss=NaN']

    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        extra: Mapping[str, type] | None = None,
        tags: Sequence[str] = (),
        token: str = "",
    ) -> None:
        self.path: str = os.fspath(path)
        self.records: int = 0
        self.lost: int = 0
        self._sender = _sender_of(self.path, token)
        self._form = "jsonl" if self._sender else self.path.rpartition(".")[2]
        if self._form not in ("jsonl", "csv", "parquet"):
            raise AnetValueError(f"path must end in .jsonl, .csv or .parquet, got {self.path!r}")
        if self._form == "parquet":
            need("pyarrow", "records")
        # Of the folder that the program is in now.
        self._at = self._sender.path if self._sender else os.path.abspath(self.path)
        self._lines_at = f"{self._at}.jsonl" if self._form == "parquet" else self._at
        self._kinds = {name: kind_of(name, kind) for name, kind in (extra or {}).items()}
        self._tags = joined_tags(tags)  # until a record has them
        if self._tags:
            self._kinds["tags"] = kind_of("tags", str)
        self._lock = threading.RLock()
        self._file: LineFile | None = None
        self._lines: RecordLines | None = None
        self._notes: list[str] = []
        self._missing = 0
        self._retry_at = -math.inf
        self._warn_lost, self._warn_unmade, self._warn_signal = WarnOnce(), WarnOnce(), WarnOnce()
        self._warn_away, self._warn_left = WarnOnce(), WarnOnce()
        self._fixed = False
        self._over = ""
        self._open()
        if self._tags and "tags" not in self._kinds:
            self._drop()
            raise AnetValueError(f"tags: {self._at} has records without a column of tags")
        if self._sender and self._file and self._file.size:
            self._sender.wake()  # an earlier recorder left something
        _recorders.add(self)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The columns, each with its kind: number, integer, flag or text; the user's from the first record on."""
        return (self._lines or RecordLines("jsonl", list(self._kinds.items()))).columns

    @property
    def waiting(self) -> int:
        """Records that a board is not known to have yet; 0 for a file."""
        return self._sender.waiting if self._sender else 0

    def note(self, text: str) -> None:
        """Put a remark into the ``note`` of the next record."""
        with self._lock:
            self._notes.append(plain_text(text))

    def write(self, snapshot: Snapshot | ANETSnapshot, **extra: Any) -> None:
        """Write one record.

        Args:
            snapshot: What ``Monitor.update`` or ``anet_lite.snapshot`` returned.
            **extra: The user's columns; one that is left out or None is empty. Numbers, flags or texts: a column holds
                what it held first. With an ``ANETSnapshot``, which doesn't know them, also ``step``, ``loss``,
                ``grad_norm``, ``step_norm``, ``noise`` and ``lr``.

        Raises:
            TypeError: A value is not of its column's kind.
            ValueError: There is no such column (later ones are to be named in ``Recorder(extra=...)``), the recorder is
                closed, or this process isn't the one that opened it.

        """
        with self._lock:
            if self._over:
                raise AnetValueError(self._over)
            self._reach()
            extra = {**self._named(snapshot, extra), **{name: _sayable(value) for name, value in extra.items()}}
            if self._tags:
                extra.setdefault("tags", self._tags)
            lines = self._lines or self._begin(snapshot, extra)
            note = self._note() if self._notes or self._missing else ""
            line = lines.line(snapshot, extra, time.time(), self.records, _explanation(snapshot), note)
            self._lines = lines
            self._append(lines, line)
            if self.lost and isinstance(snapshot, Snapshot):
                snapshot._set_records_lost(self.lost)  # pyright: ignore[reportPrivateUsage]

    def close(self) -> None:
        """Close the file; Parquet is made, and the rest sent to a board, now. A second call does nothing."""
        with self._lock:
            if self._over:
                return
            self._over = f"the recorder of {self.path} is closed"
            if self._form == "parquet" and self._file is not None:
                self._convert()
            if self._sender:
                self._leave(self._sender)
            self._drop()

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _reach(self) -> None:
        """Open the file where it is not open, or no more the one that it was; the next record says so."""
        if self._file is not None and not self._file.is_as_left():
            self._notes.append("the file before this record was renamed, deleted or cut by another program")
            self._drop()
            self._take_new_spool()
        elif self._file is not None and self._sender and self._sender.is_done_with(self._file.size):
            self._take_new_spool()
        if self._file is None and time.monotonic() >= self._retry_at:
            try:
                self._open()
            except ValueError as error:
                self._report(error)

    def _open(self) -> None:
        """Open the file and learn its columns; where that is impossible for now, say so once."""
        try:
            self._file = LineFile(self._lines_at)
            try:
                known = of_file(self._at, self._lines_at, self._file.tail())
                self._check(known)
                repaired = self._file.repair()  # only now: the file may have been somebody else's
            except BaseException:
                self._drop()
                raise
        except OSError as error:
            self._report(error)
            return
        if repaired:
            self._notes.append(repaired)
        if known is not None:
            # Names and order are the file's; where it does not show a kind, the caller gives it.
            self._fixed = True
            self._kinds = {name: kind or self._kinds.get(name, "") for name, kind in known.items()}

    def _check(self, known: dict[str, str] | None) -> None:
        """Refuse a file that came into the place of ours with other columns."""
        if known is not None and self._lines is not None:
            ours = [name for name, _ in self._lines.columns][len(RecordLines("jsonl").columns) - 1 : -1]
            if list(known) != ours:
                raise AnetValueError(
                    f"path must be a file with the columns of this recorder, and {self._at} has others"
                )

    def _begin(self, snapshot: Snapshot | ANETSnapshot, extra: dict[str, Any]) -> RecordLines:
        # An ANETSnapshot does not know these.
        own = () if isinstance(snapshot, Snapshot) else ("step", *SIGNALS)
        kinds = dict(self._kinds)
        for name, value in extra.items():
            if not kinds.get(name) and name not in own and (name in kinds or not self._fixed):
                kinds[name] = kind_of(name, float if value is None else type(value))  # pyright: ignore[reportUnknownArgumentType]
        return RecordLines(
            "csv" if self._form == "csv" else "jsonl", [(name, kind or "number") for name, kind in kinds.items()]
        )

    def _named(self, snapshot: Snapshot | ANETSnapshot, extra: dict[str, Any]) -> dict[str, float | None]:
        """Return the named signals that have a column, or get one in the first record."""
        if not isinstance(snapshot, Snapshot) or not (known := snapshot._known_signals):  # pyright: ignore[reportPrivateUsage]
            return {}
        columns = dict(self.columns) if self._lines or self._fixed else dict.fromkeys(known)
        without = [name for name in known if name not in columns and name not in extra]
        if without:
            self._warn_signal(
                f"{self.path} has no column for {', '.join(without)}, which came after its first record: name it in "
                f"Monitor(signals=[...]); this is said once"
            )
        return {name: snapshot.signals.get(name) for name in known if name in columns}

    def _append(self, lines: RecordLines, line: bytes) -> None:
        file = self._file
        if file is None:
            self._lose()
            return
        try:
            file.append(line if file.size else lines.header() + line)
        except OSError as error:
            self._lose()
            self._report(error)
            self._drop()
            return
        except BaseException:
            # Ctrl-C may have come within the line: the next record opens the file again, which repairs it.
            self._drop()
            raise
        self.records += 1
        self._tags = ""
        if self._notes or self._missing:
            self._missing = 0
            self._notes.clear()
        if self._sender:
            self._send(self._sender)

    def _send(self, sender: Sender) -> None:
        sender.wake()
        if sender.trouble:
            self._warn_away(
                f"records of {self.path} wait in {sender.path} ({sender.trouble}): training goes on, and they are sent "
                "once the board takes them; this is said once"
            )

    def _take_new_spool(self) -> None:
        if self._sender:
            self._at = self._lines_at = self._sender.begin_anew()
            self._drop()  # only now: nobody else can have taken the old one for theirs

    def _leave(self, sender: Sender) -> None:
        if not sender.close():
            self._warn_left(
                f"{sender.waiting} records of {self.path} wait in {sender.path} ({sender.trouble or 'no answer yet'}): "
                "the next Recorder of that address sends them"
            )

    def _lose(self) -> None:
        self.lost += 1
        self._missing += 1

    def _note(self) -> str:
        missing = [f"{self._missing} records before this one are lost"] if self._missing else []
        return "; ".join([*self._notes, *missing])

    def _convert(self) -> None:
        from anet_lite.records.to_parquet import convert

        kinds = self._lines or RecordLines("jsonl", [(name, kind or "number") for name, kind in self._kinds.items()])
        try:
            convert(self._lines_at, self._at, kinds.columns)
        except (OSError, ValueError) as error:
            self._warn_unmade(f"{self.path} could not be made ({error}); the records stand in {self._lines_at}")

    def _report(self, error: Exception) -> None:
        self._retry_at = time.monotonic() + _AGAIN
        self._warn_lost(f"records are being lost: {self._lines_at} cannot be written ({error}); this is said once")

    def _drop(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


def _sender_of(path: str, token: str) -> Sender | None:
    """Return what sends records, where they go to a board and not into a file."""
    if not path.lower().startswith(("http://", "https://")):
        if token:
            raise AnetValueError("token must be left out where path is a file: only a board asks for one")
        return None
    from anet_lite.records.board_address import BoardAddress
    from anet_lite.records.sender import Sender

    return Sender(BoardAddress(path, token))


def _sayable(value: Any) -> Any:
    return plain_text(value) if isinstance(value, str) else value


def _explanation(snapshot: Snapshot | ANETSnapshot) -> str:
    if not isinstance(snapshot, Snapshot) or not snapshot.alarms:
        return ""
    from anet_lite.diagnosis import explain

    return str(explain(snapshot))


def _let_go(recorder: Recorder) -> None:
    recorder._lock = threading.RLock()  # pyright: ignore[reportPrivateUsage]  # another thread may have held it
    recorder._drop()  # pyright: ignore[reportPrivateUsage]
    recorder._over = f"the recorder of {recorder.path} belongs to another process: make one of your own"  # pyright: ignore[reportPrivateUsage]


_recorders = in_forked_child(_let_go)


def _close_all() -> None:
    for recorder in list(_recorders):
        if recorder._sender and not recorder._over:  # pyright: ignore[reportPrivateUsage]
            recorder._sender.hurry()  # pyright: ignore[reportPrivateUsage]  # all of them share the few seconds
    for recorder in list(_recorders):
        recorder.close()


atexit.register(_close_all)
