"""Handlers of the store API."""
