"""The way between models, measured.

``grid`` is where, ``walk`` measures your losses there, ``merge_path`` holds what they
say, in the ``texts`` of two languages. ``probe`` compares activations, which needs no labels.
"""

from anet_lite.merge.path.merge_path import MergePath
from anet_lite.merge.path.probe import Probe, probe
from anet_lite.merge.path.walk import path

__all__ = ["MergePath", "Probe", "path", "probe"]
