"""Where models come from: files, folders, shards, adapters; and files that strangers wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import weight_files as files
from anet_lite import AnetError, merge
from anet_lite._native import WeightsFile, compare_weights
from anet_lite.checkpoint.decode import numbers

if TYPE_CHECKING:
    from pathlib import Path

BASE = files.base()
A, B = files.moved(BASE, 1), files.moved(BASE, 2)


def refused(*models: Any, base: Any = None) -> str:
    with pytest.raises(AnetError) as caught:
        merge.compare(models, base)
    return str(caught.value)


def sharded(folder: Path, arrays: files.Arrays, index: bool = True) -> str:
    folder.mkdir()
    names = list(arrays)
    parts = {"model-1.safetensors": names[::2], "model-2.safetensors": names[1::2]}
    for file, held in parts.items():
        files.model(folder / file, {name: arrays[name] for name in held})
    if index:
        weight_map = {name: file for file, held in parts.items() for name in held}
        (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": weight_map}))
    return str(folder)


@pytest.mark.parametrize("index", [True, False])
def test_shards_are_one_model(tmp_path: Path, index: bool) -> None:
    folder, file = sharded(tmp_path / "a", A, index), files.model(tmp_path / "a.safetensors", A)
    found = merge.compare([folder, file])
    assert [finding.code for finding in found.findings] == ["unchanged"]
    assert {tensor.name for tensor in found.pairs[0].tensors} == set(A)


@pytest.mark.parametrize(
    ("weight_map", "reason"),
    [
        ({"w": "../x.safetensors"}, "weight_map must name files in its folder, got '../x.safetensors'"),
        ({"w": "/etc/passwd"}, "weight_map must name files in its folder, got '/etc/passwd'"),
        ({"w": ".."}, r"weight_map must name files in its folder, got '..'"),
        ({"w": 7}, "weight_map must name files in its folder, got 7"),
        ({"other": "model-1.safetensors"}, "model-1.safetensors has no tensor other"),
        ([], "weight_map must be an object with tensors"),
    ],
)
def test_an_index_that_leads_astray_is_refused(tmp_path: Path, weight_map: Any, reason: str) -> None:
    folder = sharded(tmp_path / "a", A)
    path = os.path.join(folder, "model.safetensors.index.json")
    with open(path, "w") as file:
        json.dump({"weight_map": weight_map}, file)
    assert refused(folder, folder) == f"{path}: {reason}"


def test_an_index_without_its_shard_is_an_error_of_the_system(tmp_path: Path) -> None:
    folder = sharded(tmp_path / "a", A)
    os.remove(os.path.join(folder, "model-2.safetensors"))
    with pytest.raises(FileNotFoundError, match=r"model-2\.safetensors"):
        merge.compare([folder, folder])


def test_folders_without_weights_say_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    hint = "pytorch_model.bin is a pickle, which is not read: save it as safetensors"
    assert refused(tmp_path, tmp_path) == f"{tmp_path}: no file of safetensors in it; {hint}"


def test_a_tensor_in_two_shards_is_refused(tmp_path: Path) -> None:
    folder = sharded(tmp_path / "a", A, index=False)
    files.model(tmp_path / "a" / "model-3.safetensors", {"norm.weight": np.ones(32)})
    assert refused(folder, folder) == f"{folder}: tensor norm.weight is in two of its files"


def test_wrong_arguments_are_named(tmp_path: Path) -> None:
    a, b = files.model(tmp_path / "a", A), files.model(tmp_path / "b", {"x": np.ones(3)})
    assert refused(a) == "models must be at least 2, got 1"
    assert refused(a, b) == f"{a} and {b} have no tensor in common"
    assert refused(a, files.model(tmp_path / "c", B), base=a) == f"base must not be one of the models, got {a} as both"
    with pytest.raises(TypeError, match="models must be a list of paths, got str"):
        merge.compare(a)
    with pytest.raises(TypeError, match="a model must be a path, got int"):
        merge.compare([a, 7])  # type: ignore[list-item]
    with pytest.raises(FileNotFoundError):
        merge.compare([a, tmp_path / "nowhere"])
    with pytest.raises(AnetError, match="models must hold at least 2 tensors, got 1"):
        compare_weights([(WeightsFile(a), "norm.weight")])


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (
            {"w": {"dtype": "F32", "shape": [3], "data_offsets": [0, 12]}},
            r"lies outside of the file: 0 to 12 of 8 bytes",
        ),
        ({"w": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}}, r"has 8 bytes, its shape needs 12"),
        ({"w": {"dtype": "F32", "shape": [2]}}, r"the header is damaged: missing field `data_offsets`"),
        (b"{}}", r"the header is damaged: trailing characters"),
        (b"\xff\xfe", r"the header is damaged"),
        (
            {name: {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]} for name in "uv"},
            r'tensors "u" and "v" share bytes',
        ),
    ],
)
def test_damaged_headers_are_refused_by_name(tmp_path: Path, header: Any, reason: str) -> None:
    path = files.raw(tmp_path / "bad", header, b"\0" * 8)
    with pytest.raises(AnetError, match=reason) as caught:
        WeightsFile(path)
    assert str(caught.value).startswith(path)


def test_a_header_of_2_to_the_63_bytes_is_refused(tmp_path: Path) -> None:
    path = files.raw(tmp_path / "bad", b"{}", length=1 << 63)
    assert refused(path, path).endswith("not safetensors: a header of 9223372036854775808 bytes, where 2 are possible")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe", tmp_path / "pipe").endswith("not a file")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "folder" / "model.safetensors.index.json")
    assert refused(tmp_path / "folder", tmp_path / "folder").endswith("not a file")


def test_numbers_are_read_in_their_type(tmp_path: Path) -> None:
    values = np.array([1.0, -2.5, 65504.0, 6e-8, 0.1])
    for dtype, want in (("F64", values), ("F32", values), ("F16", values.astype(np.float16))):
        path = files.model(tmp_path / dtype, {"w": values}, dtype)
        assert WeightsFile(path).read("w", 0, 5).tolist() == want.astype(np.float32).tolist()
    bits = np.array([0x3F80, 0xC049, 0x7F80], "<u2")
    path = files.write(tmp_path / "bf16", {"w": ("BF16", (3,), bits.tobytes())})
    assert WeightsFile(path).read("w", 0, 3).tolist() == [1.0, -3.140625, np.inf]
    codes = np.arange(256, dtype=np.uint8)
    for dtype in ("F8_E5M2", "F8_E4M3"):
        eight = files.write(tmp_path / dtype, {"w": (dtype, (256,), codes.tobytes())})
        np.testing.assert_array_equal(WeightsFile(eight).read("w", 0, 256), numbers(codes, dtype))
    with pytest.raises(AnetError, match='tensor "w" has only 3 numbers'):
        WeightsFile(path).read("w", 1, 4)
    with pytest.raises(AnetError, match='there is no tensor "v"'):
        WeightsFile(path).read("v", 0, 1)


# Not `ru_maxrss`: it begins with what the process that started this one had.
SPARSE = """
import re, sys
from anet_lite import merge
found = merge.compare(2 * sys.argv[1:])
peak = re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]
print(found.pairs[0].tensors[0].shape, peak)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs sparse files, and Linux's unit of memory")
def test_four_gigabytes_take_less_than_200_megabytes_of_memory(tmp_path: Path) -> None:
    rows, columns = 1 << 16, 1 << 15
    header = {"w": {"dtype": "BF16", "shape": [rows, columns], "data_offsets": [0, 2 * rows * columns]}}
    path = files.raw(tmp_path / "sparse", header)
    os.truncate(path, os.path.getsize(path) + 2 * rows * columns)
    done = subprocess.run([sys.executable, "-c", SPARSE, path], capture_output=True, encoding="utf-8", check=True)
    shape, _, memory = done.stdout.rpartition(" ")
    assert shape == f"({rows}, {columns})"
    assert int(memory) < 200_000


