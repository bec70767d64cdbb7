"""The codes of the currencies in which somebody is paid today; the build takes them from CLDR."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def currencies() -> frozenset[str]:
    """The codes of ISO 4217, such as `CNY`."""
    return frozenset(Path(__file__).with_suffix(".txt").read_text(encoding="ascii").split())
