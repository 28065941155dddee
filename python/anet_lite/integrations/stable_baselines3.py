"""Stable-Baselines3: a callback that watches the policy's optimizer and what the algorithm logs."""

from __future__ import annotations

from inspect import currentframe
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite._native import AnetTypeError, Monitor
from anet_lite.integrations.logged_signals import LoggedSignals
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import FrameType

    from stable_baselines3.common.callbacks import BaseCallback

    from anet_lite import Snapshot
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

if not TYPE_CHECKING:
    BaseCallback = need("stable_baselines3.common.callbacks", "stable-baselines3").BaseCallback

DIRECTIONS = {"train/explained_variance": "falls", "rollout/ep_rew_mean": "falls"}
"""Numbers in the logs that tell of a failure: one that is not in common use, and the reward, before it is logged.

So the monitor knows from the first step on that the loss is a policy's, whose size is no news.

The losses of value and policy go up and down with the rewards, also in a run that learns."""

KEY = "anet_lite"
"""The attribute of the model under which its file holds the state."""

LOSSES = ("loss", "critic_loss")
"""What the algorithms call the loss of a minibatch: PPO, A2C, DQN; SAC, TD3, DDPG."""


class Saved:
    """Stands in the model for the state, and becomes a plain dict in its file."""

    __slots__ = ("_attached",)

    def __init__(self, attached: Any) -> None:
        self._attached = attached

    def __reduce__(self) -> tuple[Any, ...]:
        return dict, (self._attached.state_dict(),)


class PolicyMonitor:
    """A monitor that judges no gradient norm by its size: that of a value function follows the rewards, up and down.

    One that is not finite it sees, and one that is exactly 0. Everything else is the monitor's own.
    """

    def __init__(self, monitor: Monitor) -> None:
        self._monitor = monitor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._monitor, name)

    def update(self, *, grad_norm: float | None = None, noise: float | None = None, **signals: Any) -> Snapshot:
        """Take a step as ``Monitor.update`` does; noise, which is judged beside the norm, comes and goes with it."""
        if grad_norm and isfinite(grad_norm):
            grad_norm = noise = None
        return self._monitor.update(grad_norm=grad_norm, noise=noise, **signals)


