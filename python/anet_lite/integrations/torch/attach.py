"""One line that watches a training loop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

import torch

from anet_lite._native import AnetTypeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from torch import distributed, nn
    from torch.optim import Optimizer

    from anet_lite import Monitor, Snapshot
    from anet_lite.integrations.session import Session
    from anet_lite.integrations.torch.together import Together
    from anet_lite.integrations.torch.watch import Watch
    from anet_lite.policy import Guard


def attach(
    model: nn.Module,
    optimizer: Optimizer | Sequence[Optimizer],
    monitor: Monitor | None = None,
    *,
    every: int = 8,
    ema: float = 0.9,
    lean: bool = False,
    layers: str | None = None,
    guard: Guard | None = None,
    on_snapshot: Callable[[Snapshot], object] | None = None,
    noise_scale: bool = False,
    process_group: distributed.ProcessGroup | None = None,
    signals: Mapping[str, str] | Iterable[str] | None = None,
    on_bad_save: str = "refuse",
    locate: bool = False,
    also: Mapping[str, nn.Module | Mapping[str, torch.Tensor]] | None = None,
    replicas: bool = True,
    clock: bool = False,
    stall: float | None = None,
    scaler: torch.amp.GradScaler | None = None,
    activations: bool = False,
    routers: str | None = None,
) -> Watch:
    r"""Watch a training loop through hooks on its optimizer.

    In each step: the loss you pass to ``Watch.loss``, the gradient norm, the learning rate. In the last step of each
    interval also noise (`GradNoiseTap`), the norm of the true update and its alignment with the gradient. Nothing waits
    for the device within an interval; at its end one small vector is sent to the host, and read at the end of the next.

    Gradients are seen as the optimizer sees them: after accumulation, after unscaling, after clipping. To have the norm
    before clipping, pass what ``clip_grad_norm_`` returned to ``Watch.loss`` or call ``Watch.gradients`` before you
    clip. A step that a loss scaler skips is no alarm, unless 32 are skipped in a row.

    Under ``DistributedDataParallel`` and FSDP2 every rank sees the same numbers: attach on all ranks, after wrapping.

    Args:
        model: The model, wrapped and compiled or not.
        optimizer: Its optimizer, or a list of those that all step in every step; only parameters that they train are
            watched.
        monitor: Where the signals go; by default a new one.
        every: Steps in an interval. 8 is what the monitor's averages over noise and update are made for.
        ema: Share of the past in the gradient's running mean.
        lean: Use the moments that Adam keeps anyway, instead of a running mean and a copy of the parameters, which
            cost the memory of one model each. For Adam and AdamW; ``ema`` is then Adam's first beta.
        layers: A regular expression that finds a group's name in a parameter's name, such as ``r"layers\.\d+"``. Each
            group is watched too, and an alarm names those in which it shows.
        guard: What to do about alarms; by default they are logged in words. `LowerLR` and ``Rollback(factor=...)``
            scale the rate of each step, under any scheduler. `SkipStep` must know a step before it is taken: it waits
            for the device in every step, has an interval of one step, and sees neither noise nor update norm. A stop is
            yours to obey: ``watch.should_stop``.
        on_snapshot: Called with the snapshot of each step when it is read.
        noise_scale: Measure the gradient noise scale across ranks too: pass ``samples=`` to ``Watch.loss``, and
            accumulate under ``no_sync`` (DDP) or ``set_requires_gradient_sync(False)`` (FSDP2). Registers DDP's
            communication hook, of which a model can have one.
        process_group: The ranks that train together, where the model does not say.
        signals: Named signals of a new monitor, as ``Monitor`` takes them; their values come by
            ``watch.loss(loss, reward=r)`` or ``watch.named(reward=r)``.
        on_bad_save: What ``Watch.may_save`` says of a model that is not finite: ``refuse`` and ``mark`` look at it,
            ``keep`` does not.
        locate: Look at the output of every innermost module, and at the gradient that reaches it, in each step, so that
            the first place is named where a number is not finite. Not for compiled models.
        also: Copies of the model that are looked at once an interval as its buffers are, such as ``{"ema": ema}``:
            modules, or tensors by name. A tensor that is not finite there makes the run fail.
        replicas: Whether ranks must hold the same numbers where a parameter is not sharded; False where they train
            apart on purpose.
        clock: Give the monitor, once an interval, as named signals: the time of a step (``step_time``), the part of it
            before the model is called (``data_time``), ``samples_per_s`` and ``tokens_per_s`` by the shapes that it is
            called with, the memory of device and process, and on CUDA ``gpu_utilization`` (extra ``gpu``).
        stall: Seconds; where no step comes for so long, and for ten usual steps, log and trackers are told, with the
            stacks of all threads. It takes a thread.
        scaler: The loss scaler: its scale and the part of steps that it skips become named signals, and it is told
            where it skips every second step.
        activations: Measure, in the last step of each interval, what the layers give out: named signals
            ``GROUP/activation_scale`` and so on, of each group of ``layers``, by default of each numbered layer. Not
            for compiled models.
        routers: A regular expression that finds the routers of experts among the modules; by default those called
            ``gate`` or ``router`` beside experts.

    Raises:
        TypeError: An argument has the wrong type, or ``lean`` is used with another optimizer.
        ValueError: The guard's policy cannot be carried out, ``signals`` beside a monitor, which has its own, ``every``
            is below 1, ``ema`` outside 0 to 1, ``layers`` or ``routers`` no regular expression or without a module, or
            ``activations`` of a compiled model.

    Example:
        >>> import torch
        >>> from anet_lite.integrations.torch import attach
        >>> model = torch.nn.Linear(4, 1)
        >>> optimizer = torch.optim.AdamW(model.parameters(), 1e-2)
        >>> watch = attach(model, optimizer)  # line one
        >>> for step in range(32):
        ...     loss = model(torch.ones(2, 4)).square().mean()
        ...     optimizer.zero_grad()
        ...     loss.backward()
        ...     watch.loss(loss)  # line two
        ...     optimizer.step()
        >>> watch.status, watch.reading.step  # one interval late
        ('warming_up', 23)

    """
    # Here, so that importing `attach` costs next to nothing.
    from anet_lite.integrations.session import Session
    from anet_lite.integrations.torch.activations.names import recorded_signals, with_directions

    has_own = monitor is not None or not isinstance(model, torch.nn.Module)  # pyright: ignore[reportUnnecessaryIsInstance]
    recorded = {} if has_own else recorded_signals(model, layers, activations, routers)
    return watch_with(
        Session(monitor, guard, on_snapshot=on_snapshot, signals=with_directions(signals, recorded)),
        model,
        optimizer,
        every=every,
        ema=ema,
        lean=lean,
        layers=layers,
        noise_scale=noise_scale,
        process_group=process_group,
        on_bad_save=on_bad_save,
        locate=locate,
        also=also,
        replicas=replicas,
        clock=clock,
        stall=stall,
        scaler=scaler,
        activations=activations,
        routers=routers,
    )


def watch_with(
    session: Session,
    model: nn.Module,
    optimizer: Optimizer | Sequence[Optimizer],
    *,
    every: int,
    ema: float,
    lean: bool,
    layers: str | None,
    noise_scale: bool = False,
    process_group: distributed.ProcessGroup | None = None,
    on_bad_save: str = "refuse",
    locate: bool = False,
    also: Mapping[str, nn.Module | Mapping[str, torch.Tensor]] | None = None,
    replicas: bool = True,
    clock: bool = False,
    stall: float | None = None,
    scaler: torch.amp.GradScaler | None = None,
    activations: bool = False,
    routers: str | None = None,
) -> Watch:
    """Watch a training loop as `attach` does, with a session that is there already."""
    from anet_lite._internal.validate import at_least
    from anet_lite.integrations.clock.stall import StallWatch
    from anet_lite.integrations.clock.step_clock import StepClock
    from anet_lite.integrations.saving import Saving
    from anet_lite.integrations.torch.act.finite import checked_copies, untrained_tensors
    from anet_lite.integrations.torch.activations.hooks import Activations
    from anet_lite.integrations.torch.activations.targets import targets_of
    from anet_lite.integrations.torch.device.distributed import ranks_of
    from anet_lite.integrations.torch.device.memory import memory_of, utilization_of
    from anet_lite.integrations.torch.measure.adam_moments import AdamMoments
    from anet_lite.integrations.torch.measure.ema import GradientEma, checked_ema
    from anet_lite.integrations.torch.measure.grad_hooks import hook_reductions
    from anet_lite.integrations.torch.measure.groups import Grouping
    from anet_lite.integrations.torch.measure.param_copies import ParamCopies
    from anet_lite.integrations.torch.measure.parameters import optimizers_of
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.integrations.torch.mistakes import check_optimizers, refuse_empty
    from anet_lite.integrations.torch.watch import Watch
    from anet_lite.policy.carried import refuse_idle

    inner, saving = _checked(model, optimizer), Saving(on_bad_save)
    refuse_idle(session.guard, ("scale_lr", "skip_step"), "attach")
    every = 1 if session.guard.needs == "skip_step" else every
    every, means = at_least("every", every, 1), GradientEma(checked_ema(ema))
    moments = AdamMoments(inner) if lean else None
    ranks = ranks_of(model, process_group)
    session.quiet = session.remarks.quiet = session.quiet or (ranks is not None and not ranks.is_first)
    grad_hooks = hook_reductions(model) if noise_scale and ranks else None
    copies = checked_copies(also)
    others = partial(untrained_tensors, model, copies)
    if ranks is not None:
        ranks.replicas = replicas
    looked = Activations(model, targets_of(model, layers, routers)) if activations else None
    kept = moments or ParamCopies()
    measure = Measure(model, inner, every, moments or means, kept, ranks, grad_hooks, others, looked)
    watcher = None if stall is None else StallWatch(stall, session.remarks)
    busy = utilization_of(model, session.remarks) if clock else None
    times = StepClock(every, session.remarks, memory_of(model), busy) if clock else None
    grouping = Grouping(layers)
    refuse_empty(grouping, list(measure.parameters), layers)
    watch = Watch(measure, session, grouping, saving, locate, watcher, times, scaler)
    check_optimizers(model, optimizers_of(inner), session.remarks)
    watch.hook(inner)
    return watch


def _checked(model: nn.Module, optimizer: Any) -> Optimizer | Together:
    """Return the optimizer, or several together, without what accelerate wraps around each."""
    from anet_lite.integrations.torch.together import Together

    if not isinstance(model, torch.nn.Module):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"model must be a torch.nn.Module, got {type(model).__name__}")
    given = cast("Sequence[Any]", optimizer if isinstance(optimizer, (list, tuple)) else [optimizer])
    inner = [getattr(one, "optimizer", one) for one in given]
    for one in inner:
        if not isinstance(one, torch.optim.Optimizer):
            raise AnetTypeError(
                f"optimizer must be a torch.optim.Optimizer, or a list of them, got {type(one).__name__}"
            )
    if not inner:
        raise AnetTypeError("optimizer must be a torch.optim.Optimizer, or a list of them, got an empty list")
    return inner[0] if len(inner) == 1 else Together(inner)
