"""Attacks on the package, each a program that a test starts: calls, kills and interrupts, damaged files."""
