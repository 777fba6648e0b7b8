"""Realistic data for the local API, made from the model and written through the handlers."""
