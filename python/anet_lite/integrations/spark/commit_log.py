"""What the commit log of an output folder and the progress of a checkpoint say of each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pyspark.errors import AnalysisException

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOG = "_spark_metadata"
BATCH = re.compile(r"(\d+)(\.compact)?$")


def batches(spark: SparkSession, folder: str) -> dict[int, bool]:
    """Return the numbers of the batches in a log of Spark's, and whether each entry holds all before it.

    Hadoop lists the folder, for it knows every kind of path that Spark does. Spark Connect gives no way to it: there
    the folder is known to exist or not, and stands for one entry that holds all.
    """
    jvm: Any = getattr(spark, "_jvm", None)
    if jvm is None:
        return {0: True} if _is_there(spark, folder) else {}
    path, session = jvm.org.apache.hadoop.fs.Path(folder), getattr(spark, "_jsparkSession")  # noqa: B009
    files = path.getFileSystem(session.sessionState().newHadoopConf())
    if not files.exists(path):
        return {}
    found = [BATCH.fullmatch(status.getPath().getName()) for status in files.listStatus(path)]
    return {int(match[1]): match[2] is not None for match in found if match}


def _is_there(spark: SparkSession, folder: str) -> bool:
    try:
        spark.read.format("binaryFile").load(folder).select("path").limit(1).collect()
    except AnalysisException as error:
        if "PATH_NOT_FOUND" in str(error.getCondition()):
            return False
        raise
    return True


def check_pair(spark: SparkSession, path: str, checkpoint: str) -> None:
    """Refuse a checkpoint and a folder that are not of one query.

    A sink skips every batch that its log names already: its rows, and the state that they would make, are lost without
    a word. A batch is planned in the checkpoint, then in the log, then committed in the checkpoint, so the log is never
    ahead of the plan nor behind the commit.

    Raises:
        ValueError: The log is ahead of the checkpoint, or behind it.

    """
    logged = max(batches(spark, f"{path}/{LOG}"), default=-1)
    planned = max(batches(spark, f"{checkpoint}/offsets"), default=-1)
    committed = max(batches(spark, f"{checkpoint}/commits"), default=-1)
    if logged > planned:
        raise ValueError(
            f"path and checkpoint must be of one query: {path} has batches that {checkpoint} does not know, and the "
            "rows of those would be lost; give a new checkpoint a new folder"
        )
    if logged < committed:
        raise ValueError(
            f"path and checkpoint must be of one query: {checkpoint} has committed batches that {path} lacks, and "
            "their rows are not written again; begin a new checkpoint in a new folder"
        )


def check_whole(path: str, entries: dict[int, bool]) -> None:
    """Refuse a log that lacks batches, which Spark reads as an error of its own in Java.

    Raises:
        FileNotFoundError: There is no log, or entries are missing from it.

    """
    if not entries:
        raise FileNotFoundError(f"{path} has no commit log ({LOG}): no batch of write_exactly_once was committed there")
    first = max((batch for batch, whole in entries.items() if whole), default=0)
    missing = set(range(first, max(entries))) - set(entries)
    if missing:
        raise FileNotFoundError(
            f"the commit log of {path} ({LOG}) lacks batch {min(missing)}: files were removed from it"
        )
