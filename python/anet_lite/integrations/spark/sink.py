"""Files in which every scored row stands once, whatever was killed while they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.streaming.query import StreamingQuery

LOG = "_spark_metadata"


def write_exactly_once(df: DataFrame, path: str, checkpoint: str, **trigger: Any) -> StreamingQuery:
    """Write a streaming DataFrame to Parquet files; each row is committed once, with the state that gave it.

    Read the files with ``read_committed``. A batch that is killed leaves files that no commit names, and a reader that
    lists the folder, as pandas, DuckDB or Polars do, sees their rows doubled.

    Args:
        df: What to write, such as ``score_stream`` returns.
        path: Folder for the files.
        checkpoint: Folder for progress and state, the query's own; a query that is started on it again goes on.
        trigger: When a batch begins, as for ``DataStreamWriter.trigger``: ``processingTime="1 minute"``,
            ``availableNow=True``. Few large batches cost less than many small ones.

    Raises:
        ValueError: ``df`` is static.

    """
    if not df.isStreaming:
        raise ValueError("df must be streaming, got a static DataFrame: df.write writes each row of it once")
    writer = df.writeStream.format("parquet").outputMode("append").option("checkpointLocation", checkpoint)
    if trigger:
        writer = writer.trigger(**trigger)
    return writer.start(path)


def read_committed(spark: SparkSession, path: str) -> DataFrame:
    """Read what ``write_exactly_once`` has committed, and nothing else.

    Args:
        spark: A session.
        path: The folder that was written.

    Raises:
        FileNotFoundError: The folder has no commit log, so the rows that count are not known.

    """
    if not _exists(spark, f"{path.rstrip('/')}/{LOG}"):
        raise FileNotFoundError(f"{path} has no commit log ({LOG}): no batch of write_exactly_once was committed there")
    return spark.read.parquet(path)


def _exists(spark: SparkSession, path: str) -> bool:
    """Ask Hadoop, which knows every kind of path that Spark does."""
    context: Any = spark.sparkContext
    folder = context._jvm.org.apache.hadoop.fs.Path(path)
    return folder.getFileSystem(context._jsc.hadoopConfiguration()).exists(folder)
