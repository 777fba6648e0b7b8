"""Handlers of the notes API."""
