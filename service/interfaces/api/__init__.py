"""The JSON API, version 1: each module serves one resource."""
