"""The sample registry: the distribution API, read only, with every CORS header a browser needs."""