def lora(
    folder: Path, seed: int, rank: int = 4, scale: float = 1.0, config: dict[str, Any] | None = None
) -> tuple[str, dict[str, np.ndarray]]:
    """Write an adapter; return its path, and the changes that its config makes of it, multiplied out."""
    folder.mkdir()
    random = np.random.default_rng(seed)
    config = {"peft_type": "LORA", "r": rank, "lora_alpha": 8, **(config or {})}
    factors, changes = {}, {}
    for module in ("model.layers.0.q_proj", "model.layers.1.q_proj"):
        a, b = random.standard_normal((rank, 24)), scale * random.standard_normal((16, rank))
        factors |= {f"{module}.lora_A.weight": a, f"{module}.lora_B.weight": b}
        alpha = config.get("alpha_pattern", {}).get(module.partition(".")[2], config["lora_alpha"])
        changes[module] = alpha / (sqrt(rank) if config.get("use_rslora") else rank) * (b @ a)
    files.model(folder / "adapter_model.safetensors", factors, "F64")
    (folder / "adapter_config.json").write_text(json.dumps(config))
    return str(folder), changes


@pytest.mark.parametrize("config", [{}, {"use_rslora": True}, {"alpha_pattern": {"layers.1.q_proj": 32}}])
def test_adapters_are_compared_without_their_products(tmp_path: Path, config: dict[str, Any]) -> None:
    (a, change_a), (b, change_b) = lora(tmp_path / "a", 1, config=config), lora(tmp_path / "b", 2, 7, config=config)
    tensors = merge.compare([a, b]).pairs[0].tensors
    assert len(tensors) == 2
    for tensor in tensors:
        t, u = change_a[tensor.name], change_b[tensor.name]
        assert tensor.shape == (16, 24)
        # Factors are read in single precision.
        assert tensor.change_squares == pytest.approx(((t * t).sum(), (u * u).sum()), rel=1e-6)
        assert tensor.change_cosine == pytest.approx((t * u).sum() / sqrt((t * t).sum() * (u * u).sum()), abs=1e-6)


