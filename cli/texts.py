"""The command line's texts for people."""

from __future__ import annotations

from pathlib import Path

from dsl.catalogue import Catalogue

MESSAGES = Catalogue("cli", Path(__file__).parent / "locales")
"""Help, headings, words of tables, and what is said of a wrong use."""
