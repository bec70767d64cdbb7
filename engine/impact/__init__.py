"""What a change of a rulebook would have meant for past cases: each is played under both versions.

Nothing is written, and nothing private is told: people, titles, deadlines and gates, no values.
"""

from __future__ import annotations

from engine.impact.looks import Difference, Kind
from engine.impact.pair import Parting
from engine.impact.playing import Impact, impact

__all__ = ["Difference", "Impact", "Kind", "Parting", "impact"]
