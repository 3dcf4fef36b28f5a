"""Declares the tests' kinds to a worker in a process of its own."""
