"""``python -m fleet.picture RESULTS PICTURE`` draws the cost of a row against how many rows of each key a batch has."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def draw(found: list[dict[str, Any]], path: Path) -> None:
    """Draw the adapter, the processor that scores nothing, and the bytes that a row costs in checkpoints."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    jobs = [one for one in found if one["part"] == "spark" and one["page_bytes"] == 65_536]
    keys = min(one["keys"] for one in jobs)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    for kind, label in (("anet", "score_stream"), ("bare", "reads and writes the same state")):
        mine = [one for one in jobs if one["kind"] == kind and one["keys"] == keys]
        left.loglog([one["rows"] for one in mine], [one["cpu_us_a_row"] for one in mine], "o-", label=label)
    mine = [one for one in jobs if one["kind"] == "anet" and one["keys"] == keys]
    bytes_a_row = [one["checkpoint_bytes_a_key_and_batch"] / one["rows"] for one in mine]
    right.loglog([one["rows"] for one in mine], bytes_a_row, "o-", color="tab:orange")
    left.set_ylabel("processor time, µs a row")
    right.set_ylabel("checkpoint bytes a row")
    left.legend(frameon=False)
    for cell in (left, right):
        cell.set_xlabel("rows of each key in a batch")
        cell.grid(alpha=0.3)
    figure.suptitle(f"{keys:,} keys, StreamDetector, local[2]", fontsize=11)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    draw([json.loads(line) for line in lines], Path(sys.argv[2]))
