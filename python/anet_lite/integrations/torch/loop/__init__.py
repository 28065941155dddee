"""The parts of a watch, in the order in which a step meets them.

`step_hooks` stand around the optimizer's step, `steps` takes losses and ends rows, `interval` sends rows off and gives
them back late, `rows` hands them to the session with what `interval_signals` finds, `view` shows what came of it, and
`checkpoint` is what a checkpoint asks for.
"""
