"""Prints the table: ``python -m planted [FOLDER]``, where FOLDER holds real logs as `real_runs` reads them."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from planted import asked, divergence, formulas, idle, steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Callable

    Case = tuple[str, Callable[[], str]]


def cases(folder: Path | None) -> Iterator[Case]:
    """Return what is measured, by name."""
    yield "stationary Gaussian loss, 150 x 2,000 rows: false per 10,000", formulas.noise_rings
    yield "the same: ended by `Guard(Stop())`", formulas.noise_stopped
    yield "7 x 1,200 rows, 17 x 130, 7 x 120, 25 x 800: second rise found within 64 rows", formulas.second_found
    for names in (("loss", "grad_norm"), ("loss",)):
        for row in (40, 100, 140):
            name = f"breaks for good in row {row}, {' and '.join(names)}: found within 64 rows"
            yield name, partial(divergence.found, row, names)
    yield "first alarm as soon with idle signals; with three idle groups too", idle.on_the_zoo
    for kind in ("counted", "twice each", "anew each 300"):
        yield f"zoo, steps {kind}: false per 10,000", partial(steps.renumbered, kind)
    for back in (100, 400):
        for factor in (1.0, 1.25, 1.5, 2.0, 8.0):
            yield f"resumed {back} steps back, loss x {factor:g}", partial(steps.worse_found, back, factor)
    for rate in asked.RATES:
        yield f"asked {rate:g}: zoo, false per 10,000", partial(asked.on_the_zoo, rate)
        if folder is not None:
            for judgement, name in (("H", "healthy"), ("R", "reinforcement, adversarial")):
                title = f"asked {rate:g}: real logs, {name}, false per 10,000"
                yield title, partial(asked.on_logs, folder, judgement, rate)


def main() -> None:
    """Measure each case and print it at once."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    print("| case | measured |\n|---|---|")
    for name, measure in cases(folder):
        print(f"| {name} | {measure()} |", flush=True)


if __name__ == "__main__":
    main()
