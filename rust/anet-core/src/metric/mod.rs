//! Metrics over whole series: one a file.
