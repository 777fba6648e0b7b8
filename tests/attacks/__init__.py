"""Attacks of one organization on another, generated from the model for every route.

The same attacks run on handlers alone, on handlers with IAM enforced, and over HTTP.
"""
