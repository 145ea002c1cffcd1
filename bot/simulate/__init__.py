"""Lets a simulated candidate use the coach's real selection and storage (docs/learning.md)."""
