"""The page's maps of groups of layers, and its strip of statuses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from anet_lite import Monitor, Recorder
from anet_lite._internal.group_quantities import SCALES, SHARES, is_of_group
from anet_lite.page.heat_maps import COLUMNS, FULL, NOT_FINITE, heat_maps
from anet_lite.page.heat_words import HEAT, TITLES
from anet_lite.page.read_run import read_run
from anet_lite.page.render import data_of
from anet_lite.page.run import Run

if TYPE_CHECKING:
    from pathlib import Path

STEPS = 1000


def run_of(**curves: list[float | None]) -> Run:
    """Return a run with these columns; None is a value that was not measured."""
    length = len(next(iter(curves.values())))
    columns = {
        name: (np.array([math.nan if v is None else v for v in values]), np.array([v is not None for v in values]))
        for name, values in curves.items()
    }
    return Run("run", "", length, False, np.arange(length, dtype=float), "step", columns, [], [], "", "", "")


def only(run: Run) -> dict[str, Any]:
    (found,) = heat_maps(run, "en")
    return found


def test_a_part_of_the_run_has_the_mean_of_its_values() -> None:
    values = np.random.default_rng(0).lognormal(size=STEPS)
    found = only(run_of(**{"a/noise": values.tolist()}))
    edges = np.linspace(0, STEPS - 1, COLUMNS + 1)
    for at in range(COLUMNS):
        last = at == COLUMNS - 1
        here = [v for x, v in enumerate(values) if edges[at] <= x and (x < edges[at + 1] or last)]
        assert found["values"][0][at] == pytest.approx(sum(here) / len(here), rel=1e-3)
    assert found["usual"] == [pytest.approx(np.median(values), rel=1e-3)]


def test_a_scale_is_shaded_by_its_groups_own_median_and_a_share_by_itself() -> None:
    scale = only(run_of(**{"a/grad_norm": [1.0] * 5 + [4.0, 0.25, 1e9, 0.0]}))
    assert scale["shades"][0] == [0, 0, 0, 0, 0, FULL // 2, -FULL // 2, FULL, -FULL]
    share = only(run_of(**{"a/dead_share": [0.0, 0.5, 1.0]}))
    assert share["shades"][0] == [0, FULL // 2, FULL]
    assert share["usual"] == [None]


def test_what_is_not_finite_or_not_measured_has_a_shade_of_its_own() -> None:
    found = only(run_of(**{"a/noise": [1.0, math.inf, None, math.nan], "b/noise": [None, None, None, 1.0]}))
    assert found["shades"] == [[0, NOT_FINITE, NOT_FINITE], [None, None, 0]]
    assert found["values"] == [[1.0, None, None], [None, None, 1.0]]


def test_groups_stand_in_the_order_of_their_numbers() -> None:
    names = ["layers.10/noise", "layers.2/noise", "head/noise"]
    assert only(run_of(**{name: [1.0, 2.0] for name in names}))["groups"] == ["head", "layers.2", "layers.10"]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("layers.3/dead_share", True), ("a/b/noise", True), ("noise", False), ("/noise", False), ("train/loss", False)],
)
def test_a_column_is_of_a_group_by_its_quantity(name: str, is_one: bool) -> None:
    assert is_of_group(name) == is_one


def test_a_run_of_one_step_or_of_zeros_is_a_map_too() -> None:
    assert only(run_of(**{"a/noise": [0.0]}))["shades"] == [[0]]
    assert only(run_of(**{"a/noise": [math.nan]}))["shades"] == [[NOT_FINITE]]


def test_all_quantities_have_words_in_both_languages() -> None:
    for lang in ("en", "ja"):
        assert set(TITLES[lang]) == {*SCALES, *SHARES}
        assert set(HEAT[lang]) == set(HEAT["en"])


@pytest.mark.parametrize("kind", ["recorded", "replayed"])
def test_groups_of_a_file_are_a_map_and_no_plot_each(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    with Recorder(path) as recorder:
        monitor = Monitor()
        for step in range(300):
            snap = monitor.update(loss=2 + 0.1 * math.sin(step), step=step)
            recorder.write(snap, **{"layers.0/dead_share": 0.1, "layers.1/dead_share": 0.2})
    if kind == "replayed":
        row = '{"step": %d, "loss": 2.0, "layers.0/dead_share": 0.1, "layers.1/dead_share": 0.2}'
        path.write_text("\n".join(row % step for step in range(300)))
    shown = data_of(read_run(str(path), Monitor(), {}, lambda _: None))
    assert [found["groups"] for found in shown["heat"]] == [["layers.0", "layers.1"]]
    assert not any("dead_share" in panel["title"] for panel in shown["panels"])


def test_the_strip_covers_the_run_from_status_to_status(tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    random = np.random.default_rng(0)
    losses = [2 + 0.01 * random.normal() if step < 400 else 9.0 for step in range(600)]
    path.write_text("\n".join(["step,loss", *(f"{10 * step},{loss}" for step, loss in enumerate(losses))]))
    strip = data_of(read_run(str(path), Monitor(), {}, lambda _: None), "ja")["strip"]
    assert strip[0]["x"] == 0
    assert strip[-1]["end"] == 5990
    assert [part["end"] for part in strip[:-1]] == [part["x"] for part in strip[1:]]
    assert [part["status"] for part in strip][:2] == ["warming_up", "healthy"]
    assert strip[-1]["status"] == "failing"
    assert strip[-1]["said"] == "異常"
