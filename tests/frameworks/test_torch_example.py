"""The example does what it says."""

from __future__ import annotations

import logging
import runpy
from pathlib import Path

NEEDS = ("torch",)

EXAMPLE = Path(__file__).parents[2] / "examples" / "pytorch.py"


def test_the_run_is_stopped_and_says_why(capsys, caplog):
    with caplog.at_level(logging.WARNING, "anet_lite"):
        runpy.run_path(str(EXAMPLE), run_name="__main__")
    output = capsys.readouterr().out.splitlines()
    assert output[0].startswith("stopped after step 6")
    assert output[0].endswith("the fault was in step 600")
    assert [line.split(":")[0] for line in output[1:]] == ["layer 0", "layer 2"]
    said = [record.getMessage() for record in caplog.records]
    assert said[0].startswith("Step 600: the run is suspect. The learning rate is 0.3, 300 times the largest")
    assert sum(text.startswith("stop at step 6") for text in said) == 1
