"""The field that words to search by are typed into."""

from __future__ import annotations

from textual.widgets import Input


def type_into(field: Input, hint: str) -> None:
    """Show the field and give it the focus at once: the very next key is the first letter of what is sought."""
    field.placeholder = hint
    field.remove_class("-hidden")
    field.app.stylesheet.update(field)
    field.screen.set_focus(field)
