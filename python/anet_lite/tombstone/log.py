"""A log of tombstones, as its one writer has it."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from anet_lite._internal.forked_child import in_forked_child
from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.plain_text import plain_text
from anet_lite._internal.warn_once import WarnOnce
from anet_lite._native import AnetValueError
from anet_lite.tombstone.canonical import digest, dumps, require
from anet_lite.tombstone.fields import bearable, fields_of
from anet_lite.tombstone.log_file import LogFile
from anet_lite.tombstone.verify import verify

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping
    from types import TracebackType

    from anet_lite.tombstone.chain import Record


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
        ...     record = log.tombstone(
        ...         event="forget",
        ...         policy="ttl",
        ...         scope={"layers": ["L12", "L13"]},
        ...         evidence={"theta": 0.42, "precursor_z": float("inf")},
        ...     )
        ...     with log.action(event="rollback", policy="drift", evidence={"theta": 0.42}) as outcome:
        ...         outcome["step"] = 1200
        >>> record["seq"], record["evidence"], record["operator"]
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
        hashes = {
            "config": None if config is None else _hash("config", config),
            "reference": None if reference is None else _hash("reference", [float(x) for x in reference]),
        }
        self._file = LogFile(self.path, run_id, hashes)
        self._lock = threading.RLock()
        self._warn = WarnOnce()
        self._closed = False
        self._process = os.getpid()
        _logs.add(self)
        try:
            self._file.open()
        except OSError as error:
            self._report(error)

    @property
    def lost(self) -> int:
        """Records that could not be written since the last that could."""
        return self._file.lost

    @property
    def records(self) -> int:
        """Records in the log, with its header."""
        return self._file.reader.seq

    @property
    def head(self) -> str:
        """The hash of the newest record: what ``--expect-head`` takes. Put it into the checkpoint or the tracker."""
        return self._file.reader.hash

    def holds(self, head: str) -> bool:
        """Whether the log, as it is on the disk, is whole and has a record with this hash.

        For the head that a checkpoint brings back: without it, records were cut off, or it is another run's log.
        """
        try:
            return verify(self._file.path, head).fault is None
        except OSError:
            return False

    @property
    def run_id(self) -> str | None:
        """The name of the run; None while nothing could be written."""
        return self._file.run_id

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
        return self._write(fields_of(event, policy, scope, evidence, operator))

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
        return self._write({**fields_of(event, policy, scope, evidence, operator), "phase": "intent"})

    def settle(self, intent: Record, outcome: str = "done", evidence: Any = None) -> Record:
        """Write down what came of an intent."""
        kept = {name: intent[name] for name in ("event", "policy", "scope", "operator")}
        fields = {**kept, "evidence": bearable(evidence), "outcome": plain_text(outcome), "phase": "outcome"}
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
            self.settle(intent, f"failed: {type(error).__name__}: {plain_text(error)}", result)
            raise
        self.settle(intent, "done", result)

    def close(self) -> None:
        """Let go of the log. What was written is on the disk already."""
        with self._lock:
            self._closed = True
            self._file.close()

    def __enter__(self) -> TombstoneLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    def _write(self, fields: Record) -> Record:
        """Append one record. Whatever happens to the disk, the caller goes on."""
        if os.getpid() != self._process:
            raise AnetValueError(f"{self.path} was opened before a fork: only the process that opened it can write")
        with self._lock:
            if self._closed:
                raise AnetValueError(f"{self.path} is closed")
            try:
                return self._file.append(fields)
            except (OSError, AnetValueError) as error:
                self._file.lost += 1
                self._file.close()
                self._report(error)
                return fields
            except BaseException:
                # Ctrl-C may have come between the write and what is known of it: the next write reads the file again.
                self._file.close()
                raise

    def _report(self, error: Exception) -> None:
        self._warn(f"tombstones are being lost: {self.path} cannot be written ({error}); this is said once")


def _hash(name: str, value: object) -> str:
    try:
        return digest(dumps(to_jsonable(value)))
    except RecursionError:
        raise AnetValueError(f"{name} must not hold itself, nor be nested more deeply than Python can follow") from None


def _let_go(log: TombstoneLog) -> None:
    log._lock = threading.RLock()  # pyright: ignore[reportPrivateUsage]  # another thread may have held it
    log._file.close()  # pyright: ignore[reportPrivateUsage]


_logs = in_forked_child(_let_go)
