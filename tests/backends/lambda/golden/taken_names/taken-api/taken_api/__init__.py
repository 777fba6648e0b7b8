"""Handlers of the taken API."""
