"""Nodes to the checked model: names looked up, defaults filled in, expressions typed."""
