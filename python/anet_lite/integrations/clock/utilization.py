"""How busy a GPU is, asked of NVML by a thread, once a second."""

from __future__ import annotations

import threading
from typing import Any

from anet_lite._internal.optional_import import need

#: Seconds between two questions: NVML itself averages over up to one.
SECONDS = 1.0


class Utilization:
    """The mean utilization of a GPU since it was last taken, in percent. No step waits for the driver.

    Args:
        uuid: NVML's name of the GPU, such as ``GPU-5a...``: its number differs under ``CUDA_VISIBLE_DEVICES``.

    Raises:
        ImportError: The extra ``anet-lite[gpu]`` is not installed.
        Exception: What NVML raises where there is no driver, or no such GPU.

    """

    def __init__(self, uuid: str) -> None:
        self._nvml: Any = need("pynvml", "gpu")
        self._nvml.nvmlInit()
        self._gpu: Any = self._nvml.nvmlDeviceGetHandleByUUID(uuid)
        self._sum, self._count, self._lock = 0.0, 0, threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="anet-lite utilization", daemon=True)
        self._thread.start()

    def take(self) -> float | None:
        """Return the mean of the answers since the last call; None where none has come."""
        with self._lock:
            mean = self._sum / self._count if self._count else None
            self._sum, self._count = 0.0, 0
        return mean

    def stop(self) -> None:
        """End the thread."""
        self._over.set()
        self._thread.join(1.0)

    def _run(self) -> None:
        """Ask until it is over, or until the driver no longer answers."""
        while not self._over.wait(SECONDS):
            try:
                percent = float(self._nvml.nvmlDeviceGetUtilizationRates(self._gpu).gpu)
            except self._nvml.NVMLError:
                break
            with self._lock:
                self._sum, self._count = self._sum + percent, self._count + 1
        self._nvml.nvmlShutdown()
