"""The engine's texts for people."""

from __future__ import annotations

from pathlib import Path

from dsl.catalogue import Catalogue

MESSAGES = Catalogue("engine", Path(__file__).parent / "locales")
"""Sentences of events, refusals, problems of files and stores, words of drawings."""
