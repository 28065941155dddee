"""Tombstones: what is written, what survives, and that every alteration is found."""

from __future__ import annotations

import base64
import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import command_line
from anet_lite import AnetError, Monitor, TombstoneLog
from anet_lite._internal.jsonable import to_jsonable
from anet_lite.tombstone import Verification, canonical, verify
from anet_lite.tombstone.chain import START, seal

KILLS = int(os.environ.get("ANET_KILLS", "12"))
"""How often a writer is killed; ANET_KILLS=200 for the long run."""
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and permissions of POSIX")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A log of a header and five records."""
    return written(tmp_path / "run.jsonl")


def written(path: Path, count: int = 5, run_id: str = "one") -> Path:
    with TombstoneLog(path, run_id=run_id) as log:
        for index in range(count):
            log.tombstone(event="forget", policy="ttl", scope={"layers": [index]}, evidence={"theta": 0.5 + index})
    return path


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def rewrite(path: Path, wanted: list[bytes]) -> Path:
    path.write_bytes(b"".join(wanted))
    return path


def fault(path: Path, head: str | None = None) -> tuple[int, str]:
    """The first bad line and what is wrong with it."""
    report = verify(path, head)
    assert report.fault is not None, "nothing was found"
    return report.fault.line, report.fault.why


def head(path: Path) -> str:
    return verify(path).head


# --- what is written --------------------------------------------------------------------------------------------------


def test_a_record_has_the_documented_fields(tmp_path: Path) -> None:
    with TombstoneLog(tmp_path / "log", run_id="r") as log:
        record = log.tombstone(
            event="forget",
            policy="compliance",
            scope={"layers": ["L12", "L13"], "datasets": ["foo"]},
            evidence={"theta": 0.42, "f_total": -0.8, "precursor_z": 3.1},
            operator="Ada",
        )
    assert json.loads(lines(tmp_path / "log")[1]) == record
    expected = {"v", "seq", "time", "run_id", "attempt_id", "event", "policy", "scope", "evidence", "operator", "prev"}
    assert set(record) == expected | {"hash"}
    assert (record["event"], record["policy"], record["operator"]) == ("forget", "compliance", "Ada")
    assert record["scope"] == {"layers": ["L12", "L13"], "datasets": ["foo"]}
    assert record["evidence"] == {"theta": 0.42, "f_total": -0.8, "precursor_z": 3.1}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", record["time"])


def test_the_first_record_is_a_header_with_the_hash_of_configuration_and_reference(tmp_path: Path) -> None:
    config = {"lr": 0.1, "layers": 2}
    TombstoneLog(tmp_path / "log", run_id="r", config=config, reference=np.array([1.0, 2.0])).close()
    header = json.loads(lines(tmp_path / "log")[0])
    assert (header["event"], header["seq"], header["run_id"], header["prev"]) == ("header", 0, "r", START)
    assert header["evidence"]["config"] == canonical.digest(b'{"layers":2,"lr":0.1}')
    assert header["evidence"]["reference"] == canonical.digest(b"[1,2]")


def test_the_hash_is_that_of_a_zero_byte_and_the_record_without_it(path: Path) -> None:
    record = json.loads(lines(path)[3])
    claimed = record.pop("hash")
    assert claimed == canonical.digest(b"\x00" + canonical.dumps(record))
    assert record["prev"] == json.loads(lines(path)[2])["hash"]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (float("nan"), "NaN"),
        (float("-inf"), "-Infinity"),
        (np.float32("inf"), "Infinity"),
        (2**53 - 1, 2**53 - 1),
        (-(2**53), "-9007199254740992"),
        (np.int64(3), 3),
        (np.array([1.0, float("nan")]), [1.0, "NaN"]),
        ((1, None, True), [1, None, True]),
        ({3: "x"}, {"3": "x"}),
        ("\ud800", "\\ud800"),
        (1e300, 1e300),
        (1e20, 1e20),
        (Path("a"), "a"),
    ],
)
def test_evidence_of_any_kind_is_kept_and_verifies(tmp_path: Path, value: Any, kept: Any) -> None:
    with TombstoneLog(tmp_path / "log") as log:
        assert log.tombstone(event="note", policy="p", evidence={"x": value})["evidence"] == {"x": kept}
    assert verify(tmp_path / "log").fault is None


