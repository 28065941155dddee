"""One Spark for all tests that need a JVM, small and on this machine."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def spark():
    from anet_lite.integrations.spark import session

    spark = session("local[2]", {"spark.sql.shuffle.partitions": "2", "spark.sql.session.timeZone": "Europe/Berlin"})
    yield spark
    spark.stop()
