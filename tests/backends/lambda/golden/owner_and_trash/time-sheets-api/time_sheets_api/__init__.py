"""Handlers of the time sheets API."""