def test_a_snapshot_is_evidence(tmp_path: Path) -> None:
    snapshot = Monitor().update(loss=float("nan"), step=7)
    with TombstoneLog(tmp_path / "log") as log:
        evidence = log.tombstone(event="alarm", policy="nonfinite", evidence=snapshot)["evidence"]
    assert set(evidence) == {"theta", "f_total", "precursor_z", "step", "status", "alarms"}
    assert (evidence["step"], evidence["status"], evidence["alarms"]) == (7, "failing", ["nonfinite"])


def test_evidence_that_holds_itself_stops_nothing(tmp_path: Path) -> None:
    loop: list[Any] = []
    loop.append(loop)
    with TombstoneLog(tmp_path / "log") as log:
        assert "RecursionError" in log.tombstone(event="note", policy="p", evidence=loop)["evidence"]["unreadable"]


@given(st.dictionaries(st.text(), st.floats(allow_nan=False, allow_infinity=False) | st.text() | st.booleans()))
def test_what_is_made_plain_survives_its_canonical_form(value: dict[str, Any]) -> None:
    made = to_jsonable(value)
    assert canonical.loads(canonical.dumps(made)) == made


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0x0000000000000000, "0"),
        (0x8000000000000000, "0"),
        (0x0000000000000001, "5e-324"),
        (0x7FEFFFFFFFFFFFFF, "1.7976931348623157e+308"),
        (0x4340000000000000, "9007199254740992"),
        (0x4430000000000000, "295147905179352830000"),
        (0x44B52D02C7E14AF5, "9.999999999999997e+22"),
        (0x44B52D02C7E14AF6, "1e+23"),
        (0x444B1AE4D6E2EF4E, "999999999999999700000"),
        (0x444B1AE4D6E2EF50, "1e+21"),
        (0x3EB0C6F7A0B5ED8C, "9.999999999999997e-7"),
        (0x3EB0C6F7A0B5ED8D, "0.000001"),
        (0x41B3DE4355555555, "333333333.3333333"),
        (0xBECBF647612F3696, "-0.0000033333333333333333"),
        (0x43143FF3C1CB0959, "1424953923781206.2"),
    ],
)
def test_numbers_are_spelt_as_in_appendix_b_of_rfc_8785(number: int, text: str) -> None:
    value = float(np.array(number, np.uint64).view(np.float64))
    assert canonical.dumps(value).decode() == text
    assert canonical.loads(text.encode()) == value


def test_keys_are_sorted_as_in_rfc_8785() -> None:
    keys = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7}
    assert list(json.loads(canonical.dumps(keys))) == ["\r", "1", "\x80", "ö", "€", "😀", "\ufb33"]


def test_the_head_file_is_a_checkpoint(path: Path) -> None:
    origin, size, root, rest = Path(f"{path}.head").read_text().split("\n")
    assert (origin, size, rest) == ("anet-lite/tombstones/one", "6", "")
    assert "sha256:" + base64.b64decode(root).hex() == head(path)


# --- intent and outcome -----------------------------------------------------------------------------------------------


def test_the_intent_is_on_disk_before_the_action_and_the_outcome_after(path: Path) -> None:
    with TombstoneLog(path) as log:
        with log.action(event="rollback", policy="drift") as outcome:
            before = json.loads(lines(path)[-1])
            outcome["step"] = 1200
        after = json.loads(lines(path)[-1])
    assert before["phase"] == "intent"
    assert (after["phase"], after["intent"], after["outcome"]) == ("outcome", before["seq"], "done")
    assert after["evidence"] == {"step": 1200}


