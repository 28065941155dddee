"""scikit-learn's partial_fit, batch by batch: the labels of the stream are mixed up from batch 500 on.

Run it with `python examples/sklearn_partial_fit.py`; it needs scikit-learn.
"""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss

from anet_lite import Monitor, explain

random = np.random.default_rng(0)
truth = random.normal(size=10)
model = SGDClassifier(loss="log_loss", learning_rate="constant", eta0=0.01, random_state=0)
monitor = Monitor()

for batch in range(800):
    x = random.normal(size=(64, 10))
    y = (x @ truth + 0.5 * random.normal(size=64) > 0).astype(int)
    if batch >= 500:
        y = random.permutation(y)  # a join went wrong upstream
    loss = log_loss(y, model.predict_proba(x), labels=[0, 1]) if batch else None  # before it learns from the batch
    before = model.coef_.copy() if batch else 0.0
    model.partial_fit(x, y, classes=[0, 1])
    seen = monitor.update(loss=loss, step_norm=np.linalg.norm(model.coef_ - before), lr=model.eta0, step=batch)
    if seen.alarms:
        print(explain(seen))
        break
