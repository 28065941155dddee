"""``python -m fleet.quix BROKER NAME KEYS ROWS`` in benches/: the same detectors in Quix Streams, with its own state.

Needs ``pip install quixstreams`` and a Kafka broker on this machine, such as one of its own jars in KRaft mode. Writes
KEYS * ROWS rows to the topic in-NAME, then scores them to out-NAME, exactly once; prints the processor time of this
process. A second call with ROWS 0 goes on where a killed one stopped.
"""

from __future__ import annotations

import json
import math
import random
import sys
import time
from typing import Any

from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic
from quixstreams import Application

from anet_lite import StreamDetector

Kept = dict[str, tuple[StreamDetector, set[int]]]


def rows(keys: int, count: int) -> list[tuple[str, int, float]]:
    """Return the rows of all keys, in turns."""
    noise = random.Random(0)
    return [(f"k{key}", at, math.sin(at / 5) + noise.random()) for at in range(count) for key in range(keys)]


def write(broker: str, name: str, keys: int, count: int) -> None:
    """Make both topics, and write the rows."""
    settings = {"bootstrap.servers": broker}
    admin = AdminClient(settings)  # its answers come only while it lives
    for topic in admin.create_topics([NewTopic(f"{way}-{name}", 2, 1) for way in ("in", "out")]).values():
        topic.result()
    producer = Producer(settings)
    for key, at, x in rows(keys, count):
        producer.produce(f"in-{name}", json.dumps({"at": at, "x": x}), key=key)
        producer.poll(0)
    producer.flush()


def detector_of(state: Any) -> tuple[StreamDetector, set[int]]:
    """Return the detector that was stored, and the numbers of its pages."""
    detector, numbers = StreamDetector(), set(state.get("pages", []))
    if numbers:
        detector.restore(state.get_bytes("manifest"), {n: state.get_bytes(f"page{n}") for n in numbers})
    return detector, numbers


def score(kept: Kept, value: Any, key: str, state: Any) -> dict[str, float]:
    """Score a row, and store the pages that it changed."""
    if key not in kept:
        kept[key] = detector_of(state)
    detector, numbers = kept[key]
    found, before = detector.push_many([value["x"]], [value["at"]], parts=False), set(numbers)
    for number, page in detector.changed_pages().items():
        if page:
            state.set_bytes(f"page{number}", page)
            numbers.add(number)
        else:
            state.delete(f"page{number}")
            numbers.discard(number)
    if numbers != before:
        state.set("pages", sorted(numbers))
    state.set_bytes("manifest", detector.manifest())
    return {"at": value["at"], "score": float(found.score[0]), "p_value": float(found.p_value[0])}


def main(broker: str, name: str, keys: int, count: int) -> None:
    """Write rows, score them, and stop after a minute without any."""
    if count:
        write(broker, name, keys, count)
    options = {"processing_guarantee": "exactly-once", "auto_offset_reset": "earliest", "commit_every": 5000}
    app = Application(broker, consumer_group=name, state_dir=f"state-{name}", commit_interval=3600, **options)
    source = app.topic(f"in-{name}", value_deserializer="json", key_deserializer="str")
    target = app.topic(f"out-{name}", value_serializer="json", key_serializer="str")
    kept: Kept = {}

    def apply(value: Any, key: Any, _time: int, _headers: Any, state: Any) -> dict[str, float]:
        return score(kept, value, key, state)

    app.dataframe(source).apply(apply, stateful=True, metadata=True).to_topic(target)
    start = time.process_time()
    app.run(count=keys * count, timeout=60)
    print(json.dumps({"rows": keys * count, "cpu_s": time.process_time() - start}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:5]))
