"""Advice of the engine names commands; on a screen it names what does the same there."""

from __future__ import annotations

import re

from engine.commands import CommandName
from tui.acts import ACT_KEYS
from tui.shell import Shell
from tui.texts import MESSAGES

COMMAND = re.compile("[“`](?P<whole>baton (?P<kind>[a-z]+)(?: (?P<name>[a-z][a-z-]*))?[^”`]*)[”`]")
"""A command as messages quote it."""
ACTS: dict[str, CommandName] = {act.replace("_", "-"): act for act in ACT_KEYS} | {
    "change": "change_fact"
}
"""The acts by the last word of their commands."""


def on_screens(shell: Shell, text: str) -> str:
    """The same advice with acts, keys and places of the screens; what only a command does stays one."""
    told = COMMAND.sub(lambda found: _instead(shell, found), text)
    return told[:1].upper() + told[1:]


def _instead(shell: Shell, found: re.Match[str]) -> str:
    kind, name = found["kind"], found["name"] or ""
    act = ACTS.get(name) if kind in ("task", "case") else None
    if act is not None:
        title = shell.act(act)
        whole = title if kind == "task" else shell.say("act.whole_case", act=title)
        return shell.say("instead.act", act=whole, key=ACT_KEYS[act].key)
    place = f"instead.{kind}_{name}"
    if MESSAGES.has(shell.language, place):
        return shell.say(place)
    return shell.say("instead.command", command=found["whole"])
