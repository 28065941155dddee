"""What a model generates, measured on the device and read late: nothing here waits for the device at a token.

Stands on torch. ``generate`` hooks Transformers' ``generate``, ``tap`` looks at the logits of each step, ``chunk`` sums
some steps into one vector, ``repeats`` finds tokens that come again; ``values`` measures the tensors that a call gives.
"""

from anet_lite._internal.optional_import import need

need("torch", "torch")
