"""Keras 3: a callback for ``fit``, on each of its backends.

``callback`` holds the session and what Keras calls; a tap observes the training step as its backend allows:
``torch_tap`` from outside, ``jax_tap`` and ``tensorflow_tap`` from within the compiled step.
"""

from anet_lite.integrations.keras.callback import AnetCallback

__all__ = ["AnetCallback"]
