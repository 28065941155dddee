"""Import time in fresh processes: ours loads one shared library and must not load NumPy."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys

import pytest

from race import OURS, REFERENCE

ONE_IMPORT = """
import sys, time
start = time.perf_counter()
import {module}
print(time.perf_counter() - start, "numpy" in sys.modules)
"""


def import_seconds(module: str) -> tuple[float, bool]:
    """Import a module in a fresh process; return the seconds by its own clock, and whether NumPy came along."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", ONE_IMPORT.format(module=module)]
    seconds, numpy_came = subprocess.check_output(command, env=environment, text=True).split()
    return float(seconds), numpy_came == "True"


@pytest.mark.parametrize("package", ["anet_lite", "rh_sparse_anomaly"])
@pytest.mark.parametrize("contender", [REFERENCE, "NumPy alone", OURS])
def test_import(race, benchmark, quick, package, contender):
    module = {REFERENCE: "numpy_reference", "NumPy alone": "numpy", OURS: package}[contender]
    imports = [import_seconds(module) for _ in range(3 if quick else 15)]
    assert {numpy_came for _, numpy_came in imports} == {contender != OURS}
    benchmark.extra_info["seconds"] = statistics.median(seconds for seconds, _ in imports)
    race(f"import {package}", contender, lambda: None, once=True)


@pytest.mark.parametrize("package", ["anet_lite", "rh_sparse_anomaly"])
def test_import_costs_at_most_a_quarter_of_numpys(package):
    ours, numpy = (min(import_seconds(module)[0] for _ in range(3)) for module in (package, "numpy"))
    assert ours <= numpy / 4
