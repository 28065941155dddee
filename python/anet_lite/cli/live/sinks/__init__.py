"""Where events go besides the screen: a command, an address, a page of metrics. Each is a file.

A sink has three methods: ``seen`` takes what was said of samples and ``take`` an event, without waiting for a disk or a
network; ``close`` waits until all of it is told, for a time that is bounded, and returns how many events it lost. What
the slow ones share is in ``background``.
"""
