"""The benchmarks of docs/benchmarks.md: the product beside simpler things, measured in one run.

Nothing in here judges: a busy machine is slow at everything, so each number stands beside another.
"""
