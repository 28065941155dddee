"""Judges the stream detector, its components and its peers on the same series. See README.md."""
