"""Where events and rows are kept: one port, several stores, one conformance suite."""
