"""The file in which records wait for a board: what it holds is sent, and a kill of either side loses none of it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_BATCH = 1 << 18
"""Bytes that are sent at a time; a longer line goes alone."""


@dataclass
class Spool:
    """A spool, and how much of it the board is known to have."""

    path: str
    sent: int | None = None
    """Bytes; None where the board has not been asked, after a kill."""

    @property
    def name(self) -> str:
        """Its random name: no other spool ever has it."""
        return self.path.split(".")[-2]

    @property
    def size(self) -> int:
        """Its bytes; 0 where it is gone."""
        try:
            return os.path.getsize(self.path)
        except OSError:
            return 0

    @property
    def waiting(self) -> int:
        """Its whole lines that the board is not known to have."""
        count, at = 0, self.sent or 0
        while batch := self.batch(at):
            count, at = count + batch.count(b"\n"), at + len(batch)
        return count

    def batch(self, at: int) -> bytes:
        """Return some whole lines from a byte on; none where the spool is gone."""
        try:
            with open(self.path, "rb") as file:
                file.seek(at)
                lines = file.read(_BATCH)
                while b"\n" not in lines and (more := file.read(_BATCH)):
                    lines += more
        except OSError:
            return b""
        return lines[: lines.rfind(b"\n") + 1]


def earlier_spool(url: str, name: str) -> Spool | None:
    """Return the oldest spool of an address that an earlier recorder left."""
    stem, folder = _stem(url, name), _folder()
    found = sorted(folder.glob(f"{stem}.*.jsonl"), key=lambda path: path.stat().st_mtime)
    return Spool(str(found[0])) if found else None


def new_spool(url: str, name: str) -> Spool:
    """Return a spool that nobody has used."""
    return Spool(str(_folder() / f"{_stem(url, name)}.{secrets.token_hex(8)}.jsonl"), sent=0)


def _stem(url: str, name: str) -> str:
    return f"{name[:40].replace('.', '-')}-{sha256(url.encode()).hexdigest()[:12]}"


def _folder() -> Path:
    states = os.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    return Path(states) / "anet-lite" / "spool"
