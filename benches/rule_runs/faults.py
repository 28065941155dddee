"""A fault for each rule: what it does to a healthy run, and from which row on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rule_runs.spoils import (
    Spoil,
    becomes,
    both,
    counted,
    evaluated,
    gradient,
    measured,
    once,
    ramp,
    stretches,
    times,
    went_back,
    wobbly,
)


@dataclass(frozen=True)
class Fault:
    """A fault and the rule that it is there to show."""

    rule: str
    signal: str
    """The signal that is drawn."""
    row: int
    """The row in which it begins."""
    text: str
    """What goes wrong."""
    spoil: Spoil
    logarithmic: bool = False


FAULTS = (
    Fault("drift_loss", "loss", 350, "the loss creeps up by a third of a percent a row", times("loss", ramp(300))),
    Fault("drift_both", "grad_norm", 350, "loss and gradient creep up together",
          both(times("loss", ramp(400)), gradient(ramp(160)))),
    Fault("level_loss", "loss", 350, "the loss stands half as high again", times("loss", 1.5)),
    Fault("level_grad", "grad_norm", 350, "the gradient stands at 2.2 times its level, and the loss as before",
          both(times("grad_norm", 2.2), times("noise", 2.2))),
    Fault("jump_loss", "loss", 350, "a single batch costs four times as much", times("loss", once(4.0))),
    Fault("jump_grad", "grad_norm", 350, "five batches have gradients nine times as long, and cost half as much again",
          both(gradient(stretches((0, 5, 9.0))), times("loss", stretches((0, 5, 1.5))))),
    Fault("update_up", "step_norm", 350, "the optimizer moves twice as far for its rate", times("step_norm", 2.0)),
    Fault("update_down", "step_norm", 350, "the optimizer moves half as far for its rate", times("step_norm", 0.5)),
    Fault("noise_fall", "noise", 350, "the same batch comes again and again: gradients agree", times("noise", 0.2)),
    Fault("fade_grad", "grad_norm", 350, "the gradient fades to a quarter, and the loss does not fall",
          gradient(lambda after: np.maximum(np.exp(-after / 40), 0.25))),
    Fault("vanish", "grad_norm", 350, "the gradient falls without end", gradient(ramp(-12.0)), logarithmic=True),
    Fault("drawdown", "loss", 300, "the loss climbs to a hundred times its best",
          times("loss", lambda after: np.minimum(np.exp(after / 20), 100)), logarithmic=True),
    Fault("explosion", "loss", 300, "the loss is forty times what it was", times("loss", 40.0), logarithmic=True),
    Fault("over_start", "loss", 120, "the loss is above where it began", becomes("loss", wobbly(3.6))),
    Fault("gave_back", "loss", 120, "the loss is back where it began, and stays", becomes("loss", wobbly(2.7))),
    Fault("over_all", "loss", 120, "the loss is higher than it ever was", becomes("loss", wobbly(5.5))),
    Fault("early_rise", "loss", 90, "half of what was learned is lost, in a young run", becomes("loss", wobbly(1.8))),
    Fault("early_burst", "grad_norm", 90, "half of what was learned is lost, with four times the gradient",
          both(becomes("loss", wobbly(1.8)), gradient(4.0))),
    Fault("collapse", "loss", 300, "the loss falls to a third in one step: the answers have leaked in",
          times("loss", 0.3)),
    Fault("higher_again", "loss", 280, "after a first incident the loss rises again, and higher",
          times("loss", stretches((0, 12, 3.5), (110, 220, 6.0)))),
    Fault("longer_again", "loss", 260, "after a first incident the loss rises again, and for longer",
          times("loss", stretches((0, 12, 2.5), (100, 440, 2.0)))),
    Fault("resumed_worse", "loss", 350, "the run goes 60 steps back, and the same steps cost more",
          went_back),
    Fault("nonfinite", "loss", 350, "the loss is NaN", becomes("loss", np.nan)),
    Fault("dead_gradient", "grad_norm", 60, "the gradient is exactly 0, and the loss stands still",
          both(gradient(0.0), becomes("loss", wobbly(1.2)))),
    Fault("early_vanish", "grad_norm", 60, "a young run has almost no gradient, and its loss stands still",
          both(gradient(0.02), becomes("loss", wobbly(2.5))), logarithmic=True),
    Fault("zero_rate", "lr", 300, "the rate is exactly 0", both(becomes("lr", 0.0), becomes("step_norm", 0.0))),
    Fault("chance_level", "loss", 60, "a classifier of ten classes says nothing: its loss is ln 10",
          becomes("loss", lambda after: np.log(10) * (1 + 1e-5 * np.sin(after)))),
    Fault("frozen_step", "step_norm", 300, "parameters do not move, though rate and gradient are there",
          becomes("step_norm", 0.0)),
    Fault("frozen_loss", "loss", 300, "all that is measured is the same number in every row",
          both(becomes("loss", 0.4271385964), becomes("grad_norm", 0.5123415926))),
    Fault("frozen_grad", "grad_norm", 300, "the gradient norm is the same number in every row",
          becomes("grad_norm", 0.5123415926)),
    Fault("lr_jump", "lr", 300, "the rate is eight times as high as before",
          both(times("lr", 8.0), times("step_norm", 8.0))),
    Fault("lr_drop", "lr", 300, "the rate falls to a hundredth in one step",
          both(times("lr", 0.01), times("step_norm", 0.01)), logarithmic=True),
    Fault("early_loss", "loss", 0, "the loss is five times that of the good run", times("loss", 5.0)),
    Fault("early_grad", "grad_norm", 0, "the gradient is a tenth of that of the good run", gradient(0.1)),
    Fault("early_update", "step_norm", 0, "the optimizer moves three times as far as in the good run",
          times("step_norm", 3.0)),
    Fault("early_rate", "lr", 0, "the rate is three times that of the good run",
          both(times("lr", 3.0), times("step_norm", 3.0))),
    Fault("signal_rise", "kl", 350, "the distance to the reference policy rises",
          measured("kl", 0.05, 0.01, lambda kl: kl + 0.15)),
    Fault("signal_fall", "reward", 350, "the reward falls", measured("reward", 1.0, 0.1, lambda reward: reward - 1.0)),
    Fault("overfit", "val_loss", 250, "the evaluation rises while the training loss falls", evaluated),
    Fault("signal_nonfinite", "kl", 350, "a named signal is NaN", measured("kl", 0.05, 0.01, lambda kl: kl * np.nan)),
    Fault("signal_nonzero", "bad_tensors", 350, "a count of faults is no longer 0", counted),
)  # fmt: skip
