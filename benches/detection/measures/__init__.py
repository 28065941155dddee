"""Measures: VUS-PR, event F1, alarms, the score of the Numenta Anomaly Benchmark."""
