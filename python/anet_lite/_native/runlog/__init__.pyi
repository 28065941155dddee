"""Run logs: ``writer`` makes their lines, ``rows`` their rows and ``reader`` their columns."""