class AnetCallback(BaseCallback):
    """Watches ``learn``: loss, update norm and rate of each minibatch, gradients that are not finite, and the logs.

    Rewards, divergence, entropy, clipping and explained variance are judged when the algorithm logs them. The gradient
    norm, before clipping, is judged only where it is not finite or 0. Of an algorithm with actor and critic the critic
    is attached to. A step is one of the optimizer. Where the guard says ``stop``, ``learn`` ends after the next step of
    the environment. Monitor and guard are saved by ``model.save`` and come back into the objects given here. Nothing is
    ever raised into training.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms, such as ``Guard(Stop())``; by default they are logged in words. `SkipStep` keeps
            a policy finite, which Stable-Baselines3 itself does not survive otherwise.
        trackers: Where the snapshots go, such as ``[TensorBoardTracker("runs")]``.
        every: Steps in an interval; this and what follows as for ``anet_lite.integrations.torch.attach``.
        ema: Share of the past in the gradient's running mean.
        lean: Use the moments that Adam keeps.
        layers: A regular expression that finds a group's name in a parameter's name.
        signals: Named signals in the logs: names, or directions by name; by default every name whose direction is
            known, such as ``rollout/ep_rew_mean`` and ``train/approx_kl``, and the explained variance.
            ``train/entropy`` is ``train/entropy_loss`` with its sign turned. They belong to the step that follows.
        **watching: ``locate``, ``also``, ``clock`` and ``stall`` of ``attach``.

    Raises:
        ImportError: Stable-Baselines3 is not installed.
        TypeError: ``attach`` has no such option.
        ValueError: The guard's policy cannot be carried out, or a signal has no direction.

    Example:
        >>> from stable_baselines3 import PPO
        >>> from anet_lite.integrations.stable_baselines3 import AnetCallback
        >>> callback = AnetCallback()
        >>> model = PPO("MlpPolicy", "CartPole-v1", n_steps=64).learn(128, callback=callback)
        >>> callback.watch.status
        'warming_up'

    """

    def __init__(
        self,
        monitor: Monitor | None = None,
        *,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        every: int = 8,
        ema: float = 0.9,
        lean: bool = False,
        layers: str | None = None,
        signals: Mapping[str, str] | Iterable[str] | None = None,
        **watching: Any,
    ) -> None:
        from anet_lite.integrations.torch.callback import Attached

        super().__init__()
        if monitor is None and signals is None:
            monitor = Monitor(signals=DIRECTIONS)
        self._signals = LoggedSignals(monitor, signals)
        options = {"every": every, "ema": ema, "lean": lean, "layers": layers, **watching}
        self._attached = Attached(cast("Any", PolicyMonitor(self._signals.monitor)), guard, trackers, options)
        self._log_once = LogOnce("watching learn")
        self._hooks: list[Any] = []
        self._norm: Any = None
        self._is_finite = True

    @property
    def monitor(self) -> Monitor:
        """The monitor."""
        return self._signals.monitor

    @property
    def watch(self) -> Any:
        """What ``attach`` returned; None before training."""
        return self._attached.watch

    def _on_training_start(self) -> None:
        """Attach, and go on from what the model's file held."""
        with self._log_once:
            self._unhook()
            module, optimizer = trained(self.model.policy)
            saved: Any = self.model.__dict__.get(KEY)
            if isinstance(saved, dict):
                self._attached.load_state_dict(cast("dict[str, Any]", saved))
            self.model.__dict__[KEY] = Saved(self._attached)
            self._hooks = [  # before those of the watch: it takes the loss first
                MethodHook(need("torch.nn.utils", "torch"), "clip_grad_norm_", self._log_once, after=self._take_norm),
                MethodHook(self.logger, "dump", self._log_once, before=self._take_logged),
                optimizer.register_step_pre_hook(self._take_loss),
            ]
            self._attached.begin(module, optimizer, True)
            self._hooks.append(optimizer.register_step_post_hook(self._read_early))

    def _on_step(self) -> bool:
        """Go on, unless the guard says ``stop``."""
        return not self._attached.should_stop

    def _on_training_end(self) -> None:
        """Read and write what is under way."""
        with self._log_once:
            self._unhook()
        self._attached.end()

    def _unhook(self) -> None:
        for hook in self._hooks:
            hook.remove()
        self._hooks, self._norm = [], None

    def _take_norm(self, norm: Any) -> None:
        """Keep the norm before clipping, which the algorithm throws away; of other models nothing."""
        if _frame_of(self.model) is not None:
            self._norm = norm

    def _take_loss(self, *_: Any) -> None:
        """Hand over the loss of the minibatch: it reaches no hook, so it is read where the algorithm holds it."""
        with self._log_once:
            frame, norm, self._norm = _frame_of(self.model), self._norm, None
            held = {} if frame is None else frame.f_locals
            loss = next((held[name] for name in LOSSES if name in held), None)
            if loss is not None:
                self._attached.apply(lambda watch: watch.loss(loss, grad_norm=norm))
                total = loss.detach() if norm is None else loss.detach() + norm
                self._is_finite = bool(total.isfinite())  # the algorithm itself waits for the loss of each minibatch

    def _read_early(self, *_: Any) -> None:
        """Read a step that was not finite at once: the policy's next forward pass raises, and ends the run."""
        if not self._is_finite:
            self._attached.apply(lambda watch: watch.flush())
            self._attached.flush()

    def _take_logged(self, *_: Any, **__: Any) -> None:
        logged = dict(self.logger.name_to_value)
        if "train/entropy_loss" in logged:
            logged["train/entropy"] = -logged["train/entropy_loss"]
        self._attached.apply(lambda watch: watch.named(**self._signals.of(logged)))


def trained(policy: Any) -> tuple[Any, Any]:
    """Return the module that is watched, and its optimizer.

    Raises:
        TypeError: The policy has none, as one that is searched for without gradients.

    """
    module = policy if getattr(policy, "optimizer", None) is not None else getattr(policy, "critic", policy)
    optimizer = getattr(module, "optimizer", None)
    if optimizer is None:
        raise AnetTypeError(f"{type(policy).__name__} has no optimizer, so there is nothing to watch")
    own = {parameter for group in optimizer.param_groups for parameter in group["params"]}
    parts = (part for part in module.children() if set(part.parameters()) == own)
    return next(parts, module), optimizer  # DQN trains one of two networks


def _frame_of(model: Any) -> FrameType | None:
    """Return the frame of the model's ``train``, if it led here."""
    frame: FrameType | None = currentframe()
    while frame is not None and not (frame.f_code.co_name == "train" and frame.f_locals.get("self") is model):
        frame = frame.f_back
    return frame
