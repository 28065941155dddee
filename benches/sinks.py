"""What telling costs a training step of 11.6 million parameters, by kind of tracker. Needs torch and the extras.

A step's numbers are given to a monitor, and its snapshot to trackers whose services take half a second to answer. The
time is that of ``log`` on the processor, in the loop's own thread, beside that of a step on one core, taken in turns:
a machine that is busy with other things changes neither. What a loop would wait for is in the longest call, by clock.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from time import perf_counter, sleep, thread_time
from typing import Any

import torch

from anet_lite import Monitor
from anet_lite.integrations.notify import NotifyTracker
from anet_lite.integrations.otel import OtelTracker
from anet_lite.integrations.prometheus import PrometheusTracker
from anet_lite.integrations.tensorboard import TensorBoardTracker
from anet_lite.integrations.webhook import WebhookTracker
from torch_tap import SIZES, VOCABULARY, Transformer

LOGS = 200
"""Snapshots that are logged for each step that is timed: a step takes a second, a log microseconds."""


class Slow(BaseHTTPRequestHandler):
    """Answers after half a second."""

    def do_POST(self) -> None:
        """Take what is posted."""
        self.rfile.read(int(self.headers["Content-Length"]))
        sleep(0.5)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def trackers(folder: str, url: str) -> dict[str, Any]:
    """Return a tracker of each kind; the services answer after half a second."""
    return {
        "TensorBoard": TensorBoardTracker(folder, timeout=60.0),
        "Prometheus, port": PrometheusTracker(port=0),
        "OpenTelemetry": OtelTracker(url, timeout=60.0),
        "webhook, slack": WebhookTracker(url, form="slack", timeout=60.0),
        "apprise": NotifyTracker(f"json://{url.partition('://')[2]}"),
    }


def main(steps: int) -> None:
    """Print the seconds of a step, and the share of it that each tracker costs."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    model = Transformer(*SIZES["small"])
    optimizer = torch.optim.AdamW(model.parameters())
    tokens = torch.randint(VOCABULARY, (4, 129))
    monitor, number = Monitor(), 0
    took: dict[str, list[float]] = {}
    longest: dict[str, float] = {}
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        told = trackers(folder, f"http://127.0.0.1:{server.server_port}")
        for _ in range(steps):
            start = thread_time()
            optimizer.zero_grad()
            loss = model(tokens)
            loss.backward()
            optimizer.step()
            took.setdefault("step", []).append(thread_time() - start)
            for _ in range(LOGS):
                wave = (1.6 if number % 500 > 400 else 1.0) * (1 + 0.1 * math.sin(number * number))
                snapshot = monitor.update(loss=wave, lr=0.1)
                number += 1
                for name, tracker in told.items():
                    start, begin = thread_time(), perf_counter()
                    tracker.log(snapshot)
                    took.setdefault(name, []).append(thread_time() - start)
                    longest[name] = max(longest.get(name, 0.0), perf_counter() - begin)
        for tracker in told.values():
            tracker.close()
        server.shutdown()
    step = median(took.pop("step"))
    print(
        f"step: {step * 1e3:.1f} ms, the median of {steps}; {sum(p.numel() for p in model.parameters()):,} parameters"
    )
    for name, seconds in took.items():
        mean = sum(seconds) / len(seconds)
        print(f"{name:18} mean {mean * 1e6:7.1f} us, {mean / step:.5%} of a step; longest {longest[name] * 1e3:.1f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=5)
    main(parser.parse_args().steps)
