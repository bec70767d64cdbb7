"""What the application tells its screens."""

from __future__ import annotations

from textual.message import Message


class LedgerMoved(Message):
    """Something has happened in the workspace, by whomever."""


class LanguageChanged(Message):
    """The person reads another language from now on."""
