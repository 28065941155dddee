"""Makes a table of the benchmarks: ``python benches/report.py BENCH.json SCALING.json``.

Reads what pytest-benchmark and ``scaling.py`` wrote; writes results.json and the table of ``docs/benchmarks.md``.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import between
from race import OURS

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
PICTURE = "![Cost and peak memory of one streamed point](img/scaling.png)"
VECTOR_SETS = ("avx2", "fma", "avx512f", "avx512dq", "avx512bw", "avx512vl", "asimd", "sve")

Row = dict[str, Any]


def rows(raw: dict[str, Any]) -> list[Row]:
    """Return one row per opponent: the work, our seconds, theirs, and the factor between."""
    works: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for entry in raw["benchmarks"]:
        works[entry["group"]][entry["extra_info"]["contender"]] = entry
    return [
        row(work, contenders[OURS], opponent)
        for work, contenders in works.items()
        for name, opponent in contenders.items()
        if name != OURS
    ]


def row(work: str, ours: dict[str, Any], opponent: dict[str, Any]) -> Row:
    """Return the row of one work and one opponent."""
    mine, theirs = seconds(ours), seconds(opponent)
    info = opponent["extra_info"]
    return {
        "work": work,
        "seconds": mine,
        "opponent": info["contender"],
        "opponent_seconds": theirs,
        "factor": theirs / mine,
        "same_answer": info["comparable"],
    }


def seconds(entry: dict[str, Any]) -> float:
    """Return the median seconds of one unit of work."""
    info = entry["extra_info"]
    return info.get("seconds", entry["stats"]["median"] / info["items"])


def machine(raw: dict[str, Any]) -> str:
    """Return the processor, its vector sets and the interpreter, in words."""
    info = raw["machine_info"]
    cpu = info["cpu"]
    flags = ", ".join(name for name in VECTOR_SETS if name in cpu.get("flags", []))
    python = f"{info['python_implementation']} {info['python_version']}"
    return f"{cpu.get('brand_raw', info['machine'])}, {cpu['count']} cores, {flags or 'vector sets unknown'}, {python}"


def duration(seconds: float) -> str:
    """Return three significant digits with the unit that suits."""
    for unit, scale in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= scale:
            return f"{digits(seconds / scale)} {unit}"
    return f"{digits(seconds / 1e-9)} ns"


def digits(number: float) -> str:
    """Return three significant digits, without an exponent."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def factor(number: float) -> str:
    """Return how many times faster, to two digits where three would be noise."""
    return f"{float(f'{number:.2g}'):,.0f}x" if number >= 10 else f"{number:.2g}x"


def table(results: dict[str, Any]) -> str:
    """Return the Markdown table with what it was measured on."""
    lines = [
        f"Measured {results['date']} with `make bench` on {results['machine']}. Medians; answers were compared first,",
        "but where marked *: there the opponent computes another score, and only the time is compared.",
        "",
        "| work | anet-lite | opponent | its time | factor |",
        "|---|--:|---|--:|--:|",
    ]
    for r in results["rows"]:
        opponent = r["opponent"] + ("" if r["same_answer"] else " *")
        times = duration(r["seconds"]), duration(r["opponent_seconds"])
        lines.append(f"| {r['work']} | {times[0]} | {opponent} | {times[1]} | {factor(r['factor'])} |")
    missing = ", ".join(results["missing"]) or "none"
    lines += ["", f"Opponents that are not installed, so not measured: {missing}.", "", PICTURE]
    undrawn = ", ".join(f"{p['axis']} {p['value']:,}" for p in results["scaling"] if "seconds" not in p)
    left_out = f"Not drawn, as the rings took too long to fill or the memory is too small: {undrawn or 'none'}."
    return "\n".join([*lines, "", f"{left_out} {pool(results['scaling'])}".rstrip()])


def pool(points: list[dict[str, Any]]) -> str:
    """Say what the largest pool that was measured does in a second."""
    largest = max((p for p in points if "seconds on one thread" in p), key=lambda p: p["value"], default=None)
    if largest is None:
        return ""
    count = largest["value"]
    one, all_threads = (1 / (count * largest[key]) for key in ("seconds on one thread", "seconds"))
    return (
        f"A pool of {count:,} streams with full rings (window 64, scales 64 and 256) does {digits(one)} ticks a second "
        f"on one thread and {digits(all_threads)} on all, in {digits(largest['bytes'] / count / 1e6)} MB a stream."
    )


def main(bench: str, scaling: str) -> None:
    """Write results.json and the page."""
    raw = json.loads(Path(bench).read_text(encoding="utf-8"))
    results = {
        "date": raw["datetime"][:10],
        "machine": machine(raw),
        "rows": rows(raw),
        "missing": raw["missing"],
        "scaling": json.loads(Path(scaling).read_text(encoding="utf-8")),
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    between.write(PAGE, "bench", [table(results)])
    print(table(results))


if __name__ == "__main__":
    main(*sys.argv[1:])
