"""The doors: JSON API, web pages, command line, and what stands around each request."""
