"""The rows of a replayed run, written again without what could name anything."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetValueError, known_signal
from anet_lite.reader import open_source
from anet_lite.reader.columns.guess import INPUTS, guess
from anet_lite.reader.columns.known import known_of
from anet_lite.reader.signal_rows import signal_rows
from anet_lite.reader.table import Wanted, whole
from anet_lite.replay import alarmed
from anet_lite.share.names import plain_names

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

    from anet_lite import Monitor
    from anet_lite.reader.table import Column, Source
    from anet_lite.reader.text import ReadOptions

_ODD = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}


@dataclass
class Shared:
    """A record that was written to be shared."""

    path: str
    rows: int
    kept: list[str]
    """Columns of the record."""
    renamed: dict[str, str]
    """Named signals of the file, each with its name in the record. Only the owner is shown them."""
    left_out: list[str]
    """Columns of the file of which nothing is in the record."""
    options: list[str]
    """What ``anet-lite replay`` must be given to take the record as it took the file."""


def share(
    source: str, path: str, monitor: Monitor, chosen: dict[str, str], reading: ReadOptions | None = None
) -> Shared:
    """Write the signals of a run, its steps, its alarms, and its times from the first row on, as JSON lines.

    A number is written as it was read, so that a monitor with the same settings raises the same alarms. Texts, other
    columns and wall times are left out, and names that are not in common use become letters.

    Args:
        source: The file of the run, as ``replay`` takes it.
        path: The file that is written.
        monitor: The monitor that raises the alarms, new.
        chosen: Columns by signal, where they are not to be guessed; "" leaves a signal out.
        reading: How the file is written, if it is a table of text whose looks mislead.

    Raises:
        OSError: A file cannot be read or written.
        ImportError: What reads it is not installed.
        ValueError: What ``replay`` raises.

    """
    opened = open_source(source, reading)
    taken = signal_rows(opened, chosen, monitor.signals, source, lambda _: None)
    names = plain_names(taken.named)
    columns = {name: column for name, column in zip(INPUTS, taken.signals) if column}
    columns |= {names[name]: column for name, column in taken.named.items()}
    rules = {
        snap.row: ";".join(alarm.rule for alarm in snap.alarms) for snap in alarmed(monitor, taken, lambda _: None)
    }
    time_column, times = _times(opened, taken.kept)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for row in range(taken.rows):
            line = {**_line(row, columns, times), "alarms": rules.get(row, "")}
            file.write(json.dumps({**line, "nonfinite": _nonfinite(row, columns)}, allow_nan=False) + "\n")
    parts = {part for name in (*taken.columns.values(), *names, time_column) for part in name.split(" + ")} | {
        "alarms",
        "nonfinite",
    }
    kept = [*(["time"] if times is not None else []), *columns, "alarms"]
    return Shared(
        path=path,
        rows=taken.rows,
        kept=kept,
        renamed={name: plain for name, plain in names.items() if name != plain},
        left_out=[name for name in opened.names if name not in parts],
        options=[*_columns_to_name(kept, set(columns)), *_signals_to_name(monitor, names)],
    )


def _line(row: int, columns: dict[str, Column], times: NDArray[float64] | None) -> dict[str, Any]:
    """Return the numbers of a row: null for one that is absent, and for one that is not finite."""
    line = {} if times is None else {"time": _finite(float(times[row]))}
    return {**line, **{name: _finite(values[row]) if given[row] else None for name, (values, given) in columns.items()}}


def _nonfinite(row: int, columns: dict[str, Column]) -> str:
    """Return which numbers of a row are not finite, as records say it."""
    values = {name: float(values[row]) for name, (values, given) in columns.items() if given[row]}
    return ";".join(f"{name}={_ODD[str(value)]}" for name, value in values.items() if not math.isfinite(value))


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _times(source: Source, kept: NDArray[bool_]) -> tuple[str, NDArray[float64] | None]:
    """Return the first column of times, and its seconds since the first row; an empty name where there is none."""
    kinds = known_of(source).kinds
    name = next((name for name, kind in kinds.items() if kind == "time"), "")
    if not name:
        return "", None
    import numpy as np

    seconds = whole(source, Wanted(times=(name,)), lambda _: None).times[name][: len(kept)][kept]
    there = seconds[np.isfinite(seconds)]
    # A microsecond is finer than any clock of a training loop, and the sum of two floats is not.
    return name, np.round(seconds - (there[0] if len(there) else 0.0), 6)


def _columns_to_name(names: list[str], wanted: set[str]) -> list[str]:
    """Return the options without which another column of the record would be taken for a signal."""
    try:
        taken = guess(names, {}, "the record")
    except AnetValueError:
        taken = {}
    right = {signal: signal for signal in INPUTS if signal in wanted}
    differ = [signal for signal in INPUTS if taken.get(signal) != right.get(signal)]
    return [f"--column {signal}={right.get(signal, '')}" for signal in differ]


def _signals_to_name(monitor: Monitor, names: dict[str, str]) -> list[str]:
    """Return the options for signals whose direction their name does not tell."""
    told = {name: (known_signal(plain) or ("",))[0] for name, plain in names.items()}
    sides = {name: monitor.signals[name] for name in names}
    return [f"--signal {names[name]}={side}" for name, side in sides.items() if side != told[name]]
