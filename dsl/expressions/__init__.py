"""Expressions: the checked tree, its types, and its compilation to plain Python callables."""
