"""Heights of zeta zeros, against the seed's Newton loop and SciPy's Lambert W."""

from __future__ import annotations

import math

import numpy as np
import pytest

import numpy_reference as reference
import rh_sparse_anomaly as ours
from race import OURS, REFERENCE
from zeta_zeros.contenders import MODULES as PEER_MODULES
from zeta_zeros.contenders import PEERS

MODULES = {REFERENCE: reference, OURS: ours}
contenders = pytest.mark.parametrize("contender", MODULES)


@pytest.fixture(scope="module")
def count(quick: bool) -> int:
    return 100 if quick else 100_000


@pytest.fixture(scope="module")
def gammas(count: int) -> np.ndarray:
    return ours.generate_gammas(count)


@contenders
def test_generate_gammas(race, contender, count):
    generate = MODULES[contender].generate_gammas
    race(f"generate_gammas({count:_})", contender, lambda: generate(count))


def test_generate_gammas_by_lambert_w(race, peer, count):
    lambertw = peer("scipy.special").lambertw

    def heights(count: int) -> np.ndarray:
        excess = np.arange(1, count + 1) - 0.875
        return 2 * math.pi * excess / lambertw(excess / math.e).real

    race(f"generate_gammas({count:_})", "scipy.special.lambertw", lambda: heights(count))


@contenders
def test_generate_gammas_into_an_array(race, contender, quick):
    """The reference fills no array of the caller, and takes seconds, so it runs once."""
    count = 1000 if quick else 1_000_000
    out = np.empty(count)
    generate = {
        REFERENCE: lambda: reference.generate_gammas(count),
        OURS: lambda: ours.generate_gammas(count, out=out),
    }[contender]
    race(f"generate_gammas({count:_}, out=out)", contender, generate, once=contender == REFERENCE)


@contenders
def test_invert_one(race, contender):
    invert = MODULES[contender].invert_N_for_k
    race("invert_N_for_k(1000)", contender, lambda: invert(1000))


@contenders
def test_count(race, contender):
    count = MODULES[contender].N_riemann
    race("N_riemann(1000.0)", contender, lambda: count(1000.0))


@contenders
def test_normalized_gaps(race, contender, gammas):
    gaps = MODULES[contender].normalized_gaps
    race(f"normalized_gaps of {gammas.size:_}", contender, lambda: gaps(gammas))


#: Peers take a hundredth of a second to a second for a zero, so a window is what they can be asked for.
WINDOWS = [(1, 100), (1_000_000, 5)]


@pytest.mark.parametrize(("start", "size"), WINDOWS)
@pytest.mark.parametrize("contender", [OURS, *PEERS])
def test_zeta_zeros(race, peer, contender, start, size, quick):
    """PARI works through all heights below, so it is not asked for a millionth zero."""
    size = min(size, 2) if quick else size
    zeros = PEERS.get(contender)
    if zeros is None:
        race(f"zeta_zeros({start:_}, {size})", OURS, lambda: ours.zeta_zeros(start, size))
        return
    peer(PEER_MODULES[contender])
    if contender.startswith("PARI") and start > 10_000:
        pytest.skip("it would take minutes")
    race(f"zeta_zeros({start:_}, {size})", contender, lambda: zeros(start, size), once=True)
