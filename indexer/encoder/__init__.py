"""Text into vectors: what the service opens; `building` makes it."""
