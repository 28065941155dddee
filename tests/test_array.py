"""Everything that is taken for a series of numbers, and what is not."""

from __future__ import annotations

import array
import collections
import decimal
import fractions
import math
import os
import subprocess
import sys

import numpy as np
import pytest

from anet_lite import AnetError, two_second_precursor
from strategies import PRESENTATIONS

#: Small integers, which every dtype holds. The last sample stands out of all the others.
VALUES = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 9.0]


def score(series):
    return two_second_precursor(series, rate_hz=1, window_sec=1)


EXPECTED = score(VALUES)


def test_the_known_score_separates_samples():
    assert score(VALUES[::-1]) != EXPECTED
    assert EXPECTED[1] > 10.0


@pytest.mark.parametrize("present", PRESENTATIONS.values(), ids=PRESENTATIONS)
def test_ways_to_hold_float64(present):
    assert score(present(VALUES)) == EXPECTED


@pytest.mark.parametrize("dtype", [*"bhilqBHILQefdg", ">i2", "<i4", ">f4", ">u8", "object"])
def test_dtypes(dtype):
    assert score(np.array(VALUES).astype(dtype)) == EXPECTED


def test_bools():
    bits = [True, False, True, True, False, True, True]
    assert score(np.array(bits)) == score(bits) == score([float(bit) for bit in bits])


@pytest.mark.parametrize("step", [1, 2, 3, -1, -2])
def test_strides(step):
    wide = np.zeros(30)
    view = wide[::step][: len(VALUES)]
    view[:] = VALUES
    assert score(view) == EXPECTED


def test_unaligned_memory():
    unaligned = np.frombuffer(b"\0" + np.array(VALUES).tobytes(), dtype="u1")[1:].view("f8")
    assert not unaligned.flags.aligned
    assert score(unaligned) == EXPECTED


def test_a_column_of_a_matrix():
    assert score(np.array([VALUES, VALUES]).T[:, 1]) == EXPECTED


@pytest.mark.parametrize(
    "series",
    [
        collections.deque(VALUES),
        array.array("d", VALUES),
        array.array("f", VALUES),
        array.array("q", [int(x) for x in VALUES]),
        memoryview(array.array("d", VALUES)),
        bytearray(int(x) for x in VALUES),
        [np.float32(x) for x in VALUES],
        [fractions.Fraction(x) for x in VALUES],
        tuple(decimal.Decimal(x) for x in VALUES),
        [int(x) for x in VALUES],
    ],
    ids=lambda series: type(series).__name__,
)
def test_other_series(series):
    assert score(series) == EXPECTED


def test_objects_with_an_array_method():
    class Holder:
        def __array__(self, dtype=None, copy=None):
            return np.array(VALUES, dtype=dtype)

    assert score(Holder()) == EXPECTED


def test_a_range():
    assert score(range(9)) == score(list(range(9)))


def test_missing_items_are_nan():
    assert score([None, *VALUES]) == EXPECTED
    assert score(np.array([None, *VALUES], dtype=object)) == EXPECTED
    assert score([*VALUES, None]) == (True, math.inf)


def test_subclasses_of_list_and_array():
    class Losses(list):
        pass

    assert score(Losses(VALUES)) == EXPECTED
    assert score(np.array(VALUES).view(np.recarray)) == EXPECTED


def test_pandas():
    pandas = pytest.importorskip("pandas")
    assert score(pandas.Series(VALUES)) == EXPECTED
    assert score(pandas.Series(VALUES, dtype="Int64")) == EXPECTED
    assert score(pandas.DataFrame({"loss": VALUES, "other": 0.0})["loss"]) == EXPECTED
    assert score(pandas.Series([None, *VALUES])) == EXPECTED


def test_polars():
    polars = pytest.importorskip("polars")
    assert score(polars.Series(VALUES)) == EXPECTED
    assert score(polars.Series([None, *VALUES])) == EXPECTED
    assert score(polars.Series([int(x) for x in VALUES])) == EXPECTED


def test_torch():
    torch = pytest.importorskip("torch")
    assert score(torch.tensor(VALUES, dtype=torch.float64)) == EXPECTED
    assert score(torch.tensor(VALUES, dtype=torch.float16)) == EXPECTED
    assert score([torch.tensor(x) for x in VALUES]) == EXPECTED
    with pytest.raises(ValueError, match=r"series must hold real numbers: .*requires grad"):
        score(torch.tensor(VALUES, requires_grad=True))


