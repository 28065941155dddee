"""Run logs: ``writer`` makes their lines, ``reader`` their columns."""