def test_an_action_that_fails_is_recorded_and_its_error_goes_on(path: Path) -> None:
    with TombstoneLog(path) as log, pytest.raises(KeyError), log.action(event="rollback", policy="drift"):
        raise KeyError("checkpoint")
    assert json.loads(lines(path)[-1])["outcome"] == "failed: KeyError: 'checkpoint'"


def test_an_intent_without_outcome_is_named(path: Path) -> None:
    with TombstoneLog(path) as log:
        log.intend(event="rollback", policy="drift")
        log.settle(log.intend(event="skip", policy="nonfinite"))
    assert "line 8: the intent rollback has no outcome" in verify(path).remarks


class UntoldError(Exception):
    """What cannot be said."""

    def __str__(self) -> str:
        raise OSError("the text is gone")

    __repr__ = __str__


def test_what_cannot_be_said_is_named_by_its_type(path: Path) -> None:
    said = "<UntoldError whose text raises OSError>"
    with TombstoneLog(path) as log:
        with pytest.raises(UntoldError), log.action(event="note", policy="p"):
            raise UntoldError
        assert json.loads(lines(path)[-1])["outcome"] == f"failed: UntoldError: {said}"
        record = log.tombstone(
            event=UntoldError(), policy="caf\udce9", evidence={"x": [UntoldError()], "y": {UntoldError()}}
        )  # type: ignore[arg-type]
    assert (record["event"], record["policy"]) == (said, "caf\\udce9")
    assert record["evidence"] == {"x": [said], "y": [said]}
    assert verify(path).fault is None


# --- one writer, many attempts, torn lines ----------------------------------------------------------------------------


def test_a_second_writer_is_refused(path: Path) -> None:
    with TombstoneLog(path), pytest.raises(ValueError, match="without another writer") as caught:
        TombstoneLog(path)
    assert isinstance(caught.value, AnetError)
    TombstoneLog(path).close()


@posix
def test_a_second_process_is_refused_and_a_forked_child_holds_no_lock(path: Path) -> None:
    log = TombstoneLog(path)
    again = [sys.executable, "-W", "error", "-c", f"import anet_lite; anet_lite.TombstoneLog({str(path)!r})"]
    assert "without another writer" in subprocess.run(again, capture_output=True, text=True, check=False).stderr
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        child = os.fork()
    if not child:
        time.sleep(20)
        os._exit(0)
    log.close()
    try:
        assert subprocess.run(again, capture_output=True, check=False).returncode == 0
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_log_goes_on_with_another_attempt_of_the_same_run(path: Path) -> None:
    first = json.loads(lines(path)[0])
    with TombstoneLog(path) as log:
        record = log.tombstone(event="note", policy="p")
    assert (record["seq"], record["run_id"]) == (7, "one")
    assert record["attempt_id"] != first["attempt_id"]
    assert verify(path).fault is None


def test_another_run_may_not_go_on_with_a_log(path: Path) -> None:
    with pytest.raises(ValueError, match=r"run_id must be that of .*, 'one', got 'two'"):
        TombstoneLog(path, run_id="two")


def test_an_altered_log_is_not_continued(path: Path) -> None:
    rewrite(path, lines(path)[:2] + lines(path)[3:])
    with pytest.raises(ValueError, match=r"is altered: line 3: record 3 stands where record 2 belongs"):
        TombstoneLog(path)


@pytest.mark.parametrize("cut", [1, 7, 100])
def test_a_torn_last_line_is_kept_and_named_by_the_next_record(path: Path, cut: int) -> None:
    torn = lines(path)[-1][:-cut]
    rewrite(path, [*lines(path)[:-1], torn])
    report = verify(path)
    assert report.fault is None
    TombstoneLog(path).close()
    assert torn in path.read_bytes()
    assert verify(path).fault is None
    if cut > 1:
        assert f"the last {len(torn)} bytes are no whole line" in report.remarks[0]
        assert json.loads(lines(path)[-1])["torn"] == {"bytes": len(torn), "sha256": canonical.digest(torn)}
        assert "line 6 is torn" in verify(path).remarks[0]
        assert fault(rewrite(path, [*lines(path)[:5], torn[:-1] + b"!\n", lines(path)[-1]]))[0] == 6
        assert fault(rewrite(path, [*lines(path)[:5], lines(path)[-1]])) == (6, "a torn line is gone")
    else:
        assert verify(path).records == 7


