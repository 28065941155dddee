"""Likely causes of an alarm, as a table: which features count for each, and what to do next, in two languages.

A row is a ``cause``. They stand by what is at fault: ``optimizer``, ``gradients``, ``data``, the ``objective`` that is
trained for or measured, what its ``layers`` give out, the ``policy`` that is learned by rewards, the ``preferences``
that a model is trained on, what serves in ``inference``, the ``machine``. Ties are in the order of the table.
"""

from anet_lite.diagnosis.causes.cause import Cause, Clause
from anet_lite.diagnosis.causes.data import DATA
from anet_lite.diagnosis.causes.gradients import GRADIENTS
from anet_lite.diagnosis.causes.inference import INFERENCE
from anet_lite.diagnosis.causes.layers import LAYERS
from anet_lite.diagnosis.causes.machine import MACHINE
from anet_lite.diagnosis.causes.objective import OBJECTIVE
from anet_lite.diagnosis.causes.optimizer import OPTIMIZER
from anet_lite.diagnosis.causes.policy import POLICY
from anet_lite.diagnosis.causes.preferences import PREFERENCES

CAUSES: tuple[Cause, ...] = (
    *GRADIENTS,
    *OPTIMIZER,
    *OBJECTIVE,
    *LAYERS,
    *POLICY,
    *PREFERENCES,
    *DATA,
    *INFERENCE,
    *MACHINE,
)

__all__ = ["CAUSES", "Cause", "Clause"]
