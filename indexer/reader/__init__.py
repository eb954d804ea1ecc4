"""The sentence reader: what the service opens; `building` trains and packs it."""
