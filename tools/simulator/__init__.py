"""Candidates who are not real, to measure which choice of questions raises the exam mark.

Never imported by the product. `python -m tools.simulator` prints the table of docs/learning.md.
"""
