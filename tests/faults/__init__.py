"""Drills that take too long for the suite: crashes, damage, load, mutated files."""
