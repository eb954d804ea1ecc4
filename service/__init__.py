"""Answers questions from an index: on the command line, over HTTP and in the browser."""
