"""Sparse signatures of one window at the published defaults, against hashlib in a loop."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

import numpy_reference as reference
import rh_sparse_anomaly as ours
from numpy_reference.encoder import channels
from race import OURS, REFERENCE

ENCODERS = {REFERENCE: reference.SparseEncoder, OURS: ours.SparseEncoder}
contenders = pytest.mark.parametrize("contender", ENCODERS)

WINDOW = np.random.default_rng(256).normal(size=256)
SEED = "rh_sparse"


@contenders
def test_encode(race, contender):
    encoder = ENCODERS[contender]()
    signature = encoder.encode(WINDOW)
    answer = [signature.positions, signature.elevations]
    race("encode, window 256, 128 positions", contender, lambda: encoder.encode(WINDOW), answer)


def test_encode_by_hashlib_until_enough(race):
    """The best of plain Python: keep the keyed state, hash the highest candidates until 128 positions are found."""
    keyed = hashlib.blake2b(digest_size=8, key=SEED.encode())

    def encode() -> list[list[float]]:
        tagged = channels(WINDOW)
        values, tags = np.concatenate(list(tagged.values())), list(tagged)
        found: dict[int, float] = {}
        for index in np.argsort(-values, kind="stable"):
            tag, i = divmod(int(index), WINDOW.size)
            digest = keyed.copy()
            digest.update(f"{SEED}|{tags[tag]}|{i}|{values[index]:.6f}".encode())
            found.setdefault(int.from_bytes(digest.digest(), "big") % 4096, float(values[index]))
            if len(found) == 128:
                break
        return [list(found), list(found.values())]

    race("encode, window 256, 128 positions", "hashlib in a loop, stopped early", encode)


@contenders
def test_one_position(race, contender):
    encoder = ENCODERS[contender]()
    race("_hpos, one position a call", contender, lambda: encoder._hpos(7, "q", 0.123456))


def test_one_position_by_hashlib(race):
    keyed = hashlib.blake2b(digest_size=8, key=SEED.encode())

    def position() -> int:
        digest = keyed.copy()
        digest.update(f"{SEED}|q|{7}|{0.123456:.6f}".encode())
        return int.from_bytes(digest.digest(), "big") % 4096

    race("_hpos, one position a call", "hashlib, keyed state kept", position)
