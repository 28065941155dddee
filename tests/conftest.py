"""Settings of every test: random examples are the same on each run, and missing frameworks are counted."""

import signal

from hypothesis import settings

from needs import pytest_pycollect_makemodule

__all__ = ["pytest_pycollect_makemodule"]

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.load_profile("fixed")

# A job in the background of a script begins with Ctrl-C ignored; the tests of Ctrl-C would then wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)
