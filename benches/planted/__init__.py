"""Judges the monitor on constructed cases: faults planted into recorded runs, and numbers by formula. See README.md."""
