"""Handlers of the lab API."""