def test_a_line_torn_twice_is_kept(path: Path) -> None:
    with open(path, "ab") as file:
        file.write(b'{"attempt_id"\n{"att')
    TombstoneLog(path).close()
    assert verify(path).fault is None
    assert verify(path).records == 7


# --- attacks ----------------------------------------------------------------------------------------------------------


def test_a_whole_log_is_whole(path: Path) -> None:
    report = verify(path, head(path))
    assert report == Verification(6, head(path), None, [])


def test_without_a_head_the_report_says_what_it_cannot_exclude(path: Path) -> None:
    assert "cut off the end" in verify(path).remarks[-1]


@pytest.mark.parametrize("line", range(6))
def test_an_edit_is_found(path: Path, line: int) -> None:
    held = lines(path)
    held[line] = held[line].replace(b'"operator":"auto"', b'"operator":"ada_"')
    assert fault(rewrite(path, held)) == (line + 1, "its content does not match its hash: edited")


def test_a_verification_is_plain_types_as_a_dict(path: Path) -> None:
    assert verify(path, head(path)).to_dict() == {"records": 6, "head": head(path), "fault": None, "remarks": []}
    rewrite(path, [lines(path)[0], *lines(path)[2:]])
    found = json.loads(json.dumps(verify(path).to_dict()))
    assert (found["records"], found["fault"]["line"]) == (1, 2)


def test_an_edit_with_a_new_hash_is_found_in_the_next_line(path: Path) -> None:
    held = lines(path)
    held[2] = seal({**json.loads(held[2]), "operator": "ada"})
    assert fault(rewrite(path, held))[0] == 4


def test_every_changed_byte_is_found(path: Path) -> None:
    content = path.read_bytes()
    for at in random.Random(0).sample(range(len(content) - 1), 150):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        line, _ = fault(path)
        assert line - content[:at].count(b"\n") in (1, 2)


@pytest.mark.parametrize("line", range(5))
def test_a_deletion_is_found(path: Path, line: int) -> None:
    held = lines(path)
    assert fault(rewrite(path, held[:line] + held[line + 1 :]))[0] == line + 1


@pytest.mark.parametrize("extra", [b"\n", b"nothing\n", b"{}\n", b"7\n"])
@pytest.mark.parametrize("line", range(7))
def test_an_insertion_is_found(path: Path, line: int, extra: bytes) -> None:
    held = lines(path)
    assert fault(rewrite(path, [*held[:line], extra, *held[line:]]))[0] == line + 1


def test_a_record_that_is_doubled_is_found(path: Path) -> None:
    held = lines(path)
    assert fault(rewrite(path, [*held[:3], held[2], *held[3:]]))[0] == 4


def test_another_order_is_found(path: Path) -> None:
    held = lines(path)
    held[2], held[3] = held[3], held[2]
    line, why = fault(rewrite(path, held))
    assert (line, why) == (3, "record 3 stands where record 2 belongs: deleted, inserted or moved")


def test_a_record_of_another_run_is_found(path: Path, tmp_path: Path) -> None:
    held, other = lines(path), lines(written(tmp_path / "two.jsonl", run_id="two"))
    held[3] = other[3]
    assert fault(rewrite(path, held)) == (4, "it comes from another run, 'two'")


def test_a_cut_end_is_found_with_a_head_only(path: Path) -> None:
    known = head(path)
    rewrite(path, lines(path)[:-1])
    assert verify(path).fault is None
    assert fault(path, known)[1].startswith("no record has the expected head")


