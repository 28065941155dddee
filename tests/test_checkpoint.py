"""What `anet-lite check` finds in files of safetensors, says in words, and ends with."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import command_line
from anet_lite import AnetError
from anet_lite.checkpoint import CheckpointReport, check_checkpoint, stored
from anet_lite.checkpoint.decode import numbers
from anet_lite.checkpoint.words import TEXTS, sentences
from safetensors_writer import raw, write

if TYPE_CHECKING:
    from pathlib import Path

ONES = [1.0, -2.0, 3.0]


@pytest.mark.parametrize("dtype", ["F64", "F32", "F16", "BF16"])
def test_numbers_that_are_not_finite_are_counted(tmp_path: Path, dtype: str):
    file = write(tmp_path / "a.safetensors", good=(dtype, ONES), bad=(dtype, [1.0, math.nan, math.inf, -math.inf]))
    report = check_checkpoint(file)
    assert (report.tensors, report.numbers, report.not_finite) == (2, 7, {"bad": 3})
    assert not report.is_sound


def test_a_sound_one_has_no_fault_and_integers_are_not_judged(tmp_path: Path):
    file = write(tmp_path / "a.safetensors", w=("F32", ONES), step=("I64", [0, 0]), empty=("F32", []), one=("F32", 7))
    report = check_checkpoint(file)
    assert report.is_sound
    assert (report.zero, report.files, report.unread) == ([], 1, {})
    assert sentences(report)[-1] == "Nothing is wrong with what was read."


def test_what_half_precision_cannot_hold_is_named_but_not_a_single_number(tmp_path: Path):
    file = write(
        tmp_path / "a.safetensors", w=("BF16", [1.0, -70000.0]), step=("F32", [80000.0]), ok=("F32", [65504.0])
    )
    assert list(check_checkpoint(file).above_half) == ["w"]


def test_zeros_are_a_fault_in_an_adapter_alone(tmp_path: Path):
    file = write(tmp_path / "a.safetensors", bias=("F32", [0, 0]), q__lora_A__weight=("F32", ONES))
    assert (check_checkpoint(file).zero, check_checkpoint(file).is_sound) == (["bias"], True)
    file = write(tmp_path / "b.safetensors", bias=("F32", [0, 0]), q__lora_B__weight=("F32", [0, -0.0]))
    report = check_checkpoint(file)
    assert (report.untrained_lora, report.is_sound) == (["q.lora_B.weight"], False)
    assert "Exactly 0, so that their adapters change nothing: q.lora_B.weight." in sentences(report)


def test_what_has_not_changed_since_is_a_fault_where_nothing_has(tmp_path: Path):
    before = write(tmp_path / "1" / "a.safetensors", w=("F32", ONES), frozen=("F32", [math.nan]), step=("I64", [1]))
    after = write(tmp_path / "2" / "a.safetensors", w=("F32", [1.0, -2.0, 3.5]), frozen=("F32", [math.nan]))
    report = check_checkpoint(after, before)
    assert (report.compared, report.unchanged, report.stands_still) == (2, ["frozen"], False)
    assert report.only_before == ["step"]
    assert check_checkpoint(before, before).stands_still


def test_another_type_and_another_shape_are_told(tmp_path: Path):
    before = write(tmp_path / "1.safetensors", w=("F32", ONES), grown=("F32", ONES))
    after = write(tmp_path / "2.safetensors", w=("BF16", ONES), grown=("F32", [*ONES, 4.0]), new=("F32", ONES))
    report = check_checkpoint(after, before)
    assert report.other_dtype == {"w": "BF16, before F32"}
    assert (report.compared, report.only_here) == (1, ["new"])
    assert not report.is_sound


def test_blocks_are_parts_of_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    values = np.arange(1.0, 1001.0)
    values[777] = math.nan
    file = write(tmp_path / "a.safetensors", w=("F32", values))
    whole = check_checkpoint(file, file).to_dict()
    monkeypatch.setattr("anet_lite.checkpoint.safetensors_file.BLOCK", 64)
    assert check_checkpoint(file, file).to_dict() == whole
    assert stored.BLOCK > 1 << 20


def test_a_folder_is_one_checkpoint_and_what_was_not_read_is_said(tmp_path: Path):
    for at in (1, 2):
        write(tmp_path / f"model-0000{at}-of-00002.safetensors", **{f"w{at}": ("F32", ONES)})
    (tmp_path / "shard.distcp").write_bytes(b"x")
    (tmp_path / "rng_state.pth").write_bytes(b"x")
    (tmp_path / "config.json").write_text("{}")
    report = check_checkpoint(tmp_path)
    assert (report.tensors, report.files) == (2, 2)
    assert set(report.unread) == {"shard.distcp", "rng_state.pth"}
    assert "rng_state.pth (it holds no weights)" in sentences(report)[1]
    assert "rng_state.pth (重みを含まない)" in sentences(report, "ja")[1]


ENTRY = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}
DAMAGED: dict[str, tuple[Any, bytes]] = {
    "the header is damaged: EOF": (b"{", b""),
    "expected an object of tensors": ([1], b""),
    "missing field `shape`": ({"w": {"dtype": "F32"}}, b""),
    'tensor "w" lies outside of the file': ({"w": ENTRY}, b"1234"),
}


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_file_is_named(tmp_path: Path, text: str):
    header, body = DAMAGED[text]
    file = raw(tmp_path / "a.safetensors", header, body)
    with pytest.raises(ValueError, match=text) as raised:
        check_checkpoint(file)
    assert isinstance(raised.value, AnetError)


def test_a_header_longer_than_its_file_is_named(tmp_path: Path):
    (file := tmp_path / "a.safetensors").write_bytes(b"\xff" * 12)
    with pytest.raises(ValueError, match="a header of 18446744073709551615 bytes, where 4 are possible"):
        check_checkpoint(file)


def test_offsets_that_lie_are_refused(tmp_path: Path):
    lies = {"needs 8": [0, 4], "expected u64": [-8, 0], "lies outside": [8, 0], "floating point": [0, 2**70]}
    for text, offsets in lies.items():
        file = raw(tmp_path / "a.safetensors", {"w": {**ENTRY, "data_offsets": offsets}}, b"12345678")
        with pytest.raises(ValueError, match=text):
            check_checkpoint(file)


def test_what_holds_nothing_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="holds no tensor that can be read"):
        check_checkpoint(tmp_path)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ValueError, match="is of a kind that is not read"):
        check_checkpoint(tmp_path / "a.txt")
    with pytest.raises(FileNotFoundError):
        check_checkpoint(tmp_path / "b.safetensors")


def test_eight_bit_floats_of_two_kinds():
    codes = np.arange(256, dtype=np.uint8)
    wide, precise = numbers(codes, "F8_E5M2"), numbers(codes, "F8_E4M3")
    assert np.isinf(wide).sum() == 2
    assert (np.isnan(precise).sum(), np.nanmax(precise), precise[1]) == (2, 448.0, 2.0**-9)


def test_both_languages_have_the_same_sentences():
    reasons = {"it holds no weights", "its type is not known"}
    assert set(TEXTS["en"]) == set(TEXTS["ja"]) - reasons
    with pytest.raises(ValueError, match="lang must be 'en' or 'ja'"):
        sentences(CheckpointReport("a"), "fr")


def test_the_command_ends_with_what_it_found(tmp_path: Path):
    good = str(write(tmp_path / "good.safetensors", w=("F32", ONES)))
    bad = str(write(tmp_path / "bad.safetensors", w=("F32", [math.nan])))
    assert command_line.run("check", good).returncode == 0
    done = command_line.run("check", bad, "--lang", "ja")
    assert (done.returncode, done.stdout.splitlines()[1]) == (1, "有限でない値: w(1個)。")
    told = json.loads(command_line.run("check", bad, "--against", good, "--json").stdout)
    assert (told["not_finite"], told["against"], told["compared"]) == ({"w": 1}, good, 0)
    done = command_line.run("check", str(tmp_path / "none.pt"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
