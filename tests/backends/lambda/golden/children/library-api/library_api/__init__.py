"""Handlers of the library API."""
