"""The way of the numbers off the device, without waiting for it within a step.

`buffer` lays the numbers of an interval out in one vector of the type that `precision` gives, `distributed` makes them
the same on every rank, and `async_copy` reads them one interval late. Nothing here imports `measure`.
"""
