"""The benchmark: `make bench`. It prints its tables and writes them to docs/benchmarks.md."""