def output_of(program: str) -> str:
    """Run a program in a fresh interpreter."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    command = [sys.executable, "-c", program]
    return subprocess.run(command, check=True, capture_output=True, text=True, env={"PYTHONPATH": path}).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(("order", "copied"), [("=", False), (">", True)], ids=["native", "big-endian"])
def test_plain_float64_is_not_copied(order, copied):
    # The pages of numpy.zeros take no memory until they are written, so the peak shows a copy and nothing else.
    program = f"""
import re, numpy, anet_lite
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
series = numpy.zeros(2**23, dtype="{order}f8")
anet_lite.entropy_rate(series[:100])
before = peak()
anet_lite.entropy_rate(series)
print(peak() - before)
"""
    kilobytes = int(output_of(program))
    assert (kilobytes > 32 * 1024) is copied


def test_lists_do_not_import_numpy():
    program = "import sys, anet_lite; anet_lite.entropy_rate([1.0] * 64); print('numpy' in sys.modules)"
    assert output_of(program) == "False\n"


NOT_ONE_DIMENSIONAL = "series must be one-dimensional, got "
NOT_A_SERIES = "series must be a one-dimensional series, got "
NOT_REAL = "series must hold real numbers, got "


@pytest.mark.parametrize(
    ("series", "error", "text"),
    [
        (np.zeros((2, 3)), ValueError, NOT_ONE_DIMENSIONAL + "shape (2, 3)"),
        (np.zeros((3, 0)), ValueError, NOT_ONE_DIMENSIONAL + "shape (3, 0)"),
        ([[1.0], [2.0]], ValueError, NOT_ONE_DIMENSIONAL + "list as series[0]"),
        ([1.0, np.zeros(2)], ValueError, NOT_ONE_DIMENSIONAL + "ndarray as series[1]"),
        (1.5, TypeError, NOT_A_SERIES + "float"),
        (None, TypeError, NOT_A_SERIES + "NoneType"),
        ("1.5", TypeError, NOT_A_SERIES + "str"),
        (b"1.5", TypeError, NOT_A_SERIES + "bytes"),
        ({1.0, 2.0}, TypeError, NOT_A_SERIES + "set"),
        ({1.0: 2.0}, TypeError, NOT_A_SERIES + "dict"),
        ((x for x in VALUES), TypeError, NOT_A_SERIES + "generator"),
        (np.array(1.0), TypeError, NOT_A_SERIES + "ndarray"),
        (np.float64(1.0), TypeError, NOT_A_SERIES + "float64"),
        ([1.0, "2"], TypeError, NOT_REAL + "str as series[1]"),
        ([1j], TypeError, NOT_REAL + "complex as series[0]"),
        (np.array([1j]), TypeError, NOT_REAL + "dtype complex128"),
        (np.array(["1"]), TypeError, NOT_REAL + "dtype <U1"),
        (np.array(["1"], dtype=object), TypeError, NOT_REAL + "str as series[0]"),
        (np.array(["2026-01-01"], dtype="M8[D]"), TypeError, NOT_REAL + "dtype datetime64[D]"),
        ([1.0, 10**400], ValueError, "series[1] must fit a float64, got a larger integer"),
    ],
)
def test_what_is_no_series_is_named(series, error, text):
    with pytest.raises(error) as raised:
        two_second_precursor(series)
    assert str(raised.value) == text
    assert isinstance(raised.value, AnetError)


def test_what_an_object_says_while_it_becomes_an_array_is_passed_on():
    class Broken:
        def __array__(self, dtype=None, copy=None):
            raise RuntimeError("it lives on another device")

    with pytest.raises(AnetError, match=r"^series must hold real numbers: it lives on another device$") as raised:
        two_second_precursor(Broken())
    assert isinstance(raised.value.__cause__, RuntimeError)


def test_an_interrupt_is_not_an_error_of_the_argument():
    class Interrupted:
        def __float__(self):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        two_second_precursor([Interrupted()])


def test_a_list_that_shrinks_while_it_is_read():
    class Shrinks:
        def __float__(self):
            losses.clear()
            return 1.0

    losses = [Shrinks(), 2.0, 3.0]
    assert two_second_precursor(losses) == (False, 0.0)
