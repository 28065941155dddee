"""Why a run ended: found in its log, named in two languages, and never taken from the middle of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import command_line
from anet_lite import Monitor
from anet_lite.page.read_run import read_run
from anet_lite.page.render import render
from anet_lite.reader.ending import Ending, ending_of, ending_sentence
from anet_lite.reader.ending.table import CAUSES
from anet_lite.replay import replay

if TYPE_CHECKING:
    from pathlib import Path

STEPS = [f"step {at} loss {3 - at / 50:.3f}" for at in range(40)]
TRACEBACK = ["Traceback (most recent call last):", '  File "train.py", line 9, in <module>', "    step()"]
ENDS = [
    ("slurmstepd: error: *** JOB 7 ON n1 CANCELLED AT 2024-01-01T00:00:00 DUE TO TIME LIMIT ***", "time_limit"),
    ("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.", "gpu_out_of_memory"),
    (
        "jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory allocating 9 bytes.",
        "gpu_out_of_memory",
    ),
    ("RuntimeError: DataLoader worker (pid 9) is killed by signal: Bus error. It is possible ...", "shared_memory"),
    ("RuntimeError: unable to write to file </torch_1>: No space left on device (28)", "shared_memory"),
    ("OSError: [Errno 28] No space left on device", "disk_full"),
    ("Killed", "host_out_of_memory"),
    ("./run.sh: line 3:  4242 Killed                  python train.py", "host_out_of_memory"),
    ("RuntimeError: DataLoader worker (pid 9) is killed by signal: Killed.", "host_out_of_memory"),
    ("FloatingPointError: Loss became infinite or NaN at iteration=9!", "not_finite"),
    ("AssertionError: loss is nan", "not_finite"),
    ("Loss is nan, stopping training", "not_finite"),
    ("RuntimeError: CUDA error: device-side assert triggered", "device_fault"),
    (
        "[rank1]:[E ProcessGroupNCCL.cpp:563] [Rank 1] Watchdog caught collective operation timeout: WorkNCCL",
        "collective",
    ),
    ("torch.distributed.DistBackendError: NCCL error in: ProcessGroupNCCL.cpp:1691", "collective"),
    ("Segmentation fault (core dumped)", "crash"),
    ("KeyboardInterrupt", "interrupted"),
    ("ValueError: shapes do not match", "traceback"),
    ("torch.distributed.elastic.multiprocessing.api.SignalException: Process 9 got signal: 15", "terminated"),
    ("slurmstepd: error: *** STEP 7.0 ON n1 CANCELLED AT 2024-01-01T00:00:00 ***", "terminated"),
]


@pytest.mark.parametrize(("line", "kind"), ENDS)
def test_the_line_that_ends_a_log_says_why(line: str, kind: str) -> None:
    lines = [*STEPS, *TRACEBACK, line, "wandb: Synced 5 file(s)"]
    assert ending_of(lines, range(1, 41)) == Ending(kind, 44, line)


def test_every_kind_has_a_line_above() -> None:
    assert {kind for _, kind in ENDS} == {cause.kind for cause in CAUSES}


def test_a_reason_after_which_the_training_went_on_is_none() -> None:
    lines = [*STEPS[:20], *TRACEBACK, "RuntimeError: CUDA out of memory.", *STEPS[20:]]
    assert ending_of(lines, [*range(1, 21), *range(25, 45)]) is None


def test_the_reason_comes_before_what_follows_from_it() -> None:
    lines = [
        *STEPS,
        "Sending process 9 closing signal SIGTERM",
        *TRACEBACK,
        "torch.OutOfMemoryError: CUDA out of memory",
    ]
    found = ending_of(lines, range(1, 41))
    assert found is not None
    assert (found.kind, found.line) == ("gpu_out_of_memory", 45)


def test_a_word_that_looks_like_an_error_is_none_without_a_traceback() -> None:
    assert ending_of([*STEPS, "ValueError: was caught"], range(1, 41)) is None


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.kind)
def test_a_reason_has_words_in_both_languages(cause: object) -> None:
    said = {lang: ending_sentence(Ending(cause.kind, 7, "a\x1b[2Jb"), lang) for lang in ("en", "ja")}
    assert "Line 7" in said["en"]
    assert "7 行目" in said["ja"]
    assert all("\\x1b" in text and "\x1b" not in text for text in said.values())


def test_a_language_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(ValueError, match="lang must be one of en, ja, got 'fr'"):
        ending_sentence(Ending("traceback", 1, ""), "fr")


@pytest.fixture
def log(tmp_path: Path) -> str:
    path = tmp_path / "run.log"
    path.write_text("\n".join([*STEPS, *TRACEBACK, "torch.OutOfMemoryError: CUDA out of memory. Tried", ""]))
    return str(path)


def test_replay_names_it(log: str) -> None:
    found = replay(log, Monitor(), {}, lambda _: None)
    assert found.ending == Ending("gpu_out_of_memory", 44, "torch.OutOfMemoryError: CUDA out of memory. Tried")
    assert found.to_dict()["ending"]["line"] == 44


def test_the_command_names_it(log: str) -> None:
    assert (
        "Line 44 of the log says why it ended: the accelerator's memory was full"
        in command_line.run("replay", log).stdout
    )
    assert json.loads(command_line.run("replay", log, "--json").stdout)["ending"]["kind"] == "gpu_out_of_memory"


def test_the_page_names_it(log: str) -> None:
    assert "Line 44 of the log says why it ended" in render(read_run(log, Monitor(), {}, lambda _: None))


def test_a_log_without_a_row_says_why_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    path.write_text("\n".join(["Loading", *TRACEBACK, "ModuleNotFoundError: No module named 'torch'"]))
    with pytest.raises(ValueError, match=r"Line 5 of the log says why it ended: an error of Python \(ModuleNotFound"):
        replay(str(path), Monitor(), {}, lambda _: None)
