"""What a difference does: whom it breaks, and whether it asks for more or for less than before."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from dsl import model
from dsl.comparing.walk import Difference, bare
from dsl.expressions import tree
from dsl.types import Duration

Effect = Literal["cases", "tailored", "behaviour", "wording"]
EFFECTS: tuple[Effect, ...] = ("cases", "tailored", "behaviour", "wording")
"""From the worst: breaks cases that are moved on to it, breaks rulebooks that tailor it, acts otherwise,
says it otherwise."""
Direction = Literal["new", "gone", "stricter", "looser", "other"]

_WORDING = {"title", "because", "say", "template", "maintained_by", "layers"}
_STRUCTURE = (model.Fact, model.Role, model.Item, model.Approval, model.Process, model.Record)
"""What tasks and events of a running case name."""
_DEMANDS = (
    model.Item, model.Approval, model.Step, model.Content, model.Evidence, model.Count, model.Gate,
    model.Document,
)  # fmt: skip
"""More of it asks for more."""
_REPEATS = ("passes", "allowed", "forbidden")
"""What of one person in two steps asks for more and more."""
_MORE_IS_STRICTER = {"until", "never", "signers", "private_to", "after", "need", "final", "opinion_required", "cause", "copies", "accepted", "rungs"}  # fmt: skip
_MORE_IS_LOOSER = {"waiver", "optional", "set_by", "applies", "started_by"}
_HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0}


class Change(NamedTuple):
    """A difference and what it does.

    Attributes:
        difference: what is not the same.
        effects: from the worst, at least one.
        direction: what it asks for.
    """

    difference: Difference
    effects: tuple[Effect, ...]
    direction: Direction


def change_of(difference: Difference) -> Change:
    """What a difference does."""
    effects = _effects(difference)
    return Change(difference, effects, _direction(difference))


def _effects(found: Difference) -> tuple[Effect, ...]:
    if found.field in _WORDING or found.declaration.startswith("scenario.") or _is_retitled(found):
        return ("wording",)
    effects: list[Effect] = []
    if _breaks_cases(found):
        effects.append("cases")
    if found.field == "-" or (found.field == "final" and found.new):
        effects.append("tailored")
    return (*effects, "behaviour")


def _is_retitled(found: Difference) -> bool:
    """A choice, or a way through stages, that is the same under other titles."""
    return bare(found.old) == bare(found.new)


def _breaks_cases(found: Difference) -> bool:
    """A case that runs has tasks, facts and contents that the new text no longer knows, or lacks one."""
    if found.field == "-":
        return isinstance(found.old, (*_STRUCTURE, model.Step, model.Content, model.Field))
    if found.field == "+":
        return isinstance(found.new, model.Fact | model.Field) and not _may_be_missing(found.new)
    typed = isinstance(found.owner, model.Fact | model.Field | model.Content)
    if typed and found.field == "type":
        return not _is_wider(found.old, found.new)
    if typed and found.field == "optional":
        return bool(found.old) and not found.new and getattr(found.owner, "default", None) is None
    return found.field in {"key", "timezone", "currency", "id"} or (
        isinstance(found.owner, model.Process) and found.field == "body"
    )


def _may_be_missing(declared: model.Fact | model.Field) -> bool:
    feed = isinstance(declared, model.Fact) and declared.feed is not None
    return declared.optional or declared.default is not None or feed


def _is_wider(old: Any, new: Any) -> bool:  # noqa: ANN401 (a type of the language)
    """True if every value of the old type is one of the new."""
    if type(old) is not type(new):
        return False
    options = getattr(old, "options", None)
    if options is not None:
        return {one.id for one in options} <= {one.id for one in new.options}
    if not hasattr(old, "low"):
        return bool(old == new)
    low = new.low is None or (old.low is not None and new.low <= old.low)
    high = new.high is None or (old.high is not None and new.high >= old.high)
    return low and high


def _direction(found: Difference) -> Direction:
    if found.field in ("+", "-"):
        if found.path and isinstance(found.owner, _DEMANDS):
            optional = getattr(found.owner, "optional", False)
            more: Direction = "other" if optional else "stricter"
            return more if found.field == "+" else ("other" if optional else "looser")
        return "new" if found.field == "+" else "gone"
    if found.field in ("due", "within", "duration"):
        return _sooner(found.old, found.new)
    if found.field == "type":
        return "other" if _is_retitled(found) else _narrower(found.old, found.new)
    if found.field == "repeat":
        return "stricter" if _REPEATS.index(found.new) > _REPEATS.index(found.old) else "looser"
    if found.field in _MORE_IS_STRICTER:
        return _more(found, "stricter", "looser")
    if found.field in _MORE_IS_LOOSER:
        return _more(found, "looser", "stricter")
    return "other"


def _more(found: Difference, more: Direction, less: Direction) -> Direction:
    """Something where nothing was, or all that was and more."""
    old, new = found.old, found.new
    if found.field == "need":
        # None: all of them.
        return more if new is None or (old is not None and new > old) else less
    if isinstance(old, tuple) and isinstance(new, tuple):
        kept, known = all(one in new for one in old), all(one in old for one in new)
        if kept == known:
            # In another order; or some gone, others new.
            return "other"
        return more if kept else less
    if not old and new:
        return more
    return less if old and not new else "other"


def _narrower(old: Any, new: Any) -> Direction:  # noqa: ANN401 (a type of the language)
    if _is_wider(old, new):
        return "looser"
    return "stricter" if _is_wider(new, old) else "other"


def _sooner(old: Any, new: Any) -> Direction:  # noqa: ANN401 (an expression, a duration, or None)
    """An earlier deadline is stricter, where both can be held against each other."""
    if old is None or new is None:
        return "stricter" if old is None else "looser"
    before, after = _distance(old), _distance(new)
    if before is None or after is None or before[0] != after[0] or before[1] == after[1]:
        return "other"
    return "stricter" if after[1] < before[1] else "looser"


def _distance(value: Any) -> tuple[Any, float] | None:  # noqa: ANN401 (as above)
    """From what, and how far after that; days and working days are not compared."""
    if isinstance(value, tree.Shift):
        length = _distance(value.duration)
        if length is None:
            return None
        kind, hours = length
        return (value.base, kind), hours if value.direction == "after" else -hours
    if isinstance(value, Duration):
        if value.unit in _HOURS:
            return "hours", value.amount * _HOURS[value.unit]
        return value.unit, float(value.amount)
    return None
