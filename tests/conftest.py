"""Settings of every test: random examples are the same on each run, and missing frameworks are counted."""

from hypothesis import settings

from needs import pytest_pycollect_makemodule

__all__ = ["pytest_pycollect_makemodule"]

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.load_profile("fixed")
