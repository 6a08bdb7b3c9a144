"""What is measured, side by side in one run with what a user would pick instead: `python -m benchmarks`."""
