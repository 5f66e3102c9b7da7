"""Layers: archives read as they stream, their trees, and the files in them."""
