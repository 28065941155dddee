"""A state that was changed by hand is refused, or works: it never ends the program later."""

from __future__ import annotations

import struct
import zlib

import numpy as np

from anet_lite import StreamDetector

CHECKSUM = 4


def test_no_byte_of_a_detectors_state_makes_a_later_push_panic():
    detector = StreamDetector()
    detector.push_many(np.sin(np.arange(40.0)))
    whole = detector.to_bytes()[:-CHECKSUM]
    accepted, refusals = 0, ""
    for at in range(16, min(len(whole), 6000)):
        crafted = whole[:at] + b"\x80" + whole[at + 1 :]
        try:
            loaded = StreamDetector.from_bytes(crafted + struct.pack("<I", zlib.crc32(crafted)))
        except ValueError as error:
            refusals += str(error)
            continue
        loaded.push_many([0.5] * 3)
        accepted += 1
    assert accepted > 0
    assert "bins" in refusals  # a bin of -128 has no positive twin in a byte
