"""The acts: one line each. An act that the engine learns is a line here, and stands in every menu.

An act in the second list needs its reason typed before it can be done; no such act is one modifier
away from a harmless key.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.commands import CommandName


class ActKey(NamedTuple):
    """An act's key in menus, and whether it is dangerous."""

    key: str
    dangerous: bool = False


ACT_KEYS: dict[CommandName, ActKey] = {
    "approve": ActKey("a"),
    "reject": ActKey("x", dangerous=True),
    "return": ActKey("b"),
    "resubmit": ActKey("r"),
    "name": ActKey("n"),
    "provide": ActKey("p"),
    "attach": ActKey("f"),
    "hand_over": ActKey("h"),
    "call_back": ActKey("k"),
    "state_cause": ActKey("y"),
    "confirm_cause": ActKey("o"),
    "refuse_cause": ActKey("e"),
    "sign": ActKey("s"),
    "refuse": ActKey("u"),
    "waive": ActKey("w", dangerous=True),
    "complete": ActKey("c"),
    "comment": ActKey("m"),
    "change_fact": ActKey("d"),
    "withdraw": ActKey("z", dangerous=True),
    "suspend": ActKey("t", dangerous=True),
    "resume": ActKey("g"),
    "cancel": ActKey("q", dangerous=True),
    "reopen": ActKey("0", dangerous=True),
    "claim": ActKey("v"),
    "release": ActKey("l"),
    "delegate": ActKey("j"),
    "reassign": ActKey("i", dangerous=True),
    "add_approver": ActKey("+"),
    "remove_approver": ActKey("-", dangerous=True),
}
"""Every act of a person in a running case."""


ABOUT_ANYTHING: frozenset[CommandName] = frozenset({"comment"})
"""Acts upon a case that may be about whatever is selected in it."""


class TakenBack(NamedTuple):
    """The act that takes another one back; `fields` of its form are filled from those of the other's."""

    act: CommandName
    fields: tuple[tuple[str, str], ...] = ()


TAKEN_BACK: dict[CommandName, TakenBack] = {
    "hand_over": TakenBack("call_back"),
    "suspend": TakenBack("resume"),
    "resume": TakenBack("suspend"),
    "change_fact": TakenBack("change_fact", (("fact", "fact"), ("value", "value"))),
    "withdraw": TakenBack("reopen"),
    "cancel": TakenBack("reopen"),
    "claim": TakenBack("release"),
    "delegate": TakenBack("release"),
    "reassign": TakenBack("reassign", (("owner", "person"), ("person", "owner"))),
    "add_approver": TakenBack("remove_approver", (("person", "person"),)),
    "remove_approver": TakenBack("add_approver", (("person", "person"),)),
}
"""What can be taken back: by an event that follows, never by taking one away."""
