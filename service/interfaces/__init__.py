"""The doors: JSON API, web pages, command line; and the middleware around each request."""
