"""A standalone cluster of Spark on this machine: a master and two workers, each a process of its own.

Nothing of this environment reaches the workers but what Spark itself brings: their Python is a bare one, made for them.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
import venv
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOY = "org.apache.spark.deploy"
ADDRESS = re.compile(r"Starting Spark master at (spark://\S+)")
CONF = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.executor.memory": "512m",
    "spark.driver.memory": "512m",
}


class Cluster:
    """A master and its workers, in a folder with their logs."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes = folder, list[subprocess.Popen[bytes]]()
        venv.create(folder / "python", with_pip=False)
        self.python: Path = folder / "python" / "bin" / "python"
        self._start("master", "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        self.master: str = self._wait("master", ADDRESS)[1]
        for name in ("worker-1", "worker-2"):
            options = ("--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "1g")
            self._start(name, "worker.Worker", *options, "--work-dir", str(folder / name), self.master)
        for name in ("worker-1", "worker-2"):
            self._wait(name, re.compile("Successfully registered with master"))

    def _start(self, name: str, part: str, *arguments: str) -> None:
        import pyspark

        home = Path(pyspark.__path__[0])
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYSPARK", "SPARK"))}
        env |= {"SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m", "SPARK_LOCAL_IP": "127.0.0.1"}
        command = [home / "bin" / "spark-class", f"{DEPLOY}.{part}", *arguments]
        with self._log(name).open("wb") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, env=env, start_new_session=True))

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _wait(self, name: str, said: re.Pattern[str]) -> re.Match[str]:
        for _ in range(240):
            found = said.search(self._log(name).read_text(encoding="utf-8"))
            if found:
                return found
            time.sleep(0.5)
        raise TimeoutError(self._log(name).read_text(encoding="utf-8")[-2000:])

    def stop(self) -> None:
        """End every process; workers end their executors."""
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(60)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a cluster, and end it whatever happens."""
    started = Cluster(folder)
    try:
        yield started
    finally:
        started.stop()
