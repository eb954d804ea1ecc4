"""Benchmarks: run by hand, reported as ratios within one run, never part of the tests."""
