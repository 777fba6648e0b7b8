"""Handlers of the community API."""
