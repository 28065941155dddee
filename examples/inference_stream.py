"""A model in production: its scores are watched one at a time, and the moment they stop being themselves is named.

Run it with `python examples/inference_stream.py`.
"""

from __future__ import annotations

import numpy as np

from anet_lite import Episodes, StreamDetector

random = np.random.default_rng(0)
detector, episodes = StreamDetector(), Episodes(1e-4, 50)

for request in range(4000):
    load = np.sin(request / 40)  # a habit: what is asked changes with the time of day
    confidence = 0.8 + 0.05 * load + 0.02 * random.normal()
    if 3000 <= request < 3040:
        confidence -= 0.4  # an upstream feature is empty
    found = detector.push(confidence)
    if found.p_value <= 1e-4:
        print(f"request {request}: p = {found.p_value:.1e}: {detector.explain()}")
        break
    episodes.push(found.p_value)
