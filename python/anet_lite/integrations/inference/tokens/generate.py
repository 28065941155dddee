"""A hook on ``generate`` of Transformers, or of anything that calls logits processors as it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, cast

from anet_lite._internal.validate import at_least
from anet_lite._native import AnetTypeError
from anet_lite.integrations.inference.tally import TOKENS, Tally
from anet_lite.integrations.inference.tokens.tap import TokenTap
from anet_lite.integrations.inference.watch import InferenceWatch
from anet_lite.integrations.method_hook import MethodHook
from anet_lite.integrations.torch.device.async_copy import DelayedReader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from torch import Tensor
    from typing_extensions import Self

    from anet_lite import Monitor, Snapshot
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker


def watch_generate(
    model: Any,
    monitor: Monitor | None = None,
    *,
    every: int = 16,
    loop: int = 64,
    guard: Guard | None = None,
    trackers: Sequence[Tracker] = (),
    on_snapshot: Callable[[Snapshot], object] | None = None,
) -> GenerationWatch:
    """Watch what a model generates: a logits processor that changes nothing joins each call of ``model.generate``.

    A row of the monitor is ``every`` decoding steps, or that many calls if they have fewer. With p the distribution of
    the next token, before temperature, top-k and top-p, over the tokens of sequences that have not ended:

    - ``token_entropy``: the mean of -sum p ln p, in nats; ``token_margin``: that of the largest p less the second;
    - ``surprisal_excess``: the mean of -ln p(chosen token), less the entropy: 0 in expectation where tokens are drawn
      from p, below where they are drawn more carefully, above at a temperature above 1; not with beams;
    - ``end_probability``: the mean probability of a token that ends its sequence or pads it, if there is one;
    - ``token_repetition``: the share of 4-grams that came before, among the 256 tokens before them;
    - ``looping_sequences``: how many have a period of at most 32 tokens for ``loop`` tokens;
    - ``nonfinite_logits``: how many distributions were NaN; ``error_share``: that of calls that raised;
    - ``tokens_per_s`` of one sequence, ``first_token_s``; and once a call ``output_tokens``, the mean length, and
      ``unfinished_share``, that of sequences that ran into their limit.

    Logits are never copied to the host, and nothing waits for the device at a token: sums of ``every`` steps leave it
    in one vector, which is read when the next one comes. Nothing of the watch raises into a call.

    Args:
        model: What has ``generate``: a model of Transformers, or of PEFT; pipelines that hold it are watched too.
        monitor: Where the rows go; by default a new one.
        every: Decoding steps in a row.
        loop: Tokens from which on a loop is told.
        guard: What to do about alarms; by default they are logged in words.
        trackers: Where the snapshots go.
        on_snapshot: Called with each snapshot, such as ``recorder.write``.

    Raises:
        TypeError: The model has no ``generate``, or a number is none.
        ValueError: ``every`` or ``loop`` is below 1, or the guard's policy cannot be carried out.

    Example:
        >>> from anet_lite.integrations.inference import watch_generate
        >>> watch_generate(object())
        Traceback (most recent call last):
        ...
        anet_lite._native.AnetTypeError: model must have a method generate, got object

    """
    if not callable(getattr(model, "generate", None)):
        raise AnetTypeError(f"model must have a method generate, got {type(model).__name__}")
    watch = GenerationWatch(monitor, every=every, loop=loop, guard=guard, trackers=trackers, on_snapshot=on_snapshot)
    watch.hook(model)
    return watch


class GenerationWatch(InferenceWatch):
    """Watches what models generate. Made by `watch_generate`, whose arguments it takes; a context that ends watching.

    A loop of your own takes a tap: ``tap = watch.begin(ends=[eos])``, then ``tap(tokens, logits)`` in each step, and
    ``tap.finish(tokens)`` at its end.
    """

    def __init__(
        self,
        monitor: Monitor | None = None,
        *,
        every: int = 16,
        loop: int = 64,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        on_snapshot: Callable[[Snapshot], object] | None = None,
    ) -> None:
        self._every, self._loop = at_least("every", every, 1), at_least("loop", loop, 1)
        super().__init__(Tally(TOKENS, every), monitor, guard, trackers, on_snapshot)
        self._reader: DelayedReader[tuple[int, tuple[str, ...], Mapping[str, float]]] = DelayedReader()
        self._hooks: list[MethodHook] = []
        self.calls: int = 0
        """Calls begun."""

    def hook(self, model: Any) -> None:
        """Watch a model too."""
        self._hooks.append(MethodHook(model, "generate", self._measuring, around=self._generate))

    def begin(self, ends: Sequence[int] = (), follows: bool = True) -> TokenTap:
        """Return the tap of a call.

        Args:
            ends: Tokens that end a sequence or pad it.
            follows: Whether row n of the tokens is always the same sequence, as it is not under beam search.

        """
        with self._lock:
            self.calls += 1
            call = self.calls

        def send(values: Tensor, names: tuple[str, ...], sums: Mapping[str, float]) -> None:
            self._put(values, (call, names, sums))

        return TokenTap(send, ends, self._every, self._loop, follows, self._measuring)

    def flush(self) -> None:
        """Read all that is under way. This waits for the device."""
        with self._measuring, self._lock:
            self._read()

    def detach(self) -> None:
        """Read all that is under way, take the hooks off, and say where there was too little to be judged."""
        self.flush()
        for hook in self._hooks:
            hook.remove()
        self._hooks.clear()
        self._conclude()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.detach()

    def _generate(self, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        tap = None
        with self._measuring:
            tap = self.begin(*_settings(getattr(method, "__self__", None), args, kwargs))
            args, kwargs = _with_processor(args, kwargs, tap)
        try:
            output = method(*args, **kwargs)
        except Exception:
            if tap is not None:
                tap.finish()
            self._add({"calls": 1, "errors": 1}, 0)
            self.flush()
            raise
        if tap is not None:
            tap.finish(_sequences(output))
        self._add({"calls": 1}, 0)
        return output

    def _put(self, values: Tensor, context: tuple[int, tuple[str, ...], Mapping[str, float]]) -> None:
        with self._lock:
            self._read()
            self._reader.put(values, context)

    def _read(self) -> None:
        for (call, names, sums), values in self._reader.take():
            self._add({**sums, **dict(zip(names, values))}, int(sums.get("steps", 0)), f"call {call}")


def _settings(model: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[list[int], bool]:
    """Return the tokens that end or pad a sequence in a call of ``generate``, and whether rows go on in place."""
    given = kwargs.get("generation_config", args[1] if len(args) > 1 else None)
    config: object = given or getattr(model, "generation_config", None)

    def setting(name: str) -> Any:
        value = kwargs.get(name)
        return getattr(config, name, None) if value is None else value

    ends, pad = setting("eos_token_id"), setting("pad_token_id")
    ids = [] if ends is None else cast("list[int]", ends if isinstance(ends, (list, tuple)) else [ends])
    return [*ids, *([pad] if ids and isinstance(pad, int) else [])], (setting("num_beams") or 1) == 1


def _with_processor(
    args: tuple[Any, ...], kwargs: dict[str, Any], tap: TokenTap
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the arguments of ``generate`` with one more logits processor, the third of them."""
    from transformers import LogitsProcessorList

    if len(args) > 2:
        return (*args[:2], LogitsProcessorList([*(args[2] or ()), tap]), *args[3:]), kwargs
    return args, {**kwargs, "logits_processor": LogitsProcessorList([*(kwargs.get("logits_processor") or ()), tap])}


def _sequences(output: Any) -> Tensor | None:
    """Return the tokens of an output: itself, or its ``sequences``."""
    found = getattr(output, "sequences", output)
    return found if hasattr(found, "new_zeros") and found.ndim == 2 else None