def test_cut_and_continued_is_found_with_a_head(path: Path) -> None:
    known = head(path)
    written(rewrite(path, lines(path)[:-2]), run_id="one")
    assert verify(path).fault is None
    assert fault(path, known)[0] == 0


def test_a_file_in_its_place_is_found_with_a_head(path: Path, tmp_path: Path) -> None:
    known = head(path)
    assert fault(written(tmp_path / "other.jsonl"), known)[0] == 0


def test_an_older_head_is_no_fault_and_says_how_much_came_after(path: Path) -> None:
    known = json.loads(lines(path)[3])["hash"]
    assert verify(path, known.upper().replace("SHA256:", "")).remarks[-1].startswith("2 records came after")


def test_a_key_that_stands_twice_is_found(path: Path) -> None:
    held = lines(path)
    held[1] = held[1].replace(b"{", b'{"operator":"auto",', 1)
    assert fault(rewrite(path, held)) == (2, "it is not in canonical form: edited by hand, or a key stands in it twice")


@pytest.mark.parametrize(("old", "new"), [(b":0.5", b":0.50"), (b":0.5", b":5e-1"), (b",", b", "), (b"\n", b" \n")])
def test_another_spelling_is_found(path: Path, old: bytes, new: bytes) -> None:
    held = lines(path)
    assert old in held[1]
    held[1] = held[1].replace(old, new, 1)
    assert fault(rewrite(path, held))[0] == 2


def test_an_impossible_head_is_an_error(path: Path) -> None:
    with pytest.raises(ValueError, match="expect_head must be sha256: and 64 hexadecimal digits, got 'abc'"):
        verify(path, "abc")


# --- disks that fail --------------------------------------------------------------------------------------------------


def test_a_full_disk_is_reported_once_and_the_next_record_says_what_is_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: int, content: bytes) -> int:
        """Take ten bytes, then none."""
        if len(content) % 10:
            return write(file, content[: len(content) % 10])
        raise OSError(errno.ENOSPC, "No space left on device")

    write = os.write
    log = TombstoneLog(path)
    monkeypatch.setattr(os, "write", full)
    with pytest.warns(RuntimeWarning, match="tombstones are being lost.*No space left") as caught:
        lost = [log.tombstone(event="note", policy="p") for _ in range(3)]
    assert len(caught) == 1
    assert log.lost == 3
    assert not any("hash" in record for record in lost)
    monkeypatch.undo()
    log.tombstone(event="note", policy="p")
    log.close()
    assert [json.loads(line).get("lost") for line in lines(path)[-2:]] == [3, None]
    assert verify(path).fault is None
    assert log.lost == 0


def test_a_failed_fsync_is_a_lost_record(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    log = TombstoneLog(path)
    monkeypatch.setattr(os, "fsync", broken)
    with pytest.warns(RuntimeWarning, match="Input/output error"):
        log.tombstone(event="note", policy="p")
    monkeypatch.undo()
    log.tombstone(event="note", policy="p")
    log.close()
    assert verify(path).fault is None


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize("before", [True, False])
def test_an_interrupt_within_a_write_leaves_a_log_that_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str, before: bool
) -> None:
    def interrupted(*given: Any) -> None:
        if not before:
            real(*given)
        raise KeyboardInterrupt

    log, real = TombstoneLog(path), getattr(os, call)
    log._file.lost = 2
    monkeypatch.setattr(os, call, interrupted)
    with pytest.raises(KeyboardInterrupt):
        log.tombstone(event="note", policy="p")
    monkeypatch.undo()
    log.tombstone(event="stopped", policy="by hand")
    log.close()
    assert (verify(path).fault, log.lost) == (None, 0)
    assert sum(json.loads(line).get("lost", 0) for line in lines(path)) == 2
    assert json.loads(lines(path)[-1])["event"] == "stopped"
    TombstoneLog(path).close()


