"""The rulebook language: text in, checked model out. Knows no engine, screen, clock or workspace."""
