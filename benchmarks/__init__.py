"""The hot paths against their rivals, in one run on one machine: `python -m benchmarks`."""
