"""Readers take the files as they are published: small ones of the same form are written here and read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from detection import files
from detection.files.period import period, told

if TYPE_CHECKING:
    from pathlib import Path

SINE = np.sin(2 * np.pi * np.arange(2000) / 50)


@pytest.mark.parametrize("burn", [100, {"a": 100}])
def test_an_npz(tmp_path: Path, burn: object):
    meta = np.frombuffer(json.dumps({"burn": burn, "window": {"a": 7}}).encode(), np.uint8)
    labels = (np.arange(2000) == 1500).astype(np.uint8)
    np.savez(tmp_path / "set.npz", **{"x|a": SINE.astype(np.float32), "y|a": labels}, meta=meta)
    [series] = files.from_npz(tmp_path / "set.npz")
    assert (series.name, series.burn, series.window, series.x.dtype) == ("a", 100, 7, np.float64)
    assert series.labels.nonzero()[0].tolist() == [1500]


@pytest.mark.parametrize("beside", [False, True])
def test_nab(tmp_path: Path, beside: bool):
    folder = tmp_path / "data"
    labels = (tmp_path if beside else folder) / "labels"
    (folder / "real").mkdir(parents=True)
    labels.mkdir()
    rows = [f"2020-01-01 {minute // 60:02}:{minute % 60:02}:00,{SINE[minute]}" for minute in range(1000)]
    (folder / "real" / "a.csv").write_text("timestamp,value\n" + "\n".join(rows))
    windows = {"real/a.csv": [["2020-01-01 15:00:00.000000", "2020-01-01 15:04:00.000000"]]}
    (labels / "combined_windows.json").write_text(json.dumps(windows))
    [series] = files.from_nab(folder)
    assert (series.name, series.burn, series.window) == ("real/a.csv", 150, 50)
    assert series.labels.nonzero()[0].tolist() == [900, 901, 902, 903, 904]


def _kpi(path: Path, minutes: list[int], anomalous: int) -> None:
    path.parent.mkdir(exist_ok=True)
    rows = [f"{60 * minute},{SINE[minute % 2000]},{int(minute == anomalous)}" for minute in minutes]
    path.write_text("\n".join(["timestamp,value,label", *rows]) + "\n")


def test_wsd_with_absent_and_empty_rows_and_rows_out_of_order(tmp_path: Path):
    minutes = [minute for minute in range(2000) if minute not in {700, 701}]
    _kpi(tmp_path / "0.csv", [*minutes[100:], *minutes[:100]], 1500)
    with (tmp_path / "0.csv").open("a") as file:
        file.write(f"{60 * 2000},,\n{60 * 2001},1.5,0\n")
    [series] = files.from_wsd(tmp_path)
    assert (series.name, len(series.x), series.burn, series.window) == ("0", 2002, 300, 50)
    assert np.isnan(series.x).nonzero()[0].tolist() == [700, 701, 2000]
    assert series.labels.nonzero()[0].tolist() == [1500]
    assert series.x[-1] == 1.5


def test_aiops_joins_both_parts_of_a_series(tmp_path: Path):
    for number, anomalous in ((0, 1600), (11, 1700)):
        _kpi(tmp_path / "separate_train_data" / f"{number}th_ts_train.csv", list(range(1000)), -1)
        _kpi(tmp_path / "separate_test_data" / f"{number}th_ts_test.csv", list(range(1000, 2000)), anomalous)
    first, second = files.from_aiops(tmp_path)
    assert (first.name, second.name, len(first.x)) == ("0th", "11th", 2000)
    np.testing.assert_allclose(first.x, SINE)
    assert [one.labels.nonzero()[0].tolist() for one in (first, second)] == [[1600], [1700]]


@pytest.mark.parametrize("between", ["\n", "  "])
def test_ucr_by_line_and_in_one_line(tmp_path: Path, between: str):
    (tmp_path / "001_UCR_Anomaly_sine_800_1501_1503.txt").write_text(between.join(map(str, SINE)))
    [series] = files.from_ucr(tmp_path)
    assert (series.burn, series.window, len(series.x)) == (800, 50, 2000)
    assert series.labels.nonzero()[0].tolist() == [1500, 1501, 1502]


def test_tsb_ad(tmp_path: Path):
    rows = [f"{value},{int(t == 1500)}" for t, value in enumerate(SINE)]
    (tmp_path / "001_NAB_id_1_Facility_tr_1007_1st_1500.csv").write_text("\n".join(["Data,Label", *rows]))
    [series] = files.from_tsb_ad(tmp_path)
    assert (series.name, series.burn, series.window) == ("001_NAB_id_1_Facility_tr_1007_1st_1500", 1007, 50)
    assert series.labels.nonzero()[0].tolist() == [1500]


def test_periods():
    assert period(SINE) == 50
    assert period(np.where(np.arange(2000) % 9 == 0, np.nan, SINE)) == 50
    assert period(np.arange(500.0)) == 125
    slow = np.sin(2 * np.pi * np.arange(20_000) / 1440)
    assert (period(slow), told(slow)) == (125, 1440)
    noisy = SINE + 0.3 * np.random.default_rng(0).normal(size=2000)
    assert told(noisy) == 50
    noisy = SINE + 0.3 * np.random.default_rng(0).normal(size=2000)
    assert told(noisy) == 50
    assert told(np.zeros(500)) is None
