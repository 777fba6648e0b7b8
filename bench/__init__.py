"""Benchmarks: what a build and a request cost, as ratios to a peer measured in the same run.

`make bench` prints one table. CPU seconds (user and system) are measured, never wall-clock time;
each figure is the median of paired rounds, ours and the baseline's in turn, so that a busy machine
slows both. Targets are printed beside the figures and nothing fails when one is missed.
"""
