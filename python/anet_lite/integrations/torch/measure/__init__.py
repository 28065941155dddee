"""What is measured in a step, all of it on the device: nothing here waits for it.

In the order of the data's way: `parameters` says which are watched and `groups` which belong together, `amp` knows of
loss scales, `norms` sums squares. Noise is measured against `ema`, the update against `param_copies`, or both against
the `adam_moments` that are there anyway. `grad_hooks` and `noise_scale` measure what averaging over ranks hides. `step`
puts these together.
"""
