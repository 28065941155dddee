"""Whether a checkpoint was begun with `idle_ttl`: Spark never lets a live query add it or take it away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyspark.errors import AnalysisException

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

IDLE_MS = "anet_idle_ms"
"""What the metadata of a scored column says of its query: `idle_ttl` in milliseconds, 0 for none."""

NO_TIME = "NoTime"


def check_idle(df: DataFrame, checkpoint: str) -> None:
    """Refuse a frame whose column was scored with `idle_ttl` for a checkpoint that began without, and the reverse.

    Raises:
        ValueError: The two differ.

    """
    asked = {bool(field.metadata[IDLE_MS]) for field in df.schema.fields if IDLE_MS in field.metadata}
    if len(asked) != 1:  # no scored column, or several, which Spark will compare itself
        return
    began = _time_modes(df.sparkSession, checkpoint)
    if began and began != asked:
        had, has = ("with", "without") if began == {True} else ("without", "with")
        raise ValueError(
            f"idle_ttl is chosen with a checkpoint: {checkpoint} began {had} it, and this query is {has} it; keep it as "
            "it was, or begin a new checkpoint in a new folder"
        )


def _time_modes(spark: SparkSession, checkpoint: str) -> set[bool]:
    """Return whether the operators of a checkpoint know time, as Spark wrote it there with their first batch."""
    try:
        lines = spark.read.text(f"{checkpoint}/state/*/_metadata/v2/*").collect()
    except AnalysisException as error:
        if "PATH_NOT_FOUND" in str(error.getCondition()):
            return set()
        raise
    return {mode != NO_TIME for (line,) in lines for mode in _modes(line)}


def _modes(line: str) -> list[str]:
    """Read a line of Spark's: a version, or JSON whose properties are JSON again."""
    if not line.startswith("{"):
        return []
    operator: dict[str, Any] = json.loads(line)
    properties: dict[str, Any] = json.loads(operator.get("operatorPropertiesJson") or "{}")
    return [properties["timeMode"]] if "timeMode" in properties else []