@posix
@pytest.mark.parametrize("done", ["renamed", "deleted", "emptied", "shortened"])
def test_a_log_that_is_taken_away_goes_on_in_a_new_one_that_says_so(path: Path, done: str) -> None:
    held, old = lines(path), path.with_name("old")
    with TombstoneLog(path) as log:
        known = log.head
        if done == "renamed":
            path.rename(old)
        elif done == "deleted":
            path.unlink()
        else:
            rewrite(path, [] if done == "emptied" else held[:3])
        with pytest.warns(RuntimeWarning, match="renamed, deleted or cut while it was open") as caught:
            record = log.tombstone(event="note", policy="p")
        log.tombstone(event="note", policy="p")
    assert (len(caught), log.lost, verify(path).fault) == (1, 0, None)
    told, found, _ = [json.loads(line) for line in lines(path)[-3:]]
    assert told["evidence"]["gone"] == {"records": 7, "head": known}
    assert (told["event"], found) == ("attempt" if done == "shortened" else "header", record)
    assert done != "renamed" or verify(old, known).fault is None


@posix
def test_a_log_that_is_altered_while_it_is_open_is_not_written_to(path: Path) -> None:
    with TombstoneLog(path) as log:
        altered = rewrite(path, lines(path)[1:]).read_bytes()
        with pytest.warns(RuntimeWarning, match="is altered: line 1"):
            record = log.tombstone(event="note", policy="p")
        assert (log.lost, "hash" in record, path.read_bytes()) == (1, False, altered)


def test_a_relative_path_is_that_of_the_folder_it_was_made_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with TombstoneLog("log") as log:
        monkeypatch.chdir(tmp_path / "elsewhere")
        head = log.tombstone(event="note", policy="p")["hash"]
        assert log.holds(head)
    assert verify(tmp_path / "log", head).fault is None
    assert os.listdir(tmp_path / "elsewhere") == []


