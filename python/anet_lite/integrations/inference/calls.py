"""A watch over the calls of any function that serves a model."""

from __future__ import annotations

import inspect
from functools import wraps
from time import perf_counter
from typing import TYPE_CHECKING, Any, Callable, TypeVar, cast

from anet_lite._internal.validate import at_least
from anet_lite._native import AnetTypeError
from anet_lite.integrations.inference.outputs import host_sums, is_tensor, leaves, size
from anet_lite.integrations.inference.tally import CALLS, Tally
from anet_lite.integrations.inference.watch import InferenceWatch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from typing_extensions import Self

    from anet_lite import Monitor, Snapshot
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

F = TypeVar("F", bound=Callable[..., Any])


def watch_calls(
    function: F,
    monitor: Monitor | None = None,
    *,
    every: int = 8,
    guard: Guard | None = None,
    trackers: Sequence[Tracker] = (),
    on_snapshot: Callable[[Snapshot], object] | None = None,
) -> F:
    """Return a function that does the same and is watched; its ``watch`` is the `CallWatch`. Also a decorator.

    A row of the monitor is ``every`` calls: ``latency_s``, the mean of the time until the function returned, in
    seconds; ``error_share``, the share of calls that raised; ``output_size``, the mean of the characters of a text, the
    elements of an array, or the entries of a list; ``output_mean`` and ``output_spread``, mean and standard deviation
    of the numbers in an output, averaged; ``nonfinite_outputs``, how many numbers were NaN or infinite.

    Tensors of PyTorch are measured on their device and read with the next call. What the function raises goes through.
    An ``async`` function is awaited; a generator is not followed, only timed until it is returned. Any thread may call.

    Args:
        function: What is to be watched.
        monitor: Where the rows go; by default a new one.
        every: Calls in a row.
        guard: What to do about alarms; by default they are logged in words.
        trackers: Where the snapshots go.
        on_snapshot: Called with each snapshot, such as ``recorder.write``.

    Raises:
        TypeError: ``function`` cannot be called, or ``every`` is no integer.
        ValueError: ``every`` is below 1, or the guard's policy cannot be carried out.

    Example:
        >>> from anet_lite.integrations.inference import watch_calls
        >>> @watch_calls
        ... def classify(text):
        ...     return [0.1 * len(text), 1.0]
        >>> for text in ("a", "bb") * 8:
        ...     scores = classify(text)
        >>> sorted(classify.watch.snapshot.signals)
        ['error_share', 'latency_s', 'nonfinite_outputs', 'output_mean', 'output_size', 'output_spread']

    """
    if not callable(function):
        raise AnetTypeError(f"function must be callable, got {type(function).__name__}")
    watch = CallWatch(monitor, every=every, guard=guard, trackers=trackers, on_snapshot=on_snapshot)
    return watch.watched(function)


class CallWatch(InferenceWatch):
    """Watches calls. Made by `watch_calls`, whose arguments it takes; a context that ends watching."""

    def __init__(
        self,
        monitor: Monitor | None = None,
        *,
        every: int = 8,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        on_snapshot: Callable[[Snapshot], object] | None = None,
    ) -> None:
        tally = Tally(CALLS, at_least("every", every, 1))
        super().__init__(tally, monitor, guard, trackers, on_snapshot)
        self._reader: Any = None
        """Reads the statistics of tensors late; None before the first."""

    def watched(self, function: F) -> F:
        """Return a function that does the same and is watched."""
        wrapped = self._awaited(function) if inspect.iscoroutinefunction(function) else self._called(function)
        cast("Any", wrapped).watch = self
        return cast("F", wrapped)

    def flush(self) -> None:
        """Read all that is under way. This waits for the device."""
        with self._measuring, self._lock:
            self._read()

    def close(self) -> None:
        """Read all that is under way, and say where there was too little to be judged."""
        self.flush()
        self._conclude()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _called(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def watched(*args: Any, **kwargs: Any) -> Any:
            began = perf_counter()
            try:
                output = function(*args, **kwargs)
            except Exception:
                self._raised()
                raise
            self._returned(output, perf_counter() - began)
            return output

        return watched

    def _awaited(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        async def watched(*args: Any, **kwargs: Any) -> Any:
            began = perf_counter()
            try:
                output = await function(*args, **kwargs)
            except Exception:
                self._raised()
                raise
            self._returned(output, perf_counter() - began)
            return output

        return watched

    def _raised(self) -> None:
        with self._measuring:
            self._add({"calls": 1, "errors": 1}, 1)

    def _returned(self, output: Any, seconds: float) -> None:
        with self._measuring, self._lock:
            self._read()
            sums, measured = {"calls": 1.0, "returned": 1.0, "seconds": seconds}, size(output)
            if measured is not None:
                sums.update(size=measured, sized=1.0)
            values = leaves(output)
            tensors = [value for value in values if is_tensor(value)]
            sums.update(host_sums(values))
            if tensors:
                self._put(tensors)
            self._add(sums, 1)

    def _put(self, tensors: list[Any]) -> None:
        """Measure tensors where they are, and start the copy of the few numbers."""
        from anet_lite.integrations.inference.tokens import values
        from anet_lite.integrations.torch.device.async_copy import DelayedReader

        if self._reader is None:
            self._reader = DelayedReader[None]()
        self._reader.put(cast("Any", values).tensor_sums(tensors), None)

    def _read(self) -> None:
        """Take what has arrived into the row under way."""
        if self._reader is not None:
            from anet_lite.integrations.inference.tokens.values import VALUES

            for _, values in self._reader.take():
                self._add(dict(zip(VALUES, values)), 0)
