"""The examples in the docstrings of the PyTorch integration give what they show."""

from __future__ import annotations

import doctest

import pytest

from anet_lite.integrations import torch as integration

NEEDS = ("torch",)


@pytest.mark.parametrize("name", ["GradNoiseTap", "attach"])
def test_example_gives_what_it_shows(name):
    public = getattr(integration, name)
    (test,) = (t for t in doctest.DocTestFinder(recurse=False).find(public, name) if t.examples)
    assert doctest.DocTestRunner().run(test).failed == 0


def test_public_names_are_documented():
    for name in integration.__all__:
        assert getattr(integration, name).__doc__.strip()
