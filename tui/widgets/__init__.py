"""Pieces of screens: each paints what it is given and says what a person did with it."""
