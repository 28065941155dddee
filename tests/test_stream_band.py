"""What was expected near an alarm, and what would not have alarmed: the detector's own, drawn and on the page."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import pytest

from anet_lite import StreamAlarms, StreamDetector
from anet_lite.page.stream import stream_page
from anet_lite.stream import Found, Whole, judge_whole
from anet_lite.stream.band import MOST

if TYPE_CHECKING:
    from pathlib import Path

SPIKE = 800


@pytest.fixture(scope="module")
def found() -> Found:
    x = np.sin(np.arange(1000) / 8) + 0.1 * np.random.default_rng(0).standard_normal(1000)
    x[SPIKE] += 6
    return judge_whole([Whole("cpu", x, None, np.arange(1000))], StreamAlarms())


def test_the_band_is_the_detectors_own(found: Found) -> None:
    band, x = found.band("cpu", timed=False), found.scores["cpu"].samples.values
    assert band is not None
    at = int(np.argmax(band.places == SPIKE))
    detector = StreamDetector()
    detector.push_many(x[:SPIKE])
    said = detector.push(x[SPIKE], band=True)
    assert (band.expected[at], band.low[at], band.high[at]) == (said.expected, said.low, said.high)
    assert band.low[at] < band.expected[at] < band.high[at] < x[SPIKE]
    assert np.isnan(band.expected[-1])  # a line breaks where a run ends


def test_a_band_has_few_samples_and_needs_an_alarm(found: Found) -> None:
    band = found.band("cpu", timed=False)
    assert band is not None
    assert len(band.places) <= MOST + 1
    assert found._replace(alarms=[]).band("cpu", timed=False) is None


def test_a_series_that_began_with_what_was_learned_before_has_none() -> None:
    watched, x = StreamAlarms(), np.zeros(200)
    watched.push_many(x, name="cpu")
    assert judge_whole([Whole("cpu", x, None, np.arange(200))], watched).blank is None


def test_the_page_has_the_expected_line_and_the_ends_of_the_band(found: Found) -> None:
    page, japanese = (stream_page(found, [], "cpu", "", None, lang) for lang in ("en", "ja"))
    assert all(text in page for text in ("expected near alarms", "no alarm above", "no alarm below"))
    assert "警報付近の予測値" in japanese


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="needs matplotlib")
def test_the_band_is_drawn(found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from anet_lite.page import stream_plot

    bands, real = list[int](), stream_plot._expected

    def expected(band: object, axis: object, timed: bool) -> None:
        limits = axis.get_ylim()
        real(band, axis, timed)
        bands.append(len(axis.collections))
        assert axis.get_ylim()[1] < 2 * limits[1]  # an end of the band that is far away does not squeeze the values

    monkeypatch.setattr(stream_plot, "_expected", expected)
    stream_plot.draw(found, [], 1e-4, str(tmp_path / "cpu.png"))
    assert (tmp_path / "cpu.png").stat().st_size > 10_000
    assert bands == [1]
