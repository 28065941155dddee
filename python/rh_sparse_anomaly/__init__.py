"""Zeta zeros, sparse signatures and multi-scale anomaly scores, by the names of the seed."""
