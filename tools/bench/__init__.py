"""Measures the coach beside others, in one run: `make bench`."""