def test_the_products_of_adapters_are_exact(tmp_path: Path) -> None:
    """With factors that single precision holds, to 1e-15."""
    folder = tmp_path / "a"
    folder.mkdir()
    random = np.random.default_rng(0)
    a, b = random.standard_normal((8, 300)).astype("f4"), random.standard_normal((200, 8)).astype("f4")
    files.model(folder / "adapter_model.safetensors", {"m.lora_A.weight": a, "m.lora_B.weight": b})
    (folder / "adapter_config.json").write_text(json.dumps({"lora_alpha": 8}))
    (tensor,) = merge.compare([folder, folder]).pairs[0].tensors
    dense = b.astype(float) @ a.astype(float)
    assert tensor.squares[0] == pytest.approx((dense**2).sum(), rel=1e-15 * 10)
    assert tensor.distance == 0.0


def test_a_wrong_alpha_dominates(tmp_path: Path) -> None:
    (a, _), (b, _) = lora(tmp_path / "a", 1), lora(tmp_path / "b", 2, config={"lora_alpha": 64})
    found = merge.compare([a, b])
    assert [finding.code for finding in found.findings] == ["one_dominates"]
    assert found.pairs[0].balanced_alpha == pytest.approx(1 / 9, rel=0.25)


def test_adapters_of_different_bases_and_modules_are_warned_of(tmp_path: Path) -> None:
    (a, _) = lora(tmp_path / "a", 1, config={"base_model_name_or_path": "x/one"})
    (b, _) = lora(tmp_path / "b", 2, config={"base_model_name_or_path": "x/other"})
    held = {
        "model.layers.0.q_proj.lora_A.weight": np.ones((4, 24)),
        "model.layers.0.q_proj.lora_B.weight": np.ones((16, 4)),
    }
    files.model(tmp_path / "b" / "adapter_model.safetensors", held)
    warned = [finding.code for finding in merge.compare([a, b]).findings if finding.severity == "warn"]
    assert warned == ["missing", "config"]


