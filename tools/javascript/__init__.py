"""Checks of the scripts and styles that run in browsers, for `make lint` and `make format`."""
