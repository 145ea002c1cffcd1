"""What is too long for the test suite; `python -m tools.soak` runs it.

Open `kills.py` for kill -9 again and again, `week.py` for a simulated week with two workers and
two schedulers, `counting.py` for what is held against the tables in the end.
"""
