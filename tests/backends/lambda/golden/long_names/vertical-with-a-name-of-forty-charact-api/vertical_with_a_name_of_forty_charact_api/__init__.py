"""Handlers of the vertical with a name of forty charact API."""
