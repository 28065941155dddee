"""Records: what a line says, who can read it, and what a crash, a full disk or a careless caller can do to it."""

from __future__ import annotations

import contextlib
import csv
import errno
import json
import mmap
import os
import random
import signal
import subprocess
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import anet_lite
from anet_lite import ANETSnapshot, Monitor, Recorder, TombstoneLog
from anet_lite._internal import file_lock
from anet_lite._internal.warn_once import WarnOnce

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FORMS = ["jsonl", "csv"]
NASTY = [2.5, float("nan"), float("inf"), float("-inf"), 1e300, 5e-324, 0.1 + 0.2, -0.0, 3.0]
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and devices of POSIX")


def snapshots(losses: list[float], **signals: float) -> Iterator[anet_lite.Snapshot]:
    monitor = Monitor()
    for step, loss in enumerate(losses):
        yield monitor.update(loss=loss, step=10 * step, **signals)


def write(recorder: Recorder, snaps: Iterable[anet_lite.Snapshot]) -> None:
    for snap in snaps:
        recorder.write(snap)


def written(path: Path, losses: list[float] = NASTY, **extra: Any) -> Path:
    with Recorder(path) as recorder:
        for snap in snapshots(losses, lr=1.0):
            recorder.write(snap, **extra)
    assert (recorder.records, recorder.lost) == (len(losses), 0)
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    """The records of a file, by the standard library, with NaN and infinities back in their places."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for found in records:
        for part in filter(None, found["nonfinite"].split(";")):
            name, _, word = part.partition("=")
            found[name] = float(word)
    return records


def bits(values: Any) -> bytes:
    """So that -0.0 is not 0.0, and NaN equals itself."""
    values = np.array(values, dtype=float)
    return np.where(np.isnan(values), np.nan, values).tobytes()


@pytest.mark.parametrize("form", FORMS)
def test_every_number_comes_back_to_the_bit(form: str, tmp_path: Path) -> None:
    read = rows(written(tmp_path / f"run.{form}"))
    assert bits([float(row["loss"]) for row in read]) == bits(NASTY)
    metrics = list(snapshots(NASTY, lr=1.0))
    for name in ("theta", "sdot", "proc", "f_total", "zscore"):
        assert bits([float(row[name]) for row in read]) == bits([getattr(snap, name) for snap in metrics])


def test_every_line_has_every_key_and_every_float_a_point(tmp_path: Path) -> None:
    path = written(tmp_path / "run.jsonl", epoch=3)
    names = [name for name, _ in Recorder(tmp_path / "other.jsonl", extra={"epoch": float}).columns]
    for line in path.read_text().splitlines():
        assert list(json.loads(line)) == names
        assert '"lr":1.0,' in line
        assert '"epoch":3.0,' in line


def test_a_record_says_what_the_snapshot_says(tmp_path: Path) -> None:
    (_, _, bad) = snaps = list(snapshots([1.0, 2.0, float("nan")]))
    with Recorder(tmp_path / "run.jsonl") as recorder:
        for snap in snaps:
            recorder.write(snap)
    first, _, last = rows(tmp_path / "run.jsonl")
    assert (last["step"], last["row"], last["status"], last["incident"]) == (20, 2, "failing", 2)
    assert last["alarms"] == "nonfinite"
    assert last["explanation"] == anet_lite.explain(bad).paragraph
    assert (first["alarms"], first["explanation"], first["incident"], first["segment"]) == ("", "", -1, "start")
    assert first["noise"] is None
    assert abs(first["time"] - time.time()) < 60


@pytest.mark.parametrize("form", FORMS)
def test_a_plain_snapshot_is_recorded_with_what_the_caller_knows(form: str, tmp_path: Path) -> None:
    snap = ANETSnapshot(theta=0.9, sdot=0.1, proc=1.0, f_total=0.37, precursor=True, zscore=2.75)
    with Recorder(tmp_path / f"run.{form}") as recorder:
        recorder.write(snap)
        recorder.write(snap, step=70, loss=1.25)
    first, second = rows(tmp_path / f"run.{form}")
    assert [float(first[name]) for name in ("theta", "sdot", "proc", "f_total", "zscore")] == [
        0.9,
        0.1,
        1.0,
        0.37,
        2.75,
    ]
    assert str(first["precursor"]).lower() == "true"
    assert [int(first["step"]), int(second["step"]), float(second["loss"])] == [0, 70, 1.25]


@pytest.mark.parametrize("form", FORMS)
def test_pandas_reads_it_as_it_is(form: str, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = written(tmp_path / f"run.{form}", phase='warm, "up"\nnow', epoch=1, best=True)
    table = pandas.read_csv(path) if form == "csv" else pandas.read_json(path, lines=True)
    finite = np.isfinite(NASTY)  # its quick reading of JSON is off by the last digits, and takes the smallest for zero
    np.testing.assert_allclose(table["loss"][finite], np.array(NASTY)[finite], rtol=1e-15, atol=1e-300)
    assert table["loss"][~finite].isna().all() or table["loss"][~finite].tolist()[1:] == [np.inf, -np.inf]
    assert (table["loss"].dtype, table["step"].dtype) == (float, int)
    assert (table["epoch"] == 1).all()
    assert table["best"].all()
    assert table["phase"][0].startswith('warm, "up"')


@pytest.mark.parametrize("form", FORMS)
def test_polars_reads_it_as_it_is(form: str, tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    path = written(tmp_path / f"run.{form}", phase='warm, "up"\nnow', epoch=1, best=True)
    table = polars.read_csv(path) if form == "csv" else polars.read_ndjson(path)
    finite = np.isfinite(NASTY)
    assert bits(table["loss"].to_numpy()[finite]) == bits(np.array(NASTY)[finite])
    assert table.schema["loss"] == table.schema["epoch"] == polars.Float64
    assert table.schema["step"] == polars.Int64
    assert table["best"].all()
    assert table["phase"][0].startswith('warm, "up"')
    assert table["nonfinite"].to_list()[1].startswith("loss=NaN")


def test_polars_reads_a_signal_that_comes_late(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars")
    monitor = Monitor()
    with Recorder(tmp_path / "run.jsonl") as recorder:
        for step in range(300):
            recorder.write(monitor.update(loss=1.0, noise=0.5 if step > 200 else None))
    table = polars.read_ndjson(tmp_path / "run.jsonl", infer_schema_length=None)
    assert table["noise"].sum() == 0.5 * 99


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_exists_is_continued(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"run.{form}"
    written(path, [1.0, 2.0], epoch=1, phase="a", best=True)
    with Recorder(path) as recorder:
        recorder.write(next(snapshots([3.0])), phase="b")
        recorder.write(next(snapshots([4.0])), epoch=2, best=False)
    read = rows(path)
    assert [float(row["loss"]) for row in read] == [1.0, 2.0, 3.0, 4.0]
    assert [row["phase"] for row in read] == ["a", "a", "b", ""]
    assert float(read[3]["epoch"]) == 2.0
    assert [row["note"] for row in read] == [""] * 4


@pytest.mark.parametrize("form", FORMS)
def test_a_torn_last_line_is_repaired_wherever_it_was_torn(form: str, tmp_path: Path) -> None:
    path = written(tmp_path / f"run.{form}", [1.0, 2.0])
    whole = path.read_bytes()
    last = whole[:-1].rfind(b"\n") + 1
    for cut in range(last, len(whole)):
        path.write_bytes(whole[:cut])
        with Recorder(path) as recorder:
            recorder.write(next(snapshots([3.0])))
        *before, added = rows(path)
        completed = form == "jsonl" and cut == len(whole) - 1
        assert [float(row["loss"]) for row in before] == ([1.0, 2.0] if completed else [1.0])
        torn = f"a torn last line of {cut - last} bytes was cut off" if cut > last else ""
        assert added["note"] == ("a last line without its end was completed" if completed else torn)


def test_a_torn_header_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    path.write_bytes(b"time,step,ro")
    assert len(rows(written(path))) == len(NASTY)


@posix
@pytest.mark.parametrize("form", FORMS)
def test_a_hundred_kills_lose_no_record_that_was_written(form: str, tmp_path: Path) -> None:
    """With both forms two hundred: each may tear the line that is being written, and the next writer repairs it."""
    path, draw, written = tmp_path / f"run.{form}", random.Random(1), mmap.mmap(-1, 8)
    total = 0
    for _ in range(100):
        written[:] = bytes(8)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # newer Pythons warn of a fork beside threads
            child = os.fork()
        if child == 0:
            write_until_killed(path, written)
        while written[:] == bytes(8):
            time.sleep(0.0002)
        time.sleep(draw.random() * 0.004)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        total += int.from_bytes(written[:], "little")
    Recorder(path).close()
    read = rows(path)
    assert total <= len(read) <= total + 100
    assert sum(int(row["step"]) == 0 for row in read) == 100
    assert {len(row) for row in read} == {21}
    assert all(float(row["loss"]) >= 1.0 for row in read)


def write_until_killed(path: Path, written: mmap.mmap) -> None:
    try:
        monitor, recorder = Monitor(), Recorder(path)
        for step in range(1_000_000):
            recorder.write(monitor.update(loss=1.0 + step % 7, step=step))
            written[:] = recorder.records.to_bytes(8, "little")
    finally:
        os._exit(1)


@posix
def test_a_full_disk_is_reported_once_and_training_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anet_lite.records.recorder._AGAIN", 0.0)
    path = tmp_path / "run.jsonl"
    path.symlink_to("/dev/full")
    with Recorder(path) as recorder:
        with pytest.warns(
            RuntimeWarning, match=r"records are being lost: .*run\.jsonl cannot be written .*space"
        ) as warned:
            write(recorder, said_of := list(snapshots([1.0] * 5)))
        assert (len(warned), recorder.records, recorder.lost) == (1, 0, 5)
        assert [snapshot.records_lost for snapshot in said_of] == [1, 2, 3, 4, 5]
        assert "records_lost=5" in repr(said_of[-1])
        path.unlink()
        recorder.write(last := next(snapshots([2.0])))
        assert last.records_lost == 5
    (row,) = rows(path)
    assert row["note"] == "5 records before this one are lost"
    assert recorder.lost == 5


def test_a_clock_that_is_set_back_does_not_put_off_the_next_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anet_lite.records.recorder._AGAIN", 0.0)
    (tmp_path / "folder").write_text("")
    with pytest.warns(RuntimeWarning, match="records are being lost"):
        recorder = Recorder(tmp_path / "folder" / "run.jsonl")
    (tmp_path / "folder").unlink()
    past = time.time() - 7_200
    monkeypatch.setattr(time, "time", lambda: past)
    with recorder:
        write(recorder, snapshots([1.0]))
    assert (recorder.records, recorder.lost) == (1, 0)


@posix
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("done", ["renamed", "deleted", "copied and cut"])
def test_a_file_that_another_program_takes_away_is_begun_anew(
    form: str, done: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anet_lite.records.line_file._LOOK_AGAIN", 0.0, raising=False)
    path, old = tmp_path / f"run.{form}", tmp_path / f"old.{form}"
    with Recorder(path) as recorder:
        first, second, third = snapshots([1.0, 2.0, 3.0])
        recorder.write(first, tag="a")
        if done == "renamed":
            path.rename(old)
        elif done == "deleted":
            path.unlink()
        else:
            os.truncate(path, 0)
        write_tagged(recorder, [second, third])
    read = rows(path)
    assert [(float(row["loss"]), row["tag"]) for row in read] == [(2.0, "b"), (3.0, "b")]
    said = "the file before this record was renamed, deleted or cut by another program"
    assert [row["note"] for row in read] == [said, ""]
    assert (recorder.records, recorder.lost) == (3, 0)
    assert done != "renamed" or [row["tag"] for row in rows(old)] == ["a"]
    Recorder(path).close()


def write_tagged(recorder: Recorder, snaps: Iterable[anet_lite.Snapshot]) -> None:
    for snap in snaps:
        recorder.write(snap, tag="b")


@posix
def test_a_file_with_other_columns_in_its_place_is_left_alone_and_training_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anet_lite.records.line_file._LOOK_AGAIN", 0.0)
    other = written(tmp_path / "other.jsonl", [1.0], epoch=1)
    content = other.read_bytes()
    with Recorder(tmp_path / "run.jsonl") as recorder:
        first, second = snapshots([1.0, 2.0])
        recorder.write(first, tag="a")
        other.rename(tmp_path / "run.jsonl")
        with pytest.warns(RuntimeWarning, match="columns of this recorder"):
            recorder.write(second, tag="b")
    assert recorder.lost == 1
    assert (tmp_path / "run.jsonl").read_bytes() == content


@posix
def test_a_full_disk_after_another_change_of_the_file_cuts_no_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: int, line: bytes) -> int:
        if len(line) > 10:
            return put(file, line[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    put, path = os.write, tmp_path / "run.jsonl"
    with Recorder(path) as recorder:
        first, second, third = snapshots([1.0, 2.0, 3.0])
        recorder.write(first)
        with path.open("ab") as file:
            file.write(path.read_bytes())
        whole = path.read_bytes()
        monkeypatch.setattr(os, "write", full)
        monkeypatch.setattr("anet_lite.records.recorder._AGAIN", 0.0)
        with pytest.warns(RuntimeWarning, match="No space"):
            recorder.write(second)
        assert path.read_bytes() == whole
        monkeypatch.undo()
        os.truncate(path, 0)
        monkeypatch.setattr(os, "write", full)
        recorder.write(third)
        assert path.read_bytes() == b""


@pytest.mark.parametrize("form", FORMS)
def test_a_relative_path_is_that_of_the_folder_it_was_made_in(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with Recorder(f"run.{form}") as recorder:
        monkeypatch.chdir(tmp_path / "elsewhere")
        write(recorder, snapshots([1.0, 2.0]))
    assert len(rows(tmp_path / f"run.{form}")) == 2
    assert os.listdir(tmp_path / "elsewhere") == []


def test_a_snapshot_whose_records_are_written_says_nothing_of_losses(tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.jsonl") as recorder:
        write(recorder, given := list(snapshots([1.0] * 3)))
    assert [snapshot.records_lost for snapshot in given] == [0, 0, 0]
    assert "records_lost" not in repr(given[-1])


def test_a_path_that_cannot_be_written_is_reported_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.warns(RuntimeWarning, match="records are being lost") as warned:
        write(recorder := Recorder(tmp_path / "file" / "run.jsonl"), snapshots([1.0] * 5))
    recorder.close()
    assert (len(warned), recorder.lost) == (1, 5)


def test_warnings_made_errors_do_not_stop_the_training(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        recorder = Recorder(tmp_path / "file" / "run.jsonl")
        recorder.write(next(snapshots([1.0])))
    assert recorder.lost == 1
    assert capsys.readouterr().err.count("records are being lost") == 1


# A file size that ends within a line, and then what there was before.
LIMITED = """
import resource, sys, warnings
from anet_lite import Monitor, Recorder
from anet_lite.records import recorder as written
warnings.simplefilter("ignore")
written._AGAIN = 0.0
monitor, (soft, hard) = Monitor(), resource.getrlimit(resource.RLIMIT_FSIZE)
with Recorder(sys.argv[1]) as recorder:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, hard))
    for step in range(100):
        recorder.write(monitor.update(loss=1.0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    recorder.write(monitor.update(loss=2.0))
print(recorder.records, recorder.lost)
"""


@posix
@pytest.mark.parametrize("form", FORMS)
def test_a_disk_that_takes_half_a_line_is_left_with_whole_lines(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"run.{form}"
    line = [sys.executable, "-W", "error", "-c", LIMITED, str(path)]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", check=True)
    read = rows(path)
    assert 5 < len(read) < 100
    assert done.stdout.split() == [str(len(read)), str(101 - len(read))]
    assert read[-1]["note"] == f"{101 - len(read)} records before this one are lost"
    assert [int(row["step"]) for row in read] == [*range(len(read) - 1), 100]


@posix
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("taken", [0, 10, 10_000])
def test_an_interrupt_within_a_line_leaves_whole_lines(
    form: str, taken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(file: int, line: bytes) -> int:
        put(file, line[:taken])
        raise KeyboardInterrupt

    put, (first, second, third) = os.write, snapshots([1.0, 2.0, 3.0])
    with Recorder(tmp_path / f"run.{form}") as recorder:
        recorder.write(first)
        monkeypatch.setattr(os, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            recorder.write(second)
        monkeypatch.undo()
        recorder.write(third)
    found = [float(row["loss"]) for row in rows(tmp_path / f"run.{form}")]
    assert found == ([1.0, 2.0, 3.0] if taken == 10_000 else [1.0, 3.0])
    assert recorder.lost == 0


class Untold:
    """What a caller may give for a batch, and cannot be said."""

    def __str__(self) -> str:
        raise OSError("the text is gone")


@pytest.mark.parametrize("form", FORMS)
def test_a_text_that_is_not_utf8_is_kept_escaped(form: str, tmp_path: Path) -> None:
    first, second = snapshots([1.0, 2.0])
    with Recorder(tmp_path / f"run.{form}") as recorder:
        recorder.note("caf\udce9")
        recorder.note(Untold())  # type: ignore[arg-type]
        recorder.write(first, tag="caf\udce9")
        recorder.write(second, tag="tea")
    told, after = rows(tmp_path / f"run.{form}")
    assert told["note"] == "caf\\udce9; <Untold whose text raises OSError>"
    assert [told["tag"], after["tag"], after["note"]] == ["caf\\udce9", "tea", ""]


@pytest.mark.parametrize(
    ("batch", "said"), [("caf\udce9", "caf\\udce9"), (Untold(), "<Untold whose text raises OSError>")]
)
def test_a_batch_that_cannot_be_said_does_not_stop_its_alarm(batch: object, said: str, tmp_path: Path) -> None:
    snap = Monitor().update(loss=float("nan"), batch_id=batch)
    with Recorder(tmp_path / "run.jsonl") as recorder:
        recorder.write(snap)
    (row,) = rows(tmp_path / "run.jsonl")
    assert said in row["explanation"]


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with (
        Recorder(tmp_path / "run.jsonl"),
        pytest.raises(ValueError, match="path must be a file without another writer"),
    ):
        Recorder(tmp_path / "run.jsonl")


@posix
@pytest.mark.parametrize("code", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_file_system_without_locks_is_said_once_and_written(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", refused)
    monkeypatch.setattr(file_lock, "_warn_unlocked", WarnOnce(), raising=False)
    with pytest.warns(RuntimeWarning, match=r"run\.jsonl is written without a lock") as warned:
        recorder, log = Recorder(tmp_path / "run.jsonl"), TombstoneLog(tmp_path / "log")
    with recorder, log:
        write(recorder, snapshots([1.0] * 5))
        log.tombstone(event="note", policy="p")
    assert (len(warned), recorder.records, recorder.lost, log.records, log.lost) == (1, 5, 0, 2, 0)


@posix
def test_a_forked_child_neither_writes_nor_holds_the_file(tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.jsonl") as recorder:
        recorder.write(next(snapshots([1.0])))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            child = os.fork()
        if child == 0:
            try:
                recorder.write(next(snapshots([2.0])))
            except ValueError as error:
                os._exit(7 if "another process" in str(error) else 1)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert len(rows(tmp_path / "run.jsonl")) == 1


# Another thread of the parent is within a write at the fork; then the child writes, and closes as it ends.
FORKED = """
import os, sys, threading, warnings
from anet_lite import Monitor, Recorder, TombstoneLog
warnings.simplefilter("ignore")
snap, recorder, log = Monitor().update(loss=1.0), Recorder(sys.argv[1]), TombstoneLog(sys.argv[2])
held, go_on = threading.Event(), threading.Event()
def hold():
    with recorder._lock, log._lock:
        held.set()
        go_on.wait()
thread = threading.Thread(target=hold, daemon=True)
thread.start()
held.wait()
child = os.fork()
if child == 0:
    refused = 0
    for write in (lambda: recorder.write(snap), lambda: log.tombstone(event="note", policy="p")):
        try:
            write()
        except ValueError:
            refused += 1
    log.close()
    recorder.close()
    os._exit(refused)
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
go_on.set()
thread.join()
sys.exit(code)
"""


@posix
def test_a_child_that_is_forked_within_a_write_of_another_thread_does_not_hang(tmp_path: Path) -> None:
    line = [sys.executable, "-W", "error", "-c", FORKED, str(tmp_path / "run.jsonl"), str(tmp_path / "log")]
    with subprocess.Popen(line, start_new_session=True) as process:
        try:
            assert process.wait(20) == 2
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ("a,b\n1,2\n", "run.csv", "run.csv has the columns a, b"),
        ('{"a": 1}\n', "run.jsonl", "run.jsonl has the columns a"),
        ("hello\n", "run.jsonl", "a line of .*run.jsonl is none"),
        ("a,b\n1,2\n3,4", "run.csv", "run.csv has the columns a, b"),
        ("a,b", "run.csv", "run.csv has the columns a, b"),
        ("a,b\r1,2\r3,4", "run.csv", "path must be a file of records"),
        ("[1, 2, 3]", "run.jsonl", "no line of .*run.jsonl is one"),
        ('{"a": 1}', "run.jsonl", "run.jsonl has the columns a"),
        ('{"time": 1}', "run.jsonl", "run.jsonl has the columns time"),
        ('{"a": 1}\n{"a":', "run.jsonl", "run.jsonl has the columns a"),
        ("\n", "run.csv", "no line of .*run.csv is one"),
        ("\n", "run.jsonl", "no line of .*run.jsonl is one"),
        ("\x1f\x8b\x08\x00 packed", "run.csv", "path must be a file of records"),
        ("\x00\x00\x00", "run.jsonl", "no line of .*run.jsonl is one"),
        ("", "run.txt", r"path must end in \.jsonl, \.csv or \.parquet, got '.*run\.txt'"),
    ],
)
def test_a_file_of_something_else_is_refused_and_left_alone(
    content: str, name: str, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content.encode())
    with pytest.raises(ValueError, match=sentence):
        Recorder(tmp_path / name)
    assert (tmp_path / name).read_bytes() == content.encode()


@pytest.mark.parametrize("form", FORMS)
def test_a_first_line_that_is_torn_anywhere_begins_anew(form: str, tmp_path: Path) -> None:
    path = written(tmp_path / f"run.{form}", [1.0], epoch=1)
    whole = path.read_bytes()
    for cut in range(whole.index(b"\n")):
        path.write_bytes(whole[:cut])
        assert [float(row["loss"]) for row in rows(written(path, [3.0]))] == [3.0]


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ({}, {"epoch": 1}, "epoch is no column of this file; its own columns beside the snapshot's: none"),
        ({"epoch": 1}, {"phase": "a"}, "phase is no column .*: epoch"),
        ({"epoch": 1}, {"epoch": "a"}, "epoch must be a real number, got str"),
        ({"phase": "a"}, {"phase": 1}, "phase must be a text, got int"),
        ({"best": True}, {"best": "yes"}, "best must be a bool, got str"),
        ({"val;loss": float("nan")}, {}, "a column must have a name .* without ; and line ends, got 'val;loss'"),
        ({"val\nloss": 1.0}, {}, r"got 'val\\nloss'"),
        ({"caf\udce9": 1.0}, {}, r"a column must have a name in UTF-8 .* got 'caf\\\\udce9'"),
        ({"epoch": [1]}, {}, "epoch must be a number, a flag or a text, got list"),
        ({"theta": 1.0}, {}, "theta is a column of the snapshot's own"),
        ({"loss": 1.0}, {}, "loss is a column of the snapshot's own"),
    ],
)
def test_a_wrong_column_is_named_and_changes_nothing(
    first: dict[str, Any], second: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    one, two = snapshots([1.0, 2.0])
    with Recorder(tmp_path / "run.jsonl") as recorder:
        with pytest.raises((TypeError, ValueError), match=sentence) as raised:
            recorder.write(one, **first) or recorder.write(two, **second)
        assert isinstance(raised.value, anet_lite.AnetError)
        good = {} if recorder.records == 0 else first
        recorder.write(two, **good)
    assert [row["loss"] for row in rows(tmp_path / "run.jsonl")][-1] == 2.0


def test_a_column_can_be_named_before_its_first_value(tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.jsonl", extra={"val_loss": float, "phase": str}) as recorder:
        one, two = snapshots([1.0, 2.0])
        recorder.write(one)
        recorder.write(two, val_loss=np.float32(0.5), phase="late")
    assert [(row["val_loss"], row["phase"]) for row in rows(tmp_path / "run.jsonl")] == [(None, ""), (0.5, "late")]


def test_a_closed_recorder_says_so(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "run.jsonl")
    recorder.close()
    recorder.close()
    with pytest.raises(ValueError, match=r"the recorder of .*run\.jsonl is closed"):
        recorder.write(next(snapshots([1.0])))


def test_something_else_than_a_snapshot_is_refused(tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.jsonl") as recorder, pytest.raises(TypeError, match="snapshot must be a Snapshot"):
        recorder.write(1.0)  # type: ignore[arg-type]
    assert (tmp_path / "run.jsonl").read_bytes() == b""


def test_without_pyarrow_parquet_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pip install 'anet-lite\[records\]'"):
        Recorder(tmp_path / "run.parquet")


def test_a_note_goes_into_the_next_record(tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.jsonl") as recorder:
        recorder.note("another mix of data")
        for snap in snapshots([1.0, 2.0]):
            recorder.write(snap)
    assert [row["note"] for row in rows(tmp_path / "run.jsonl")] == ["another mix of data", ""]


FORMULAS = ["=cmd|'/C calc'!A1", "+SUM(1)", "-2+3", "@here", "=1,2"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_user_is_a_formula_in_csv(tmp_path: Path, text: str) -> None:
    with Recorder(tmp_path / "run.csv") as recorder, Recorder(tmp_path / "run.jsonl") as lines:
        snapshot = next(snapshots([1.0]))
        for file in (recorder, lines):
            file.note(text)
            file.write(snapshot, tag=text, other="-1.5")
    with open(tmp_path / "run.csv", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["tag"], row["note"], row["other"]) == ("'" + text, "'" + text, "-1.5")
    assert rows(tmp_path / "run.jsonl")[0]["tag"] == text
    with Recorder(tmp_path / "run.csv") as recorder:
        recorder.write(snapshot, tag=text)
    assert recorder.records == 1
