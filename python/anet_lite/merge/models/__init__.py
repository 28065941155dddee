"""Models as they lie on disks: files, folders of shards, adapters.

``open_model`` makes a ``Model`` of a path: its ``stored`` tensors, and for a folder of LoRA its ``adapter``.
``weights`` reads a model's numbers, or takes those that are in memory. ``documents`` reads the JSON files beside the
weights, and ``save`` writes arrays.
"""

from anet_lite.merge.models.adapter import Adapter, Module
from anet_lite.merge.models.model import Model, same_model
from anet_lite.merge.models.open import open_model
from anet_lite.merge.models.save import save
from anet_lite.merge.models.stored import Stored
from anet_lite.merge.models.weights import Weights, float_tensors

__all__ = ["Adapter", "Model", "Module", "Stored", "Weights", "float_tensors", "open_model", "same_model", "save"]
