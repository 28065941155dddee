"""Fleets of streams on Spark Structured Streaming: one scorer a key, exactly once, whatever is killed meanwhile.

`score_stream` scores a DataFrame, streaming or static; `write_exactly_once` and `read_committed` keep its rows from
being doubled; `session` and `CONF` set Spark up for it. In the order of the data's way: `java` and `spark_session`
start Spark, `order` encodes the column that orders rows, `rows` sorts the rows of a key and finds the late ones,
`cache` keeps scorers between batches, `processor` scores the rows of one key, `output_column` makes a column of the
scores. `bucket_stream`, `buckets` and `bucket_log` do this for many keys at a time, `static_table` for a table that is
finished and needs no state. `empty_batches` warns of batches without inputs. `commit_log` and `idle_mode` compare a job
with its folder and its checkpoint, and `stream` and `sink` are what a job calls.
"""

from anet_lite._internal.optional_import import need

need("pyspark", "spark")

from anet_lite.integrations.spark.sink import read_committed, write_exactly_once  # noqa: E402
from anet_lite.integrations.spark.spark_session import CONF, session  # noqa: E402
from anet_lite.integrations.spark.stream import score_stream  # noqa: E402

__all__ = ["CONF", "read_committed", "score_stream", "session", "write_exactly_once"]
