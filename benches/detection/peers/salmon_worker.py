"""Scores each series that comes in with SWKNN. salmon.py starts this, in the environment of dSalmon."""

import sys
import time

import numpy as np
from dSalmon.outlier import SWKNN

LAGS = 8


def main():
    """Read a length and as many doubles; answer the seconds spent and as many scores."""
    while header := sys.stdin.buffer.read(8):
        x = np.frombuffer(sys.stdin.buffer.read(8 * int.from_bytes(header, "little")))
        lagged = np.lib.stride_tricks.sliding_window_view(np.r_[np.full(LAGS - 1, x[0]), x], LAGS)
        start = time.process_time()
        scores = np.asarray(SWKNN(window=1024, k=5).fit_predict(lagged)).ravel()
        spent = time.process_time() - start
        sys.stdout.buffer.write(np.r_[spent, scores].tobytes())
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
