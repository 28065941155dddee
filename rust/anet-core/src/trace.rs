//! End to end: gaps, windows, signatures, scores.
