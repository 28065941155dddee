"""Adapters for other frameworks: one file each, which imports its framework when it is imported itself.

``session`` and ``method_hook`` need none: they are the monitor with what hangs on it, and a way to see a framework's
call where it has no hook.
"""
