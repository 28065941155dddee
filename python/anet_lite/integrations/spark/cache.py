"""Scorers that a worker keeps from one batch to the next, so that their pages need not be read again."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable

STALE_ROUNDS = 8
"""An entry is stale after this many lookups for each entry of the cache, none of them of its key.

Batches visit their keys in turn, so a key that is still scored is looked up about once a round. A stale entry costs
nothing but memory, so 8 leaves room for keys that miss a few batches; it is not fitted to data.
"""


class Entry(NamedTuple):
    """A scorer or a bucket, its manifest, the bytes of its pages by number, and the lookup at which it was put here."""

    scorer: Any
    manifest: bytes
    pages: dict[int, int]
    clock: int


class Cache:
    """Scorers by key, up to a limit of bytes of pages.

    An entry is valid only for the manifest that it was put with. The stored manifest is another one after a failed
    attempt, or where another worker has gone on with the key. When the cache is full, what came first stays. Batches
    visit their keys in the same order again and again: to drop the least recently used would drop each just before its
    turn.
    """

    def __init__(self) -> None:
        self._entries: OrderedDict[Hashable, Entry] = OrderedDict()
        self._bytes = 0
        self._clock = 0

    def take(self, key: Hashable, manifest: bytes | None) -> Entry | None:
        """Remove the scorer of a key and return it, if it has this manifest."""
        entry = self.take_any(key)
        return entry if entry is not None and entry.manifest == manifest else None

    def take_any(self, key: Hashable) -> Entry | None:
        """Remove the scorer of a key and return it, whatever its manifest."""
        self._clock += 1
        return self._drop(key)

    def put(self, key: Hashable, scorer: Any, manifest: bytes, pages: dict[int, int], limit: int) -> None:
        """Keep a scorer, if there is room."""
        self._drop(key)
        size = sum(pages.values())
        while self._bytes + size > limit and self._entries:
            oldest, entry = next(iter(self._entries.items()))
            if self._clock - entry.clock <= STALE_ROUNDS * len(self._entries):
                return
            self._drop(oldest)
        if size <= limit:
            self._entries[key] = Entry(scorer, manifest, pages, self._clock)
            self._bytes += size

    def forget(self, key: Hashable) -> None:
        """Remove the scorer of a key."""
        self._drop(key)

    def clear(self) -> None:
        """Remove all."""
        self.__init__()

    def _drop(self, key: Hashable) -> Entry | None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= sum(entry.pages.values())
        return entry

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def nbytes(self) -> int:
        """Bytes of all pages of the scorers kept."""
        return self._bytes


CACHE = Cache()
"""One for each worker process, which lives on from batch to batch."""
