"""Zeta zeros and what stands in for them.

``smooth`` heights, ``zeros`` with their ``certificate``, ``hardy``'s function, and the ``trace`` of scores over
the gaps.
"""