def test_adapters_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    (a, _), whole = lora(tmp_path / "a", 1), files.model(tmp_path / "whole", A)
    assert refused(a, whole) == f"adapters can be compared with adapters alone: {a} is one, {whole} is not"
    assert refused(a, a, base=whole).startswith("base must be left out for adapters")
    (b, _) = lora(tmp_path / "b", 1, config={"peft_type": "IA3"})
    assert refused(a, b) == f"{b}{os.sep}adapter_config.json: peft_type must be LORA, got 'IA3'"
    (d, _) = lora(tmp_path / "d", 1, config={"use_dora": True})
    assert "use_dora must be false" in refused(a, d)
    (c, _) = lora(tmp_path / "c", 1, config={"lora_alpha": 8})
    (tmp_path / "c" / "adapter_config.json").write_text('{"lora_alpha": "x"}')
    assert refused(a, c) == f"{c}{os.sep}adapter_config.json: lora_alpha must be a number, got 'x'"
    files.model(tmp_path / "c" / "adapter_model.safetensors", {"m.lora_A.weight": np.ones((4, 9))})
    assert refused(a, c).endswith("module m has lora_A alone, both factors are wanted")


def folder_with(path: Path, arrays: files.Arrays, **documents: Any) -> str:
    path.mkdir()
    files.model(path / "model.safetensors", arrays)
    for name, document in documents.items():
        (path / f"{name}.json").write_text(document if isinstance(document, str) else json.dumps(document))
    return str(path)


def test_tokenizers_whose_ids_mean_other_tokens_stop(tmp_path: Path) -> None:
    bpe = {"model": {"vocab": {"a": 0, "b": 1, "c": 2}}, "added_tokens": [{"id": 3, "content": "<s>"}]}
    unigram = {
        "model": {"vocab": [["a", -1.0], ["c", -2.0], ["b", -3.0]]},
        "added_tokens": [{"id": 3, "content": "</s>"}],
    }
    paths = [folder_with(tmp_path / name, A, tokenizer=each) for name, each in (("a", bpe), ("b", unigram))]
    (finding,) = [each for each in merge.compare(paths).findings if each.severity == "stop"]
    assert (finding.code, finding.evidence) == ("tokenizer", {"count": 3, "id": 1, "first": "b", "second": "c"})
    assert finding.explain().startswith(
        "The tokenizers differ: 3 ids stand for other tokens. Id 1 is b in A and c in B."
    )


def test_configs_that_change_what_weights_mean_are_warned_of(tmp_path: Path) -> None:
    configs = [{"rope_theta": 1e4, "text_config": {"hidden_act": "silu"}}, {"rope_theta": 1e6, "hidden_act": "gelu"}]
    paths = [
        folder_with(tmp_path / str(n), A, config={**each, "torch_dtype": str(n)}) for n, each in enumerate(configs)
    ]
    found = merge.compare(paths)
    assert [each.evidence["key"] for each in found.findings if each.code == "config"] == ["rope_theta", "hidden_act"]
    assert found.verdict == "warn"


def test_documents_that_were_not_compared_are_told(tmp_path: Path) -> None:
    a = folder_with(tmp_path / "a", A, config={}, tokenizer="[1, 2")
    b = folder_with(tmp_path / "b", A, tokenizer={})
    told = [finding.explain() for finding in merge.compare([a, b]).findings if finding.code == "not_read"]
    assert told[0].startswith(f"tokenizer.json was not compared: {a}{os.sep}tokenizer.json: not JSON")
    assert told[1] == "config.json was not compared: B has none."


def test_names_that_would_forge_lines_are_escaped(tmp_path: Path) -> None:
    name = "w\nok: \x1b[2J"
    paths = [files.model(tmp_path / str(seed), {name: files.base(seed)["head.weight"]}) for seed in (1, 2)]
    said = merge.compare(paths).explain()
    assert "\x1b" not in said
    assert "\nok" not in said


def test_save_refuses_what_the_format_has_not(tmp_path: Path) -> None:
    with pytest.raises(AnetError, match="tensors must be of a type of safetensors, got complex128 for 'w'"):
        merge.save(tmp_path / "x", {"w": np.ones(3, complex)})
    with pytest.raises(AnetError, match="tensors must have different names, got 'w' twice"):
        merge.save(tmp_path / "x", [("w", np.ones(3)), ("w", np.ones(3))])
    merge.save(tmp_path / "x", {"w": np.arange(6, dtype=">f8").reshape(2, 3).T, "n": np.arange(3)})
    assert WeightsFile(tmp_path / "x").tensors == [("w", "F64", (3, 2)), ("n", "I64", (3,))]
    assert WeightsFile(tmp_path / "x").read("w", 0, 6).tolist() == [0, 3, 1, 4, 2, 5]
