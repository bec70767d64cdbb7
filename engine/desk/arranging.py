"""Forms that arrange who does a task."""

from __future__ import annotations

from collections.abc import Iterable

from engine.commands import (
    PLACES,
    AddApprover,
    Claim,
    Command,
    CommandName,
    Delegate,
    Place,
    Reassign,
    Release,
    RemoveApprover,
)
from engine.desk.fields import Act, Answers, FieldView, Ground, named, nothing, person_field, word


def _somebody(ground: Ground) -> Iterable[FieldView]:
    yield from person_field(ground)
    yield word(ground, "reason", required=True)


def _owner(ground: Ground) -> Iterable[FieldView]:
    yield FieldView("owner", ground.reader.say("desk.field.owner"), "person")


def _another(ground: Ground) -> Iterable[FieldView]:
    yield from _owner(ground)
    yield from _somebody(ground)


def _approver(ground: Ground) -> Iterable[FieldView]:
    say = ground.reader.say
    options = tuple((place, say(f"desk.place.{place}")) for place in PLACES)
    yield from person_field(ground)
    yield FieldView("place", say("desk.field.place"), "choice", value="beside", options=options)
    yield word(ground, "reason", required=True)


def _reassign(ground: Ground, answers: Answers) -> Command:
    owner = named(ground, answers, "owner") or None
    return Reassign(ground.about, owner, named(ground, answers), answers.get("reason", ""))


def _add_approver(ground: Ground, answers: Answers) -> Command:
    place: Place = next((one for one in PLACES if one == answers.get("place")), "beside")
    return AddApprover(ground.about, named(ground, answers), place, answers.get("reason", ""))


ARRANGEMENTS: dict[CommandName, Act] = {
    "claim": Act(nothing, lambda g, _a: Claim(g.about)),
    "release": Act(_owner, lambda g, a: Release(g.about, named(g, a, "owner") or None)),
    "delegate": Act(_somebody, lambda g, a: Delegate(g.about, named(g, a), a.get("reason", ""))),
    "reassign": Act(_another, _reassign),
    "add_approver": Act(_approver, _add_approver),
    "remove_approver": Act(
        _somebody, lambda g, a: RemoveApprover(g.about, named(g, a), a.get("reason", ""))
    ),
}
"""Every act about who does a task."""
