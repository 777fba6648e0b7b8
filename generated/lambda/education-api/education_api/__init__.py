"""Handlers of the education API."""
