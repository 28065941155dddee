"""The benchmark measures what it says, on one loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from upscale import texture, warm
from upscale.methods import METHODS, linear
from upscale.series import LENGTH, NOISES, SEEDS, by_formula

if TYPE_CHECKING:
    from upscale.series import Floats

OURS = {name: METHODS[name] for name in ("**fragments**", "**spectral**")}


@pytest.fixture(scope="module")
def loss() -> Floats:
    return dict(by_formula())["red .5 0"]


def test_the_losses_are_as_many_and_as_long_as_they_should(loss: Floats) -> None:
    assert len(dict(by_formula())) == len(NOISES) * SEEDS
    assert loss.shape == (LENGTH,)


def test_the_truth_is_like_itself_and_a_line_is_not(loss: Floats) -> None:
    found = texture.measures(loss, loss)
    assert found["size of steps over the truth's"] == 1
    assert found["RMSE, sd of steps"] == 0
    smooth = linear(loss.reshape(-1, 10).mean(1), 10, loss)
    assert texture.theta(smooth, loss) < 0.6 * found["ϑ with the truth"]


@pytest.mark.parametrize("name", OURS)
def test_ours_is_near_the_ceiling_with_steps_of_the_right_size(loss: Floats, name: str) -> None:
    reference, truth = loss[:2560], loss[2560:]
    found = texture.measures(OURS[name](truth.reshape(-1, 10).mean(1), 10, reference), truth)
    assert found["ϑ with the truth"] == pytest.approx(texture.theta(truth, truth), abs=0.03)
    assert 0.9 <= found["size of steps over the truth's"] <= 1.2
    assert found["largest error of a mean, sd of steps"] < 1e-12


def test_the_tables_have_a_row_for_each_way(loss: Floats) -> None:
    assert len(list(texture.table([loss], OURS))) == 2 + 1 + len(OURS)
    rows = list(warm.table([loss[-1640:]], {"**fragments**": OURS["**fragments**"]}))
    assert len(rows) == 2 + 1 + 1 + 3
    assert rows[3] == "| **fragments** | 0% | 100% | 100% |"
