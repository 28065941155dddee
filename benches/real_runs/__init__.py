"""Judges the monitor on real training logs, from a folder that the project does not carry. See README.md."""
