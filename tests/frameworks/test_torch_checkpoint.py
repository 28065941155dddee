"""`check_checkpoint` on files that PyTorch, Transformers and the package safetensors wrote."""

from __future__ import annotations

import math
import os

import numpy as np
import pytest

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from safetensors.torch import save_file
from test_transformers import trainer
from torch_loop import net, train

from anet_lite.checkpoint import check_checkpoint
from anet_lite.checkpoint.decode import numbers

NEEDS = ("torch", "transformers", "accelerate", "safetensors")


@pytest.mark.parametrize(
    ("dtype", "name"),
    [(torch.bfloat16, "BF16"), (torch.float8_e5m2, "F8_E5M2"), (torch.float8_e4m3fn, "F8_E4M3")],
)
def test_every_code_of_a_narrow_float_is_what_torch_takes_it_for(dtype, name):
    wide = dtype.itemsize == 2
    codes = np.arange(1 << 16, dtype=np.uint16) if wide else np.arange(1 << 8, dtype=np.uint8)
    expected = torch.from_numpy(codes.view(np.int16) if wide else codes).view(dtype).float().numpy()
    np.testing.assert_array_equal(numbers(codes.view(np.uint8), name), expected)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.float8_e5m2])
def test_both_forms_say_the_same(tmp_path, dtype):
    state = {"layers.0.w": torch.tensor([1.0, math.nan, 2.0]).to(dtype), "zero": torch.zeros(3, dtype=dtype)}
    save_file(state, tmp_path / "a.safetensors")
    torch.save({"model": state, "step": 3}, tmp_path / "a.pt")
    one, other = (check_checkpoint(tmp_path / name) for name in ("a.safetensors", "a.pt"))
    assert one.not_finite == {"layers.0.w": 1}
    assert other.not_finite == {"model.layers.0.w": 1}
    assert (one.zero, other.zero) == (["zero"], ["model.zero"])


def test_a_model_and_its_optimizer_are_compared_with_those_before(tmp_path):
    model = net()
    optimizer = torch.optim.AdamW(model.parameters(), 0.01)
    model[0].requires_grad_(False)
    for name in ("1.pt", "2.pt"):
        train(model, optimizer, 2)
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, tmp_path / name)
    report = check_checkpoint(tmp_path / "2.pt", tmp_path / "1.pt")
    assert report.unchanged == ["model.0.weight", "model.0.bias"]
    assert report.is_sound


def test_a_pickle_that_holds_code_is_not_run(tmp_path):
    class Runs:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "made"),)

    torch.save({"w": torch.ones(2), "x": Runs()}, tmp_path / "a.pt")
    with pytest.raises(ValueError, match="cannot be read without running code of its own, or is damaged"):
        check_checkpoint(tmp_path / "a.pt")
    assert not (tmp_path / "made").exists()


def test_a_trainers_folders_are_read_whole(tmp_path):
    made = trainer(tmp_path, max_steps=4, save_strategy="steps", save_steps=2)
    made.train()
    report = check_checkpoint(tmp_path / "checkpoint-4", tmp_path / "checkpoint-2")
    assert report.is_sound
    assert (report.files, report.only_here, report.only_before) == (2, [], [])
    assert report.compared > 20
    assert all(why == "it holds no weights" for why in report.unread.values())
