"""Commands of `python -m eval`, one file each."""
