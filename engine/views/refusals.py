"""A refusal in words: ids of the case are shown as the titles and names that its reader knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from dsl.catalogue import MESSAGES as LANGUAGE
from dsl.catalogue import Language
from dsl.visible import visible
from engine.rejection import PARTED, Refusal
from engine.state import ItemTask
from engine.texts import MESSAGES
from engine.views.reader import Reader


class RefusalView(Struct, frozen=True):
    """Why a command was not carried out, for one reader: what, why, and what to do."""

    code: str
    title: str
    text: str
    hint: str


def refusal_view(refusal: Refusal, language: Language, reader: Reader | None = None) -> RefusalView:
    """The words of a refusal.

    Args:
        refusal: as a decider gave it.
        language: of the reader.
        reader: of the case that was acted on; without one, ids stay ids.
    """
    values = _shown(refusal, language)
    if values.get("who") == "":
        values["who"] = MESSAGES.say(language, "reader.nobody")
    words = {} if refusal.code == "R113" else _WORDS  # there `field` is a name that somebody typed
    for name in words.keys() & values.keys():
        group = "light" if refusal.code == "R103" else _WORDS[name]  # a case's status, not a task's
        values[name] = MESSAGES.say(language, f"{group}.{values[name]}")
    if refusal.code == "R113":
        values["why"] = _why(refusal, language)
    if reader is not None:
        values |= {name: visible(text) for name, text in _titles(refusal, reader).items()}
    title, text, hint = (
        MESSAGES.say(language, f"{refusal.code}.{part}", **values)
        for part in ("title", "text", "hint")
    )
    return RefusalView(refusal.code, title, text, hint)


_WORDS = {"status": "status", "field": "field", "kind": "task_kind"}
"""Values that are words of the engine, and the begin of the messages that say them."""


def _shown(refusal: Refusal, language: Language) -> dict[str, str]:
    """The values as their reader may see them, lists of people and options parted as in the language."""
    values = {name: visible(value) for name, value in refusal.values.items()}
    joint = MESSAGES.say(language, "reader.joint")
    for name in _MANY & values.keys():
        values[name] = values[name].replace(PARTED, joint)
    return values


def _why(refusal: Refusal, language: Language) -> str:
    """What is wrong with a value, in the words that the language has for it."""
    values = _shown(refusal, language)
    if "type" in values:
        values["type"] = LANGUAGE.say(language, f"term.{values['type']}")
    return LANGUAGE.say(language, f"{values['problem']}.text", **values)


def _titles(refusal: Refusal, reader: Reader) -> dict[str, str]:
    """The values that are ids, as titles and names."""
    found: dict[str, str] = {}
    for name, value in refusal.values.items():
        if name in _WORDS:
            continue
        if name in _SINGLE:
            found[name] = _SINGLE[name](reader, value)
        elif name in _LISTED or value == PARTED.join(refusal.ids):
            task = refusal.values.get("task")
            found[name] = reader.listed(_name(reader, one, task) for one in refusal.ids)
    return found


def _task(reader: Reader, task: str) -> str:
    kind, _, gate = task.partition(":")
    return reader.declared(gate) if kind == "gate" else reader.task_named(task)


def _thing(reader: Reader, thing: str) -> str:
    """What an act was about: a task, a fact, the process, the case."""
    if thing == reader.scope.program.process.id:
        return reader.title(reader.scope.program.process.title)
    return reader.declared(thing) if "/" not in thing and ":" not in thing else _task(reader, thing)


def _fact(reader: Reader, place: str) -> str:
    fact, dot, rest = place.partition(".")
    return reader.declared(fact) + dot + rest


def _name(reader: Reader, one: str, task: str | None) -> str:
    """The title of a part of a task, of a task or of a declaration; or a person's name."""
    state, program = reader.scope.state, reader.scope.program
    found = state.tasks.get(task or "")
    if isinstance(found, ItemTask):
        item = program.items[found.ref]
        fields = () if item.each is None else program.record_of(item).fields
        titles = {part.id: part.title for part in (*fields, *item.stated)}
        titles |= {part.id: part.title for part in item.evidence}
        if one in titles:
            return reader.title(titles[one])
    if one in state.tasks:
        return reader.task_named(one)
    title = reader.declared(one)
    return reader.person(one) if title == one else title


def _waits(reader: Reader, tasks: str) -> str:
    """What is open, where something else was meant."""
    known = reader.scope.state.tasks
    parts = (reader.task_named(one) if one in known else one for one in tasks.split(PARTED))
    return reader.listed(parts)


_SINGLE: dict[str, Callable[[Reader, str], str]] = {
    "task": _task,
    "what": _thing,
    "fact": _fact,
    "role": lambda reader, role: reader.declared(role),
    "by": lambda reader, person: reader.person(person),
    "waits": _waits,
    "since": lambda reader, at: reader.when(datetime.fromisoformat(at)),
    "approval": lambda reader, approval: reader.declared(approval),
}
_MANY = frozenset({"who", "options", "parts", "fields", "known"})
_LISTED = frozenset({"facts", "items", "gates", "changed", "missing"})
