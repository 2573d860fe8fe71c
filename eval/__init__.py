"""The scorecard: every figure the project claims, measured on the data at hand. `python -m eval` prints it."""
