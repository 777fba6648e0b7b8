"""Handlers of the everything API."""
