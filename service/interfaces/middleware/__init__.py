"""ASGI layers around every request: headers, limits, the access log, compression."""
