"""Handlers of the notifications API."""
