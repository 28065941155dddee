"""``anet-lite trace``: the anomaly trace of the gaps between zeta zeros."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import typer

from anet_lite.cli.options.options import AsJsonLines, Method
from anet_lite.cli.view.output import Format, write
from anet_lite.cli.view.progress import bar

EXAMPLES = """Examples:

- `anet-lite trace --every 100`
- `anet-lite trace --k-zeros 20000 --scales 64 --format csv > trace.csv`
- `anet-lite trace --detector --plot jolt.png`
- `anet-lite trace --method exact`
- `anet-lite trace --no-inject-jolt --format jsonl | head -1`
"""


def trace(
    k_zeros: Annotated[int, typer.Option(help="Zeros to make.")] = 3000,
    window: Annotated[int, typer.Option(help="Gaps in one signature.")] = 256,
    scales: Annotated[str, typer.Option(help="How many signatures each score looks back on.")] = "64,256,1024",
    dim: Annotated[int, typer.Option(help="Positions that a signature is hashed into.")] = 4096,
    topk: Annotated[int, typer.Option(help="Positions that it keeps.")] = 128,
    knn_k: Annotated[int, typer.Option(help="Nearest signatures that are averaged.")] = 5,
    seed: Annotated[str, typer.Option(help="Key of the hash.")] = "rh_sparse_demo",
    inject_jolt: Annotated[bool, typer.Option(help="Stretch eight gaps in the middle by 1.8.")] = True,
    method: Annotated[Method, typer.Option(help="Zeros of the smooth count, or the true ones.")] = Method.newton,
    form: Annotated[Format, typer.Option("--format", help="How the rows are printed.")] = Format.table,
    as_json: AsJsonLines = False,
    detector: Annotated[bool, typer.Option(help="Show what StreamDetector says of the newest gap, too.")] = False,
    plot: Annotated[str, typer.Option(help="Draw the detector's score above the published one into this file.")] = "",
    every: Annotated[int, typer.Option(min=0, help="Print every n-th row; 0: every 50th in a table, else all.")] = 0,
) -> None:
    """Score the gaps between zeta zeros, window by window: 1.0 is like nothing before, 0.0 the same again.

    The score says how unlike its past a window is. While the jolt is inside, it falls: the jolt flattens the rest of
    the window, and flat windows resemble each other. StreamDetector scores single gaps by all gaps before them: there
    the jolt is the clear maximum.
    """
    from anet_lite.cli.rows.zeta_trace import detected, gaps_of, rows
    from rh_sparse_anomaly import MultiScaleAnomaly, SparseEncoder

    form = Format.jsonl if as_json else form
    encoder = SparseEncoder(dim, topk, seed)
    scorer = MultiScaleAnomaly(_whole_numbers(scales), knn_k)
    gaps = gaps_of(k_zeros, inject_jolt, method)
    if not 1 <= window <= gaps.size - 2:
        raise typer.BadParameter(
            f"must be 1 to {gaps.size - 2} with {k_zeros} zeros, got {window}", param_hint="window"
        )
    scored = rows(gaps, window, encoder, scorer)
    if detector or plot:
        scored = detected(scored, gaps)
    scored = bar(scored, gaps.size - window, "scoring", form)
    if plot:
        from anet_lite.cli.view.trace_plot import draw

        scored = draw(scored, gaps, plot)
    write(islice(scored, 0, None, every or (50 if form is Format.table else 1)), form)


def _whole_numbers(text: str) -> list[int]:
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        raise typer.BadParameter(f"whole numbers with commas between them, not {text!r}", param_hint="scales") from None
