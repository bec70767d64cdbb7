"""What the application tells its screens."""

from __future__ import annotations

from textual.message import Message

from engine.drafting.draft import Draft


class LedgerMoved(Message):
    """Something has happened in the workspace, by whomever."""


class LanguageChanged(Message):
    """The person reads another language from now on."""


class Drafted(Message):
    """A form of a text has been judged and drawn."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
