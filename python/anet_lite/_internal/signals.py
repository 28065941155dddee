"""The signals that a monitor takes, in the order of ``Monitor.update``."""

SIGNALS = ("loss", "grad_norm", "step_norm", "noise", "lr")
