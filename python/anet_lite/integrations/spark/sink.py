"""Files in which every scored row stands once, whatever was killed while they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.errors import AnalysisException

from anet_lite.integrations.spark.commit_log import LOG, batches, check_pair, check_whole
from anet_lite.integrations.spark.idle_mode import check_idle

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.streaming.query import StreamingQuery


def write_exactly_once(df: DataFrame, path: str, checkpoint: str, **trigger: Any) -> StreamingQuery:
    """Write a streaming DataFrame to Parquet files; each row is committed once, with the state that gave it.

    Read the files with ``read_committed``. A batch that is killed leaves files that no commit names, and a reader that
    lists the folder, as pandas, DuckDB or Polars do, sees their rows doubled.

    Args:
        df: What to write, such as ``score_stream`` returns.
        path: Folder for the files; of one checkpoint only.
        checkpoint: Folder for progress and state, the query's own; a query that is started on it again goes on.
        trigger: When a batch begins, as for ``DataStreamWriter.trigger``: ``processingTime="1 minute"``,
            ``availableNow=True``. Few large batches cost less than many small ones.

    Raises:
        ValueError: ``df`` is static; ``path`` and ``checkpoint`` are not of one query; the rows in ``path`` have other
            columns; ``idle_ttl`` was added since the checkpoint began, or taken away.

    """
    if not df.isStreaming:
        raise ValueError("df must be streaming, got a static DataFrame: df.write writes each row of it once")
    path, checkpoint = path.rstrip("/"), checkpoint.rstrip("/")
    check_pair(df.sparkSession, path, checkpoint)
    check_idle(df, checkpoint)
    _check_columns(df, path)
    writer = df.writeStream.format("parquet").outputMode("append").option("checkpointLocation", checkpoint)
    if trigger:
        writer = writer.trigger(**trigger)
    return writer.start(path)


def _check_columns(df: DataFrame, path: str) -> None:
    """Refuse to go on with other columns: a reader takes those of the first file, and would not see the new ones."""
    if not batches(df.sparkSession, f"{path}/{LOG}"):
        return
    try:
        present = _columns(df.sparkSession.read.parquet(path))
    except AnalysisException as error:
        if "UNABLE_TO_INFER_SCHEMA" in str(error.getCondition()):  # every batch so far was empty
            return
        raise
    given = _columns(df)
    if present != given:
        gone = ", ".join(sorted(set(present) - set(given))) or "none"
        new = ", ".join(sorted(set(given) - set(present))) or "none"
        raise ValueError(
            f"the rows in {path} must keep their columns and the order of these, or a reader would not see the new ones: "
            f"missing now: {gone}; new: {new}"
        )


def _columns(df: DataFrame) -> list[str]:
    return [f"{name} {kind}" for name, kind in df.dtypes]


def read_committed(spark: SparkSession, path: str) -> DataFrame:
    """Read what ``write_exactly_once`` has committed, and nothing else.

    Args:
        spark: A session, also one of Spark Connect.
        path: The folder that was written.

    Raises:
        FileNotFoundError: The folder has no commit log, or one from which files were removed, so the rows that count
            are not known.

    """
    path = path.rstrip("/")
    check_whole(path, batches(spark, f"{path}/{LOG}"))
    return spark.read.parquet(path)
