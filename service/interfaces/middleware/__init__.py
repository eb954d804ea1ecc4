"""What stands around every request: headers, limits, the log, compression."""
