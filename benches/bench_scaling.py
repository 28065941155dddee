"""The scaling measurements, once and small: ``make bench`` runs them in full and draws the picture."""

from __future__ import annotations

import pytest

from scaling import QUICK, TITLES, measure
from scaling_plot import draw


@pytest.mark.parametrize(("axis", "value"), [(axis, value) for axis, values in QUICK.items() for value in values])
def test_measure(axis, value):
    point = measure((axis, value))
    assert point["seconds"] > 0
    assert point["bytes"] >= 0


def test_draw(tmp_path):
    pytest.importorskip("matplotlib")
    points = [{"axis": a, "value": v, "seconds": v * 1e-6, "bytes": v * 1000} for a in QUICK for v in QUICK[a]]
    draw(points, TITLES, tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
