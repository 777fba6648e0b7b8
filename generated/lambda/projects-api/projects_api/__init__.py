"""Handlers of the projects API."""
