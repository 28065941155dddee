"""Adapters for other frameworks: one file each, which imports its framework when it is imported itself.

``session`` and ``method_hook`` need none. A session is the monitor, guard and trackers that every adapter shares; a
method hook observes a call where a framework has no hook.
"""
