"""Colours that people with any colour vision can tell apart (after Okabe and Ito, 2008)."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="baton-dark",
    primary="#56B4E9",
    secondary="#CC79A7",
    accent="#56B4E9",
    success="#2BB89B",
    warning="#E6A117",
    error="#F0744E",
    foreground="#E4E6EB",
    background="#14171C",
    surface="#1B1F26",
    panel="#262B34",
    dark=True,
)
LIGHT = Theme(
    name="baton-light",
    primary="#0072B2",
    secondary="#A14D7C",
    accent="#0072B2",
    success="#00785A",
    warning="#7A5C00",
    error="#B0003A",
    foreground="#1B1F26",
    background="#FAFAF7",
    surface="#F1F1EC",
    panel="#E2E3DC",
    dark=False,
)
THEMES = (DARK, LIGHT)

TONES = {
    "good": "$text-success",
    "bad": "bold $text-error",
    "notice": "bold $text-warning",
    "quiet": "$text-muted",
}
"""The style of each tone of `engine.views.signs`."""
