"""Adapters for other frameworks: one file each, which imports its framework when it is imported itself."""
