"""Whole queries on one machine: columns of every type, static tables, files that count, and clear refusals."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
import warnings
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from anet_lite import Monitor, StreamDetector, StreamDetectorPool, StreamScorer
from anet_lite.integrations.spark import CONF, read_committed, score_stream, write_exactly_once
from anet_lite.integrations.spark.java import ensure_java

NEEDS = ("pyspark",)

pytestmark = pytest.mark.spark

KEYS, BATCH = ("a", "b", "c"), 40


def detector(key):
    return StreamDetector(key or "s")


def value(key, at) -> float:
    return ((at * 7 + ord(key)) % 23) / 23 + (5.0 if at == 70 else 0.0)


def write_batch(spark, folder, number, *, at=lambda at: at, kind="long") -> None:
    """Write a file with rows of each key, in no order."""
    made = [(key, at(t), value(key, t)) for key in KEYS for t in range(number * BATCH, (number + 1) * BATCH)]
    random.Random(number).shuffle(made)
    spark.createDataFrame(made, f"key string, at {kind}, x double").coalesce(1).write.mode("append").parquet(folder)


def read_stream(spark, folder, kind="long"):
    reader = spark.readStream.schema(f"key string, at {kind}, x double").option("maxFilesPerTrigger", 1)
    return reader.parquet(folder)


def scored(df, **options):
    # By value: the workers cannot import this module.
    options.setdefault("make", lambda key: StreamDetector(key or "s"))
    return score_stream(df, **{"key": "key", "order_by": "at", "inputs": ["x"], **options})


def run(df, folder, **trigger) -> None:
    query = write_exactly_once(df, f"{folder}/out", f"{folder}/checkpoint", **(trigger or {"availableNow": True}))
    query.awaitTermination()


def wanted(batches) -> dict:
    """What one process answers, row by row."""
    answers = {}
    for key in KEYS:
        found = detector(key).push_many([value(key, at) for at in range(batches * BATCH)])
        for at, (score, p_value) in enumerate(zip(found.score.tolist(), found.p_value.tolist())):
            answers[key, at] = (score, p_value)
    return answers


def got(df) -> dict:
    rows = df.collect()
    answers = {(row.key, row.at): (row.anet.score, row.anet.p_value) for row in rows}
    assert len(answers) == len(rows), "a row is doubled"
    return answers


def test_a_query_that_stops_and_starts_says_what_one_process_says(spark, tmp_path):
    for number in range(3):
        write_batch(spark, f"{tmp_path}/in", number)
        run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)
    assert got(read_committed(spark, f"{tmp_path}/out")) == wanted(3)


def test_a_static_table_is_scored_by_the_same_function(spark, tmp_path):
    for number in range(2):
        write_batch(spark, f"{tmp_path}/in", number)
    assert got(scored(spark.read.parquet(f"{tmp_path}/in"))) == wanted(2)


@pytest.mark.parametrize(
    ("kind", "at"),
    [
        # The night in which Berlin turns its clocks back: local times are not in order, or come twice.
        ("timestamp", lambda t: datetime.fromtimestamp(1_792_890_000 + 97 * t)),
        ("timestamp_ntz", lambda t: datetime(1969, 12, 31, 23, 59, 58, 999_999) + timedelta(milliseconds=100 * t)),
        ("date", lambda t: date(1969, 12, 1) + timedelta(days=t)),
        ("smallint", lambda t: t - 20),
        ("double", lambda t: (t - 20) / 7),
    ],
)
def test_rows_are_ordered_by_columns_of_every_type_that_has_an_order(spark, kind, at):
    made = [("a", at(t), value("a", t)) for t in range(BATCH)]
    random.Random(0).shuffle(made)
    table = spark.createDataFrame(made, f"key string, at {kind}, x double")
    found = scored(table)
    assert dict(found.dtypes)["at"] == kind
    pairs = [(row.at, row.x, row.anet.score) for row in found.orderBy("at").collect()]
    expected = detector("a").push_many([value("a", t) for t in range(BATCH)]).score.tolist()
    assert [score for _, _, score in pairs] == expected
    assert [at for at, _, _ in pairs] == [row.at for row in table.orderBy("at").collect()]


def test_every_class_of_scorer_says_its_columns(spark):
    table = spark.createDataFrame(
        [("a", t, 1.0 + t % 3, 1.0) for t in range(9)], "key string, at int, x double, y double"
    )
    nan = spark.createDataFrame([("a", 9, float("nan"), None)], "key string, at int, x double, y double")
    scorer = scored(table, make=lambda _: StreamScorer(window=2, scales=[3, 5]), output="novelty")
    last = scorer.orderBy("at").collect()[-1]
    assert sorted(last.novelty.per_scale) == [3, 5]
    assert last.novelty.combined == sum(last.novelty.per_scale.values()) / 2
    monitor = scored(table.union(nan), inputs=["x", "y"], make=lambda _: Monitor()).orderBy("at").collect()[-1]
    assert (monitor.anet.status, monitor.anet.alarms[0].rule, monitor.y) == ("failing", "nonfinite", None)
    wide = scored(table, inputs=["x", "y"], make=lambda _: StreamDetector(channels=2))
    assert dict(wide.dtypes)["anet"] == (
        "struct<score:double,p_value:double,held:boolean,expected:double,channel:int,joint:boolean>"
    )
    assert wide.count() == 9


def test_numbers_of_every_type_are_inputs(spark):
    made = [("a", t, t, Decimal(t), t % 2 == 0, str(t), None) for t in range(5)]
    columns = "key string, at int, whole int, exact decimal(9,2), yes boolean, text string, nothing float"
    names = ["whole", "exact", "yes", "text", "nothing"]
    found = scored(spark.createDataFrame(made, columns), inputs=names, make=lambda _: StreamDetector(channels=5))
    assert found.count() == 5


def test_a_query_that_falls_back_behind_an_earlier_batch_says_so(spark, tmp_path):
    for number in (1, 0):
        write_batch(spark, f"{tmp_path}/in", number)
    with pytest.raises(Exception, match=r"key '.' at 0: an earlier batch went past it, so the source does not keep"):
        run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)
    assert len(got(read_committed(spark, f"{tmp_path}/out"))) == len(KEYS) * BATCH


def test_a_poisoned_row_fails_the_query_by_name_and_loses_nothing_before_it(spark, tmp_path):
    schema = "key string, at long, x string"
    for number, poison in ((0, {}), (1, {("b", 55): "twelve"})):
        made = [
            (key, at, poison.get((key, at), str(value(key, at))))
            for key in KEYS
            for at in range(40 * number, 40 * number + 40)
        ]
        spark.createDataFrame(made, schema).coalesce(1).write.mode("append").parquet(f"{tmp_path}/in")
    stream = spark.readStream.schema(schema).option("maxFilesPerTrigger", 1).parquet(f"{tmp_path}/in")
    with pytest.raises(
        Exception, match="key 'b' at 55: inputs must be numbers: could not convert string to float: 'twelve'"
    ):
        run(scored(stream), tmp_path)
    assert got(read_committed(spark, f"{tmp_path}/out")) == wanted(1)


def test_idle_keys_are_forgotten_by_a_running_query(spark, tmp_path):
    write_batch(spark, f"{tmp_path}/in", 0)
    stream = scored(read_stream(spark, f"{tmp_path}/in"), idle_ttl=timedelta(milliseconds=1))
    query = write_exactly_once(stream, f"{tmp_path}/out", f"{tmp_path}/checkpoint", processingTime="1 second")
    try:
        assert any(waits(query, lambda progress: progress[0]["numInputRows"] == len(KEYS) * BATCH))
        assert any(waits(query, lambda progress: progress[-1]["stateOperators"][0]["numRowsTotal"] == 0))
    finally:
        query.stop()


def waits(query, true_of):
    """Ask whether it is true of the progress of a query, once a second for a minute."""
    for _ in range(60):
        progress = query.recentProgress
        yield bool(progress) and true_of(progress)
        query.awaitTermination(1)


def test_files_that_no_commit_names_are_not_read(spark, tmp_path):
    write_batch(spark, f"{tmp_path}/in", 0)
    run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)
    orphan = next(Path(tmp_path, "out").glob("part-*.parquet"))
    orphan.with_name("part-00009-orphan.parquet").write_bytes(orphan.read_bytes())
    assert got(read_committed(spark, f"{tmp_path}/out")) == wanted(1)


def test_a_folder_without_commits_is_refused(spark, tmp_path):
    write_batch(spark, f"{tmp_path}/in", 0)
    with pytest.raises(
        FileNotFoundError, match=r"/in has no commit log \(_spark_metadata\): no batch of write_exactly_once"
    ):
        read_committed(spark, f"{tmp_path}/in")


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"key": "name"}, ValueError, "df has no column name: it has key, at, x, note"),
        ({"inputs": []}, ValueError, "inputs must name at least one column, got none"),
        (
            {"inputs": ["x", "x"]},
            ValueError,
            "key, order_by, inputs and output must be different columns, got key, at, x, x, anet",
        ),
        ({"inputs": ["note"]}, TypeError, "inputs must be columns of numbers, got column note of type array<int>"),
        (
            {"order_by": "note"},
            TypeError,
            "order_by must be a timestamp, a date, an integer or a float, got column note of type array<int>",
        ),
        ({"on_late": "ignore"}, ValueError, "on_late must be 'raise', 'drop', 'score' or 'mark', got 'ignore'"),
        ({"on_bad": "skip"}, ValueError, "on_bad must be 'raise', 'drop', 'null' or 'mark', got 'skip'"),
        ({"idle_ttl": 60}, ValueError, "idle_ttl must be a positive timedelta or None, got 60"),
        (
            {"make": lambda _: 7},
            TypeError,
            "make must return a StreamDetector, a StreamScorer, a Monitor, or what answers like one, got int",
        ),
    ],
)
def test_wrong_arguments_are_named(spark, options, kind, text):
    table = spark.createDataFrame([("a", 1, 1.0, [1])], "key string, at int, x double, note array<int>")
    with pytest.raises(kind) as caught:
        scored(table, **options)
    assert str(caught.value) == text


def test_a_session_whose_state_would_lie_on_the_heap_is_refused_for_a_stream(spark, tmp_path):
    table = spark.createDataFrame([("a", 1, 1.0)], "key string, at int, x double")
    (name, provider), *_ = CONF.items()
    spark.conf.unset(name)
    try:
        with pytest.raises(
            ValueError, match=r"the session must keep state in RocksDB: set spark.sql.streaming.stateStore"
        ):
            scored(read_stream(spark, str(tmp_path)))
        assert scored(table).count() == 1
    finally:
        spark.conf.set(name, provider)


def test_a_static_table_is_not_written_as_a_stream(spark, tmp_path):
    with pytest.raises(
        ValueError, match=r"df must be streaming, got a static DataFrame: df.write writes each row of it once"
    ):
        write_exactly_once(spark.range(3), f"{tmp_path}/out", f"{tmp_path}/checkpoint")


# --- faults that an upgrade, a source or a hand brings ----------------------------------------------------------------


def test_a_new_checkpoint_on_a_folder_that_has_rows_is_refused(spark, tmp_path):
    write_batch(spark, f"{tmp_path}/in", 0)
    run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)
    with pytest.raises(
        ValueError, match=r"/out has batches that .*/new does not know, and the rows of those would be lost"
    ):
        write_exactly_once(scored(read_stream(spark, f"{tmp_path}/in")), f"{tmp_path}/out", f"{tmp_path}/new")


def test_a_checkpoint_whose_folder_was_removed_is_refused(spark, tmp_path):
    write_batch(spark, f"{tmp_path}/in", 0)
    run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)
    shutil.rmtree(tmp_path / "out")
    with pytest.raises(ValueError, match=r"/checkpoint has committed batches that .*/out lacks, and their rows"):
        run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)


def test_a_query_that_died_between_the_two_commits_goes_on(spark, tmp_path):
    write_batch(spark, f"{tmp_path}/in", 0)
    run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)
    for file in (tmp_path / "checkpoint" / "commits").iterdir():
        file.unlink()
    run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)
    assert got(read_committed(spark, f"{tmp_path}/out")) == wanted(1)


def test_a_commit_log_that_lacks_a_batch_is_one_sentence(spark, tmp_path):
    for number in range(2):
        write_batch(spark, f"{tmp_path}/in", number)
    run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)
    (tmp_path / "out" / "_spark_metadata" / "0").unlink()
    with pytest.raises(FileNotFoundError, match=r"out \(_spark_metadata\) lacks batch 0: files were removed from it"):
        read_committed(spark, f"{tmp_path}/out")


def test_what_changed_since_a_checkpoint_began_is_refused_by_name(spark, tmp_path):
    write_batch(spark, f"{tmp_path}/in", 0)
    run(scored(read_stream(spark, f"{tmp_path}/in")), tmp_path)
    for options, text in (
        ({"output": "novelty"}, r"out must keep their columns .* missing now: anet struct<.*>; new: novelty struct<.*>"),
        ({"on_bad": "mark"}, r"missing now: none; new: anet_fault string"),
        ({"idle_ttl": timedelta(days=7)}, r"/checkpoint began without it, and this query is with it; keep it as it was"),
    ):
        with pytest.raises(ValueError, match=text):
            run(scored(read_stream(spark, f"{tmp_path}/in"), **options), tmp_path)


def test_a_column_that_was_renamed_at_its_source_is_warned_of(spark, tmp_path):
    write_batch(spark, f"{tmp_path}/in", 0)
    stream = spark.readStream.schema("key string, at long, pressure double").parquet(f"{tmp_path}/in")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        run(scored(stream, inputs=["pressure"]), tmp_path)
        for _ in range(60):
            if told:
                break
            time.sleep(0.5)
    text = r"batch 0 of query .*: every input of its 120 rows is null, and anet scores them as gaps; was a column renamed"
    assert [bool(re.match(text, str(warning.message))) for warning in told] == [True]


def test_late_bad_and_empty_rows_are_counted_and_written_where_asked(spark, tmp_path):
    schema, files = "key string, at long, x string", ([1, 2, 9], [10, 5, 11])
    for ats in files:
        made = [("a", at, {10: "twelve", 11: None}.get(at, str(float(at)))) for at in ats]
        spark.createDataFrame(made, schema).coalesce(1).write.mode("append").parquet(f"{tmp_path}/in")
    stream = spark.readStream.schema(schema).option("maxFilesPerTrigger", 1).parquet(f"{tmp_path}/in")
    query = write_exactly_once(
        scored(stream, on_late="mark", on_bad="mark"), f"{tmp_path}/out", f"{tmp_path}/checkpoint", availableNow=True
    )
    query.awaitTermination()
    counts = [row.asDict() for progress in query.recentProgress if (row := progress["observedMetrics"].get("anet"))]
    assert counts[-2:] == [{"rows": 3, "late": 0, "bad": 0, "empty": 0}, {"rows": 3, "late": 1, "bad": 1, "empty": 1}]
    rows = read_committed(spark, f"{tmp_path}/out").orderBy("at").collect()
    marked = [(row.at, row.anet_fault, row.anet is None) for row in rows]
    scored_rows = [(at, None, False) for at in (1, 2, 9, 11)]
    assert marked == sorted([*scored_rows, (5, "late", True), (10, "bad", True)])


@pytest.mark.parametrize(
    ("choice", "left"), [("drop", [1, 2, 4]), ("null", [1, 2, 3, 4]), ("mark", [None, 1, 2, 3, 4])]
)
def test_bad_rows_of_a_table_are_left_out_scored_or_marked(spark, choice, left):
    made = [("a", 1, "1.0"), ("a", 2, "2.0"), ("a", 3, "x"), ("a", 4, "4.0"), ("a", None, "5.0")]
    found = scored(spark.createDataFrame(made, "key string, at int, x string"), on_bad=choice).orderBy("at").collect()
    assert [row.at for row in found] == left
    assert [row.x for row in found if row.at == 3] == ["x"] * (3 in left)


def test_an_error_of_a_worker_begins_with_its_sentence(spark):
    table = spark.createDataFrame([("b", 5, "twelve")], "key string, at long, x string")
    with pytest.raises(Exception, match="inputs must be numbers") as caught:
        scored(table).collect()
    assert str(caught.value).index("key 'b' at 5: inputs must be numbers") < 300
    assert "Traceback" not in str(caught.value)


def test_the_number_of_partitions_is_given(spark):
    from anet_lite.integrations.spark import session

    with pytest.raises(ValueError, match="partitions must be at least 1, got 0"):
        session("local[2]", partitions=0)
    before = spark.conf.get("spark.sql.shuffle.partitions")
    try:
        assert session("local[2]", partitions=7).conf.get("spark.sql.shuffle.partitions") == "7"
    finally:
        spark.conf.set("spark.sql.shuffle.partitions", before)


# --- what is missing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "text"),
    [
        (None, "Spark needs Java 17 or later, and none was found: install a whole OpenJDK 17 or later, such as Debian"),
        (
            'openjdk version "1.8.0_392"',
            r"Spark needs Java 17 or later, got 8 \(.*/bin/java\): install a whole OpenJDK",
        ),
        ('openjdk version "11.0.21" 2023-10-17', r"Spark needs Java 17 or later, got 11 \(.*/bin/java\): install"),
    ],
)
def test_a_missing_java_and_an_old_one_are_one_sentence(tmp_path, monkeypatch, version, text):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if version is not None:
        java = tmp_path / "bin" / "java"
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\necho '{version}' >&2\n", encoding="utf-8")
        java.chmod(0o755)
    with pytest.raises(RuntimeError, match=text) as caught:
        ensure_java()
    assert "\n" not in str(caught.value)


def test_a_java_without_the_module_that_spark_asks_for_is_named_before_it_starts(tmp_path, monkeypatch):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"17.0.9\"'; echo java.base@17.0.9\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(RuntimeError, match=r"module jdk.incubator.vector, which .*/bin/java lacks: install a whole"):
        ensure_java()


def test_the_java_that_is_advised_starts_with_nothing_else_on_the_path(tmp_path):
    """Of the machine, only the commands that Spark's own scripts call."""
    home = Path(shutil.which("java") or pytest.skip("no java")).resolve().parents[1]
    for command in ("bash", "basename", "cat", "dirname", "env", "nice", "ps", "sed", "uname"):
        if shutil.which(command):
            (tmp_path / command).symlink_to(shutil.which(command))
    code = "from anet_lite.integrations.spark import session; print(session('local[1]').range(3).count())"
    only = {"PATH": str(tmp_path), "JAVA_HOME": str(home), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=only)
    assert done.stdout.split() == ["3"], done.stderr[-2000:]


