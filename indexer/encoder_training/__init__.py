"""Trains what the encoder learns from the field's questions; needed only to make it anew."""
