"""Reads reports, cuts them into passages, embeds them and packs the index for the service."""
