"""The log's one writer."""

from __future__ import annotations

import os
import threading
import uuid
import warnings
import weakref
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from anet_lite._internal.file_lock import lock
from anet_lite._internal.jsonable import to_jsonable
from anet_lite._native import AnetValueError, __version__
from anet_lite.tombstone.canonical import digest, dumps, require
from anet_lite.tombstone.chain import VERSION, AlteredError, Reader, Record, mark, seal
from anet_lite.tombstone.disk import sync_folder, write_all, write_head
from anet_lite.tombstone.verify import verify

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping
    from types import TracebackType


class TombstoneLog:
    """An append-only log whose records are chained by SHA-256: ``anet-lite tombstones verify`` finds what was altered.

    One record a line, in canonical JSON (RFC 8785), on the disk (fsync) before the call returns. One writer a file:
    give each rank its own. A log that exists is continued; a line torn by a crash is kept and named by the next record.
    Where the disk is full or the path is read-only, that is reported once as a RuntimeWarning, training goes on,
    ``lost`` counts, and the next record that can be written says how many are missing. Beside the log, ``<log>.head``
    holds its newest hash; keep a copy elsewhere, for instance in the checkpoint: without one, nobody can tell whether
    records were cut off the end.

    Args:
        path: The log, such as ``tombstones.rank0.jsonl``. Folders are made.
        run_id: Name of the run; by default that of the log, or a new one.
        config: The run's configuration: its hash goes into the header.
        reference: The healthy reference series: its hash goes into the header.

    Raises:
        ImportError: The extra ``anet-lite[tombstone]`` is not installed.
        ValueError: Another writer has the log open, the log is altered, or it belongs to another run.

    Example:
        >>> import tempfile
        >>> from anet_lite import TombstoneLog
        >>> with tempfile.TemporaryDirectory() as folder, TombstoneLog(f"{folder}/run.jsonl") as log:
        ...     stone = log.tombstone(
        ...         event="forget",
        ...         policy="ttl",
        ...         scope={"layers": ["L12", "L13"]},
        ...         evidence={"theta": 0.42, "precursor_z": float("inf")},
        ...     )
        ...     with log.action(event="rollback", policy="drift", evidence={"theta": 0.42}) as outcome:
        ...         outcome["step"] = 1200
        >>> stone["seq"], stone["evidence"], stone["operator"]
        (1, {'theta': 0.42, 'precursor_z': 'Infinity'}, 'auto')
        >>> log.records, log.lost
        (4, 0)

    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        run_id: str | None = None,
        config: Mapping[str, Any] | None = None,
        reference: Iterable[float] | None = None,
    ) -> None:
        require()
        self.path: str = os.fspath(path)
        self.lost: int = 0
        self._attempt = uuid.uuid4().hex
        self._run_id = run_id
        self._hashes = {
            "config": None if config is None else digest(dumps(to_jsonable(config))),
            "reference": None if reference is None else digest(dumps(to_jsonable([float(x) for x in reference]))),
        }
        self._lock = threading.RLock()
        self._file: int | None = None
        self._reader = Reader()
        self._warned = self._closed = False
        self._process = os.getpid()
        _logs.add(self)
        try:
            self._open()
        except OSError as error:
            self._report(error)

    @property
    def records(self) -> int:
        """Records in the log, with its header."""
        return self._reader.seq

    @property
    def head(self) -> str:
        """The hash of the newest record: what ``--expect-head`` takes. Put it into the checkpoint or the tracker."""
        return self._reader.hash

    def holds(self, head: str) -> bool:
        """Whether the log, as it is on the disk, is whole and has a record with this hash.

        For the head that a checkpoint brings back: without it, records were cut off, or it is another run's log.
        """
        try:
            return verify(self.path, head).fault is None
        except OSError:
            return False

    @property
    def run_id(self) -> str | None:
        """The name of the run; None while nothing could be written."""
        return self._reader.header.get("run_id", self._run_id)

    def tombstone(
        self,
        *,
        event: str,
        policy: str,
        scope: Mapping[str, Any] | None = None,
        evidence: Any = None,
        operator: str = "auto",
    ) -> Record:
        """Write one record and return it; ``hash`` is missing in it where it could not be written.

        Args:
            event: What happened: forget, rollback, skip, lower_lr, alarm, note.
            policy: Why: ttl, compliance, drift, or another rule's name.
            scope: What it concerns, such as ``{"layers": ["L12"], "datasets": ["foo"]}``.
            evidence: The numbers behind it: a mapping, or a snapshot. Numbers that are not finite become texts.
            operator: Who decided: ``auto``, or a person's name.

        Raises:
            ValueError: The log is closed, or this process is not the one that opened it.

        """
        return self._write(_fields(event, policy, scope, evidence, operator))

    def intend(
        self,
        *,
        event: str,
        policy: str,
        scope: Mapping[str, Any] | None = None,
        evidence: Any = None,
        operator: str = "auto",
    ) -> Record:
        """Write down what is about to be done, before it is done. Give the record to ``settle`` afterwards."""
        return self._write({**_fields(event, policy, scope, evidence, operator), "phase": "intent"})

    def settle(self, intent: Record, outcome: str = "done", evidence: Any = None) -> Record:
        """Write down what came of an intent."""
        kept = {name: intent[name] for name in ("event", "policy", "scope", "operator")}
        outcome = str(to_jsonable(outcome))
        fields = {**kept, "evidence": _bearable(evidence), "outcome": outcome, "phase": "outcome"}
        return self._write({**fields, "intent": intent.get("seq")})

    @contextmanager
    def action(
        self,
        *,
        event: str,
        policy: str,
        scope: Mapping[str, Any] | None = None,
        evidence: Any = None,
        operator: str = "auto",
    ) -> Generator[dict[str, Any], None, None]:
        """Write the intent, run the block, write the outcome: ``done``, or the exception, which goes on.

        The block may fill the mapping that it gets: it becomes the evidence of the outcome. A process that dies within
        the block leaves an intent without an outcome, which is evidence too.
        """
        intent = self.intend(event=event, policy=policy, scope=scope, evidence=evidence, operator=operator)
        result: dict[str, Any] = {}
        try:
            yield result
        except BaseException as error:
            self.settle(intent, f"failed: {type(error).__name__}: {error}", result)
            raise
        self.settle(intent, "done", result)

    def close(self) -> None:
        """Let go of the log. What was written is on the disk already."""
        with self._lock:
            self._closed = True
            self._drop()

    def __enter__(self) -> TombstoneLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _write(self, fields: Record) -> Record:
        """Append one record. Whatever the disk says, the caller goes on."""
        if os.getpid() != self._process:
            raise AnetValueError(f"{self.path} was opened before a fork: only the process that opened it can write")
        with self._lock:
            if self._closed:
                raise AnetValueError(f"{self.path} is closed")
            try:
                if self._file is None:
                    self._open()
                return self._append(fields)
            except (OSError, AnetValueError) as error:
                self.lost += 1
                self._drop()
                self._report(error)
                return fields

    def _open(self) -> None:
        """Open, lock and read the log; go on where it ends, and say in it who goes on."""
        os.makedirs(os.path.dirname(os.path.abspath(self.path)), exist_ok=True)
        self._file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        try:
            if not lock(self._file):
                raise AnetValueError(f"path must be a log without another writer, and {self.path} has one")
            sync_folder(self.path)
            self._read()
            event = "attempt" if self._reader.header else "header"
            evidence = {**self._hashes, "package": f"anet-lite {__version__}"}
            self._append(_fields(event, "log", None, evidence, "auto"))
        except BaseException:
            self._drop()
            raise

    def _read(self) -> None:
        reader = Reader()
        try:
            with open(self.path, "rb") as file:
                for _ in reader.read(file):
                    pass
        except AlteredError as fault:
            raise AnetValueError(f"path must be a log that is whole, and {self.path} is altered: {fault}") from None
        known = reader.header.get("run_id")
        if known is not None and self._run_id not in (None, known):
            raise AnetValueError(f"run_id must be that of {self.path}, {known!r}, got {self._run_id!r}")
        self._run_id = known or self._run_id or uuid.uuid4().hex
        self._reader = reader

    def _append(self, fields: Record) -> Record:
        assert self._file is not None
        reader = self._reader
        names = {"v": VERSION, "seq": reader.seq, "time": _now(), "run_id": self._run_id, "attempt_id": self._attempt}
        record = {**names, **fields, "prev": reader.hash}
        if reader.torn:
            record["torn"] = mark(reader.torn)
        if self.lost:
            record["lost"] = self.lost
        line = seal(record)
        write_all(self._file, line if reader.ends_line else b"\n" + line)
        os.fsync(self._file)
        reader.ends_line, self.lost = True, 0
        reader.follow(record)
        write_head(self.path, record)
        return record

    def _report(self, error: Exception) -> None:
        if not self._warned:
            self._warned = True
            text = f"tombstones are being lost: {self.path} cannot be written ({error}); this is said once"
            warnings.warn(text, RuntimeWarning, stacklevel=4)

    def _drop(self) -> None:
        """Close the file; the next write reads it again, and so finds what a failed write has left there."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _fields(event: str, policy: str, scope: Mapping[str, Any] | None, evidence: Any, operator: str) -> Record:
    texts = {
        "event": str(to_jsonable(event)),
        "policy": str(to_jsonable(policy)),
        "operator": str(to_jsonable(operator)),
    }
    return {**texts, "scope": _bearable(scope), "evidence": _bearable(evidence)}


def _bearable(value: Any) -> Any:
    """Evidence that cannot be read, such as a list that holds itself, must not stop a training run."""
    try:
        return to_jsonable({} if value is None else value)
    except Exception as error:
        return {"unreadable": f"{type(value).__name__}: {type(error).__name__}"}


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


_logs: weakref.WeakSet[TombstoneLog] = weakref.WeakSet()


def _let_go() -> None:
    """Let a forked child, such as a data loader's worker, not hold the lock when the writer has died."""
    for log in list(_logs):
        log._drop()  # pyright: ignore[reportPrivateUsage]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
