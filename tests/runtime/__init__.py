"""Tests of `nexus_runtime`."""