def test_warnings_made_errors_do_not_stop_the_training(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with TombstoneLog(path) as log, warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("error")
        patch.setattr(os, "fsync", _full)
        assert "hash" not in log.tombstone(event="note", policy="p")
    assert log.lost == 1
    assert capsys.readouterr().err.count("tombstones are being lost") == 1


def test_another_logs_head_made_an_error_leaves_the_monitor_as_it_was(tmp_path: Path) -> None:
    with TombstoneLog(tmp_path / "one") as one, TombstoneLog(tmp_path / "two") as two:
        trained, fresh = Monitor(tombstones=one), Monitor(tombstones=two)
        trained.update_many([1.0, 2.0])
        state, before = trained.state_dict(), fresh.state_dict()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(RuntimeWarning, match="does not hold the head"):
                fresh.load_state_dict(state)
        assert fresh.state_dict() == before
        with pytest.warns(RuntimeWarning, match="does not hold the head"):
            fresh.load_state_dict(state)
        assert fresh.rows == 2


@posix
def test_a_link_under_the_name_of_the_new_head_is_not_followed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine")
    with TombstoneLog(path) as log:
        os.symlink(tmp_path / "victim", f"{path}.head.new")
        record = log.tombstone(event="note", policy="p")
        assert (log.lost, "hash" in record) == (0, True)
    assert (tmp_path / "victim").read_text() == "mine"
    assert verify(path, record["hash"]).fault is None


@pytest.mark.parametrize("name", ["config", "reference"])
def test_settings_that_hold_themselves_are_refused_by_name(tmp_path: Path, name: str) -> None:
    own: dict[str, Any] = {}
    own["own"] = own
    deep: list[Any] = [1.0]
    for _ in range(5000):
        deep = [deep]
    with pytest.raises((AnetError, TypeError), match=rf"{name} must not hold itself|float"):
        TombstoneLog(tmp_path / "log", **{name: own if name == "config" else deep})
    assert not (tmp_path / "log").exists()


def test_a_number_is_no_path_for_an_open_file(path: Path) -> None:
    with TombstoneLog(path), open(path, "rb") as file:
        with pytest.raises(TypeError, match=r"expected str, bytes or os.PathLike object, not int"):
            verify(file.fileno())  # type: ignore[arg-type]
        assert file.read(1) == b"{"


def _full(_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_path_that_cannot_be_written_is_reported_and_training_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.warns(RuntimeWarning, match="tombstones are being lost"):
        log = TombstoneLog(tmp_path / "file" / "log")
    assert "hash" not in log.tombstone(event="note", policy="p")
    with log.action(event="skip", policy="p"):
        pass
    assert (log.lost, log.records) == (3, 0)


def test_a_closed_log_is_an_error(path: Path) -> None:
    log = TombstoneLog(path)
    log.close()
    with pytest.raises(ValueError, match="is closed"):
        log.tombstone(event="note", policy="p")


WRITER = """
import sys, itertools, anet_lite
log = anet_lite.TombstoneLog(sys.argv[1])
for index in itertools.count():
    with log.action(event="forget", policy="ttl", evidence={"index": index, "padding": "x" * (index * 37 % 3000)}):
        print(log.head, flush=True)
"""


@posix
def test_every_acknowledged_record_survives_a_kill(tmp_path: Path) -> None:
    path, rng, heads = tmp_path / "log", random.Random(1), []
    for _ in range(KILLS):
        line = [sys.executable, "-W", "error", "-c", WRITER, str(path)]
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout is not None
            heads.append(process.stdout.readline().strip())
            time.sleep(rng.random() * 0.03)
            process.kill()
            heads += process.stdout.read().split("\n")[:-1]
    kept = {json.loads(text)["hash"] for text in lines(path) if text.startswith(b"{") and text.endswith(b"}\n")}
    assert verify(path).fault is None
    assert set(heads) <= kept
    assert len(heads) >= KILLS


# --- the command, the extra, the import -------------------------------------------------------------------------------


@pytest.mark.parametrize(("head_of", "status", "word"), [("log", 0, "is whole: 6 records"), ("other", 1, "Its head")])
def test_the_command_checks_a_head(path: Path, tmp_path: Path, head_of: str, status: int, word: str) -> None:
    other = written(tmp_path / "other.jsonl")
    done = command_line.run(
        "tombstones", "verify", str(path), "--expect-head", head(path if head_of == "log" else other)
    )
    assert done.returncode == status
    assert word in done.stdout + done.stderr


def test_the_command_says_what_it_cannot_exclude(path: Path) -> None:
    assert "cannot be excluded" in command_line.run("tombstones", "verify", str(path)).stdout


def test_the_command_names_the_first_bad_line(path: Path) -> None:
    rewrite(path, lines(path)[:3] + lines(path)[4:])
    done = command_line.run("tombstones", "verify", str(path))
    assert (done.returncode, "Line 4: record 4 stands where record 3 belongs" in done.stderr) == (1, True)


@pytest.mark.parametrize("name", ["missing", ".", "empty"])
def test_the_command_says_what_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").write_text("")
    done = command_line.run("tombstones", "verify", str(tmp_path / name))
    assert done.returncode == 2
    assert "cannot be read" in done.stderr or "holds no record" in done.stderr


def test_without_the_library_the_extra_is_named(path: Path) -> None:
    code = "import sys; sys.modules['rfc8785'] = None"
    done = command_line.run("tombstones", "verify", str(path), before=code)
    assert (done.returncode, done.stderr) == (2, "tombstones need rfc8785: pip install 'anet-lite[tombstone]'\n")
    code += f"; import anet_lite; anet_lite.TombstoneLog({str(path)!r})"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert "ImportError: tombstones need rfc8785: pip install 'anet-lite[tombstone]'" in done.stderr


def test_importing_the_package_imports_no_log() -> None:
    code = "import sys; old = set(sys.modules); import anet_lite; print(*(set(sys.modules) - old))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert not {"json", "hashlib", "rfc8785", "anet_lite.tombstone"} & set(done.stdout.split())
