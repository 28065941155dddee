"""``anet-lite detect --prometheus``: what Prometheus scrapes while a stream comes."""

from __future__ import annotations

import re
import socket
import subprocess
import time
import urllib.request

import numpy as np
from prometheus_client.parser import text_string_to_metric_families

import command_line

NEEDS = ("prometheus_client",)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def scraped(port: int) -> dict[tuple[str, str], float]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    families = text_string_to_metric_families(text)
    return {(s.name, s.labels.get("stream", "")): s.value for family in families for s in family.samples}


def test_the_newest_numbers_of_a_stream_are_served():
    port, x = free_port(), np.sin(np.arange(600) / 8) + 0.1 * np.random.default_rng(0).normal(size=600)
    line = [*command_line.COMMAND, "detect", "--prometheus", str(port)]
    pipe = subprocess.PIPE
    with subprocess.Popen(line, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, bufsize=1) as command:
        assert command.stdin is not None
        assert command.stdout is not None
        command.stdin.write("cpu\n" + "\n".join(f"{value:.4f}" for value in [*x, 9.0]) + "\n")
        command.stdin.flush()
        assert re.search("ALARM cpu", command.stdout.readline())
        numbers = scraped(port)
        assert numbers["anet_stream_value", "cpu"] == 9.0
        assert numbers["anet_stream_alarm", "cpu"] == 1.0
        assert numbers["anet_stream_alarms_total", "cpu"] == 1.0
        assert numbers["anet_stream_p_value", "cpu"] < 1e-4
        assert time.time() - numbers["anet_stream_last_sample_timestamp_seconds", "cpu"] < 600
        command.stdin.close()
        assert command.wait(30) == 0
