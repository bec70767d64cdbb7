"""Scenarios: examples of use that run without a workspace, on a cast and a clock of their own."""