def test_a_missing_pyspark_is_one_sentence():
    code = "import sys; sys.modules['pyspark'] = None; import anet_lite.integrations.spark"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "ImportError: pyspark is not installed: pip install 'anet-lite[spark]'"


# --- buckets ----------------------------------------------------------------------------------------------------------


def test_buckets_give_the_rows_of_the_other_form_with_every_null_and_nan_as_it_came(spark, tmp_path):
    keys, gaps = ("a", "", None, "c"), {7: None, 9: float("nan")}
    made = [(keys[t % 4], t, gaps.get(t % 50, (t * 7) % 23 / 23)) for t in range(300)]
    for first in (0, 100, 200):
        rows = spark.createDataFrame(made[first : first + 100], "key string, at long, x double")
        rows.coalesce(1).write.mode("append").parquet(f"{tmp_path}/in")
    forms = {
        "keys": {"make": lambda _: StreamDetector()},
        "buckets": {"make": lambda _: StreamDetectorPool(0), "buckets": 2},
    }
    found = {}
    for form, options in forms.items():
        run(scored(read_stream(spark, f"{tmp_path}/in"), **options), tmp_path / form)
        rows = read_committed(spark, f"{tmp_path}/{form}/out").collect()
        found[form] = {(row.key, row.at): repr(row) for row in rows}
    assert len(found["keys"]) == 300
    assert found["buckets"] == found["keys"]


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"buckets": 0}, ValueError, "buckets must be a positive integer or None, got 0"),
        ({"idle_ttl": timedelta(1)}, ValueError, "idle_ttl must be None with buckets: the keys of a bucket share one"),
        ({"inputs": ["x", "y"]}, ValueError, "inputs must be one column with buckets, got x, y"),
        (
            {"inputs": ["text"]},
            TypeError,
            "inputs must be numbers with buckets, got column text of string: try_cast it",
        ),
        ({"key": "y"}, TypeError, "key must be a text or an integer with buckets, got column y of double"),
        ({"make": lambda _: StreamDetector()}, TypeError, "make must return a StreamDetectorPool of no streams with"),
        ({"make": lambda _: StreamDetectorPool(3)}, TypeError, "of no streams with buckets, got 3 streams"),
    ],
)
def test_what_buckets_cannot_do_is_refused(spark, options, kind, text):
    table = spark.createDataFrame([("a", 1, 1.0, 1.0, "1")], "key string, at int, x double, y double, text string")
    with pytest.raises(kind, match=text):
        scored(table, **{"make": lambda _: StreamDetectorPool(0), "buckets": 2, **options})
