"""Handlers of the agents API."""
