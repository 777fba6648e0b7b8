"""Artifacts to disk: what differs, what somebody edited, and a tree that is never half-written."""
