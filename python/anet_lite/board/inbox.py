"""What is sent to a board, as files below its folder: each line once, each file with one writer."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from anet_lite._internal.json_line import object_of
from anet_lite._internal.run_name import run_name
from anet_lite.board.claim import Claim, claim_path, load_claim
from anet_lite.board.folder import may_be_run
from anet_lite.records.line_file import LineFile

_LEASE = 60.0
"""Seconds without a word from a writer after which another one gets its name."""
_OPEN = 200
"""Files that are kept open, each against other writers on this machine."""


class RefusedError(Exception):
    """Lines that are not taken: an HTTP status, and a sentence for the writer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status: int = status


@dataclass(frozen=True)
class Sent:
    """A post of a writer."""

    lines: bytes
    spool: str
    at: int
    after: str
    is_over: bool


class Inbox:
    """Takes lines for runs.

    Args:
        folder: The folder of the board.

    """

    def __init__(self, folder: str) -> None:
        self._folder = os.path.realpath(folder)
        self._lock = threading.Lock()
        self._runs: OrderedDict[str, _Incoming] = OrderedDict()
        self._heard: dict[str, float] = {}
        self._began = time.monotonic()

    def take(self, name: str, sent: Sent) -> int:
        """Write what of the lines a run does not have yet; return how much of their spool it has now.

        Raises:
            RefusedError: They are not taken, for the reason that it gives.

        """
        name = _checked(name, sent)
        with self._lock:
            try:
                return self._take(name, sent)
            except OSError as error:
                self._close(name)
                raise RefusedError(507, f"the board cannot write {name}.jsonl ({error.strerror or error})") from error

    def close(self) -> None:
        """Close all files."""
        with self._lock:
            for name in list(self._runs):
                self._close(name)

    def _take(self, name: str, sent: Sent) -> int:
        run = self._opened(name)
        if run.claim.spool != sent.spool:
            self._refuse_another(name, run.claim, sent)
            run.give_to(sent.spool)
        self._heard[name] = time.monotonic()
        at = run.take(sent)
        if sent.is_over:
            self._close(name)
        return at

    def _refuse_another(self, name: str, claim: Claim, sent: Sent) -> None:
        silent = time.monotonic() - self._heard.get(name, self._began)
        if not claim.is_over and claim.spool != sent.after and silent < _LEASE:
            raise RefusedError(409, f"the name {name} is in use by another writer")

    def _opened(self, name: str) -> _Incoming:
        run = self._runs.get(name)
        if run and not run.is_as_left():
            self._close(name)
            run = None
        self._runs[name] = run or _Incoming(self._folder, name)
        self._runs.move_to_end(name)
        while len(self._runs) > _OPEN:
            self._close(next(iter(self._runs)))
        return self._runs[name]

    def _close(self, name: str) -> None:
        if run := self._runs.pop(name, None):
            run.close()


class _Incoming:
    """The file of one run."""

    def __init__(self, folder: str, name: str) -> None:
        path = os.path.join(folder, *f"{name}.jsonl".split("/"))
        if os.path.realpath(path) != path:
            raise RefusedError(403, f"the name {name} leads through a link on the board")
        self._claim_path = claim_path(path)
        known = load_claim(self._claim_path)
        if known is None and os.path.exists(path):
            raise RefusedError(409, f"the board has a file {name}.jsonl that was not sent to it: take another name")
        self.claim: Claim = known or Claim()
        try:
            self._file = LineFile(path)
        except ValueError:
            raise RefusedError(409, f"the name {name} is in use by another writer") from None
        self.close, self.is_as_left = self._file.close, self._file.is_as_left
        try:
            self._settle()
        except OSError:
            self.close()
            raise

    def _settle(self) -> None:
        """Cut off what a kill of the board left of a line, which comes again.

        Where somebody else cut or deleted the file, what the spool still has comes again, too.
        """
        self._file.repair()
        if self.claim.start > self._file.size:
            self.claim.start = self._file.size
            self.claim.save(self._claim_path)

    def give_to(self, spool: str) -> None:
        self.claim.give_to(spool, self._file.size)
        self.claim.is_over = False
        self.claim.save(self._claim_path)

    def take(self, sent: Sent) -> int:
        has = self._file.size - self.claim.start
        if sent.at <= has < sent.at + len(sent.lines):
            self._file.append(sent.lines[has - sent.at :])
        if sent.is_over != self.claim.is_over:
            self.claim.is_over = sent.is_over
            self.claim.save(self._claim_path)
        return self._file.size - self.claim.start


def _checked(name: str, sent: Sent) -> str:
    try:
        name = run_name(name)
    except ValueError as error:
        raise RefusedError(400, str(error)) from None
    if not may_be_run(f"{name.rpartition('/')[2]}.jsonl"):
        raise RefusedError(400, f"the name {name} is one that a board does not show: take another")
    lines = sent.lines.split(b"\n")
    if lines.pop() or not all(object_of(line) is not None for line in lines):
        raise RefusedError(400, "what was sent is no JSON lines, an object each")
    return name
