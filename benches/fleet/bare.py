"""A processor that scores nothing: it reads and writes the state that the adapter would, and says the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.sql import Row
from pyspark.sql.streaming.stateful_processor import StatefulProcessor

from anet_lite import StreamDetector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import DataFrame

SCHEMA = "key string, at bigint, x double, anet struct<score: double, p_value: double, channel: int>"


class ReadAndWrite(StatefulProcessor):
    """Reads the manifest, writes a manifest and the pages that a batch of n rows changes."""

    def __init__(self, rows: int, page_bytes: int) -> None:
        detector = StreamDetector()
        detector.push_many([float(t % 7) for t in range(rows)])
        detector.changed_pages(page_bytes)
        detector.push_many([float(t % 5) for t in range(rows)])
        self.changed, self.manifest = detector.changed_pages(page_bytes), detector.manifest() + bytes(8)

    def init(self, handle: Any) -> None:
        """Declare the state."""
        self.manifests = handle.getValueState("manifest", "manifest binary")
        self.pages = handle.getMapState("pages", "number bigint", "page binary")

    def handleInputRows(self, key: Any, rows: Iterator[Row], timerValues: Any) -> Iterator[Row]:  # noqa: ARG002, N802
        """Read and write."""
        made, answer = Row("key", "at", "x", "anet"), {"score": 0.0, "p_value": 1.0, "channel": 0}
        said = [made(*row, answer) for row in rows]
        self.manifests.get()
        for number, page in self.changed.items():
            self.pages.updateValue((number,), (page,))
        self.manifests.update((self.manifest,))
        return iter(said)

    def close(self) -> None:
        """Nothing is left open."""


def read_and_write(df: DataFrame, rows: int, page_bytes: int = 65_536) -> DataFrame:
    """Stand where ``score_stream`` stands."""
    return df.groupBy("key").transformWithState(ReadAndWrite(rows, page_bytes), SCHEMA, "Append", "None")
