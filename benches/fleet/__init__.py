"""Ten thousand streams on one machine: a pool in one process, and Spark on the same cores."""
