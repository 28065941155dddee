"""A river pipeline that learns online, with anet-lite as one of its parts: it scores how strange each row is.

Run it with `python examples/river_pipeline.py`; it needs river (in a clone: `pip install '.[river]'`).
"""

from __future__ import annotations

import numpy as np
from river import linear_model, metrics, preprocessing

from anet_lite import Monitor, explain

random = np.random.default_rng(0)
model = preprocessing.StandardScaler() | linear_model.LinearRegression()
monitor, error = Monitor(), metrics.MAE()

for row in range(3000):
    x = {f"x{at}": value for at, value in enumerate(random.normal(size=4))}
    y = sum(x.values()) + 0.2 * random.normal()
    if row >= 2000:
        y = -y  # a sign was changed upstream
    guess = model.predict_one(x)
    model.learn_one(x, y)
    error.update(y, guess)
    seen = monitor.update(loss=(guess - y) ** 2, step=row)
    if seen.alarms and row > 64:
        print(explain(seen))
        break
