"""The signs of a status: it is told by a sign, a word and a colour, never by colour alone."""

from __future__ import annotations

from typing import Literal, NamedTuple

Tone = Literal["", "good", "bad", "notice", "quiet"]


class Sign(NamedTuple):
    """A sign, its twin for terminals without it, and the tone that a painter gives a colour."""

    sign: str
    plain: str
    tone: Tone


SIGNS: dict[str, Sign] = {
    "running": Sign("●", "*", ""),
    "open": Sign("●", "*", ""),
    "handed_over": Sign("◐", ">", ""),
    "waiting": Sign("◌", ".", "quiet"),
    "stuck": Sign("▲", "^", "notice"),
    "overdue": Sign("✖", "!", "bad"),
    "done": Sign("✔", "+", "good"),
    "suspended": Sign("‖", "=", "notice"),
    "closed": Sign("✔", "+", "good"),
    "waived": Sign("✔", "+", "good"),
    "rejected": Sign("⊘", "-", "quiet"),
    "returned": Sign("⊘", "-", "quiet"),
    "withdrawn": Sign("⊘", "-", "quiet"),
    "not_applicable": Sign("⊘", "-", "quiet"),
    "cancelled": Sign("⊘", "-", "quiet"),
    "gate_open": Sign("✔", "+", "good"),
    "gate_shut": Sign("⊠", "X", "notice"),
}
"""Per status of a case, a task or a gate."""
