"""The way of the numbers off the device, without waiting for it within a step.

`buffer` lays the numbers of an interval out in one vector, `distributed` makes them the same on every rank, and
`async_copy` reads them one interval late.
"""
