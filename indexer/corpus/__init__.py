"""The corpus folder: its files, its catalogue, and adding and removing reports."""
