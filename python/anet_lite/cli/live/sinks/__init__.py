"""Where events go besides the screen: a command, an address, a page of metrics. Each is a file.

A sink has two methods: ``take`` an event, without waiting for a disk or a network; ``close``, which waits until all of
it is told, for a time that is bounded, and returns how many events it lost.
"""
