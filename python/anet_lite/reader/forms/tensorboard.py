"""TensorBoard's event files, through tensorboard's own reader."""

from __future__ import annotations

from typing import Any

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError
from anet_lite.reader.forms.memory import RowsInMemory


class EventFiles(RowsInMemory):
    """A folder with event files, or one such file: a row for each step, a column for each tag."""

    def __init__(self, path: str) -> None:
        reader = need("tensorboard.backend.event_processing.event_accumulator", "tensorboard")
        events: Any = reader.EventAccumulator(path, size_guidance={reader.SCALARS: 0, reader.TENSORS: 0})
        events.Reload()
        rows: dict[int, dict[str, float]] = {}
        tags = events.Tags()
        for tag in tags[reader.SCALARS]:
            for event in events.Scalars(tag):
                rows.setdefault(event.step, {})[tag] = event.value
        for tag in tags[reader.TENSORS]:  # what newer writers make of a scalar
            for event in events.Tensors(tag):
                if len(event.tensor_proto.float_val) == 1:
                    rows.setdefault(event.step, {})[tag] = event.tensor_proto.float_val[0]
        if not rows:
            raise AnetValueError(f"{path} holds no scalar of TensorBoard")
        super().__init__("TensorBoard events", [{"step": float(step), **rows[step]} for step in sorted(rows)])
