"""A published folder over HTTP, and the watch on what it is made from."""
