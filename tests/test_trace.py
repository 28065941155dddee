"""End to end: gaps, windows, signatures, scores."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import numpy_reference as reference
import rh_sparse_anomaly as rh
from known_answers import close, of_call

CASES = of_call("trace", "anomaly_trace_from_rh")
#: What the published program printed.
DEMO = Path(__file__).parent / "expected" / "rh_sparse_anomaly.txt"


def test_every_case_is_read():
    assert len(CASES) == 4


@pytest.mark.parametrize("case", CASES, ids=str)
def test_trace(case):
    if case.raises:
        with pytest.raises(case.raises, match=r"^Increase K_zeros or decrease window size\.$"):
            rh.anomaly_trace_from_rh(**case.kwargs)
        return
    rows = rh.anomaly_trace_from_rh(**case.kwargs)
    assert [list(per_scale) for _, _, per_scale in rows] == [case.kwargs["scales"]] * len(rows)
    assert close([[i, combined, list(per.values())] for i, combined, per in rows], case.result)


def test_rows_are_plain_python():
    rows = rh.anomaly_trace_from_rh(300, scales=(16,))
    index, combined, per_scale = rows[0]
    assert (type(rows), type(index), type(combined), type(per_scale)) == (list, int, float, dict)


@settings(max_examples=20)
@given(
    zeros=st.integers(30, 60),
    window=st.integers(1, 20),
    scales=st.lists(st.integers(1, 40), max_size=3),
    dim=st.integers(1, 200),
    topk=st.integers(0, 80),
    knn_k=st.integers(-2, 8),
    seed=st.text(st.characters(codec="ascii"), max_size=64),
    jolt=st.booleans(),
)
def test_trace_is_the_reference(zeros, window, scales, dim, topk, knn_k, seed, jolt):
    arguments = (zeros, window, scales, dim, topk, knn_k, seed, jolt)
    assert close(rh.anomaly_trace_from_rh(*arguments), reference.anomaly_trace_from_rh(*arguments), absolute=1e-12)


def test_the_demo_prints_the_seeds_table():
    printed = subprocess.run([sys.executable, "-m", "rh_sparse_anomaly"], capture_output=True, check=True)
    assert printed.stdout.decode().splitlines() == DEMO.read_text(encoding="utf-8").splitlines()


def interrupt_when_busy(main: int) -> None:
    time.sleep(0.3)
    os.kill(main, signal.SIGINT)


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to oneself there")
@pytest.mark.parametrize("arguments", [{"K_zeros": 10**8}, {"K_zeros": 10**6}], ids=["inverting", "scoring"])
def test_ctrl_c_ends_a_long_trace(arguments):
    threading.Thread(target=interrupt_when_busy, args=(os.getpid(),), daemon=True).start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        rh.anomaly_trace_from_rh(**arguments)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ({"K_zeros": -1}, ValueError, "K_zeros must be at least 0, got -1"),
        ({"K_zeros": 2**60}, ValueError, "K_zeros must be small enough for memory, got 1152921504606846976"),
        ({"K_zeros": 2.5}, TypeError, "K_zeros must be an integer, got float"),
        ({"K_zeros": 258}, ValueError, "Increase K_zeros or decrease window size."),
        ({"window": 0}, ValueError, "window must be at least 1, got 0"),
        ({"scales": (64, 0)}, ValueError, "scales must be at least 1, got 0"),
        ({"scales": (64, "a")}, TypeError, "scales must be an integer, got str"),
        ({"dim": 0}, ValueError, "dim must be at least 1, got 0"),
        ({"topk": -1}, ValueError, "topk must be at least 0, got -1"),
        ({"knn_k": "5"}, TypeError, "knn_k must be an integer, got str"),
        ({"seed": 65 * "s"}, ValueError, "seed must be at most 64 bytes in UTF-8, got 65 bytes"),
    ],
)
def test_bad_input_is_named(arguments, error, text):
    with pytest.raises(error) as raised:
        rh.anomaly_trace_from_rh(**arguments)
    assert str(raised.value) == text
