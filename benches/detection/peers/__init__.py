"""What a user would take instead, each at its best; a table of peers, of which those that are installed run."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, NamedTuple

from detection.peers import forecasts, forests, neighbours, others, simple
from detection.peers.salmon import SlidingNeighbours, UnavailableError

if TYPE_CHECKING:
    from detection.peers.series import Scorer


class Peer(NamedTuple):
    """A peer: what scores a series, the modules it needs, and what is to be known of it."""

    scorer: Scorer
    needs: tuple[str, ...] = ()
    longest: int | None = None
    """The longest series that it is asked to score, in points; ``None`` where any length is quick enough."""
    plain: bool = False
    """Whether it stands beside the detector in the plain cases."""


SALMON = "dSalmon SWKNN, 8 lags"
ALL: dict[str, Peer] = {
    "random": Peer(simple.random),
    "the published score, windows of 64": Peer(simple.seed_score),
    "rolling \\|z\\|, 256": Peer(simple.rolling_z, plain=True),
    "seasonal naive, its period told": Peer(simple.seasonal_naive, plain=True),
    "River half-space trees, 8 lags": Peer(forests.river_trees, ("river",), plain=True),
    "River PAD, autoregression of 8": Peer(forecasts.river_forecast, ("river",)),
    "rcf3, 40 trees": Peer(forests.cut_forest, ("rcf3",)),
    "rcf3, distance to its forecast": Peer(forecasts.cut_forest_forecast, ("rcf3",)),
    "PySAD LODA, 8 lags": Peer(others.loda, ("pysad",)),
    "aberrant KNN, 8 lags": Peer(neighbours.aberrant, ("aberrant", "faiss"), longest=10_000),
    "STUMPY stumpi, m = 32 (short series)": Peer(neighbours.stumpi, ("stumpy",), longest=10_000),
    "STUMPY left profile, m = 32": Peer(neighbours.left_profile, ("stumpy",), longest=30_000, plain=True),
    "STUMPY profile, m = 32 (sees the future)": Peer(neighbours.profile, ("stumpy",), longest=30_000, plain=True),
    "dtaianomaly LocalPoly (sees the future)": Peer(others.local_polynomial, ("dtaianomaly",)),
    SALMON: Peer(SlidingNeighbours.shared, plain=True),
}


def installed(only: str | None = None) -> tuple[list[str], dict[str, str]]:
    """Return the names of the peers that can be run here, and why the others cannot; ``only="plain"``: of those."""
    asked = {name: peer for name, peer in ALL.items() if only is None or peer.plain}
    missing = {name: reason for name, peer in asked.items() if (reason := _missing(name, peer))}
    return [name for name in asked if name not in missing], missing


def scorer(name: str) -> Scorer:
    """Return what scores a series in the way of a peer."""
    return ALL[name].scorer


def _missing(name: str, peer: Peer) -> str | None:
    absent = [module for module in peer.needs if importlib.util.find_spec(module) is None]
    if absent:
        return f"{' and '.join(absent)} {'is' if len(absent) == 1 else 'are'} not installed"
    if name == SALMON:
        try:
            SlidingNeighbours.shared.start()
        except UnavailableError as reason:
            return str(reason)
    return None
