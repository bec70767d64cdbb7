"""Forms for what a rulebook declares most often, so that nobody needs to know the language to begin.

A form is asked for (`new_form`, `form_at`), asks anew whenever an answer changes what else there is to ask
(`asked`), says what is wrong with its answers (`lacking`, `refused`), and is written (`carried_out`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from msgspec import structs

from dsl import nodes
from dsl.catalogue import Language, named_problem, sentences
from dsl.layers import NOTHING, Shelf
from engine.desk.fields import FieldView
from engine.drafting.changes import lines_of
from engine.drafting.clauses import Answers, id_of
from engine.drafting.draft import Draft, Drafter, Part
from engine.drafting.forms.asking import Ask
from engine.drafting.forms.flows import (
    ACTION,
    APPROVAL,
    GATE,
    STAGE,
    read_action,
    read_approval,
    read_gate,
    read_stage,
)
from engine.drafting.forms.items import (
    CONTENT,
    EVIDENCE,
    FACT,
    ITEM,
    read_content,
    read_fact,
    read_item,
)
from engine.drafting.forms.parties import REMINDER, ROLE, STEP, read_role, read_rung, read_step
from engine.drafting.forms.shapes import Changed, DraftForm, FormKind, Kind, Read
from engine.drafting.forms.writing import written

KINDS: dict[FormKind, Kind] = {
    "role": ROLE,
    "fact": FACT,
    "item": ITEM,
    "content": CONTENT,
    "evidence": EVIDENCE,
    "approval": APPROVAL,
    "step": STEP,
    "reminder": REMINDER,
    "gate": GATE,
    "action": ACTION,
    "stage": STAGE,
}
"""Every kind of form, in the order in which they are offered."""
READERS: dict[type, tuple[FormKind, Callable[[Draft, Any], Read | None]]] = {
    nodes.Role: ("role", read_role),
    nodes.Fact: ("fact", read_fact),
    nodes.Item: ("item", read_item),
    nodes.Content: ("content", read_content),
    nodes.Evidence: ("evidence", read_content),
    nodes.Approval: ("approval", read_approval),
    nodes.Step: ("step", read_step),
    nodes.Rung: ("reminder", read_rung),
    nodes.Gate: ("gate", read_gate),
    nodes.Action: ("action", read_action),
    nodes.StageMark: ("stage", read_stage),
}
"""What has a form, and how that is filled in."""
ONLY_NEW = {
    "role": ("id",),
    "fact": ("id",),
    "item": ("id", "evidence"),
    "approval": ("id", "behind"),
    "gate": ("id", "behind"),
    "action": ("id", "behind"),
    "stage": ("id", "into", "ahead"),
    "content": ("id", "into"),
    "evidence": ("id", "into"),
    "step": ("into",),
    "reminder": ("into",),
}
"""The fields that are asked for only where something new is written."""


class _Found(NamedTuple):
    """What a form can be made of: its kind, and what it says; None if it says more than a form can."""

    kind: FormKind
    read: Read | None


def new_form(draft: Draft, kind: FormKind, offset: int, language: Language) -> DraftForm | None:
    """An empty form; None if there is nothing yet that its line could be put into."""
    here, owner = draft.part_at(offset), KINDS[kind].owner
    owners = [part.id for part in draft.parts if part.kind == owner]
    if owner and not owners:
        return None
    into = here.id if here and here.kind == owner else next(iter(owners), "")
    values = {"into": into, "unit": "working_day"}
    return _asking(draft, DraftForm(kind, None, "", values, ()), {}, language)


def form_at(draft: Draft, offset: int, language: Language) -> DraftForm | None:
    """The form of what stands at a place of the text; None if it has none or says more than that."""
    part = draft.part_at(offset)
    found = _found(draft, part, offset) if part else None
    if part is None or found is None or found.read is None:
        return None
    (values, kept), owner = found.read, KINDS[found.kind].owner
    own = values if owner else {**values, "id": part.id}
    form = DraftForm(found.kind, offset, part.id, own, (), kept)
    return _asking(draft, form, {}, language)


def asked(
    draft: Draft, form: DraftForm, answers: Answers, language: Language
) -> tuple[FieldView, ...]:
    """The fields of a form as they are after some of them have been answered."""
    return _asking(draft, form, answers, language).fields


def lacking(draft: Draft, form: DraftForm, answers: Answers) -> str | None:
    """The message id of what is wrong with the answers; None if they will do."""
    amounts = (value.strip() for field, value in answers.items() if field.startswith("amount"))
    if any(one and not (one.isascii() and one.isdigit()) for one in amounts):
        return "drafting.no_number"
    problem = KINDS[form.kind].lacking(draft, _given(form, answers))
    return problem or (_lacking_id(draft, form, answers) if "id" in ONLY_NEW[form.kind] else None)


def carried_out(draft: Draft, form: DraftForm, answers: Answers, shelf: Shelf = NOTHING) -> Changed:
    """The text with what a form says; one that was in its canonical form stays in it."""
    return written(draft, form, KINDS[form.kind], _given(form, answers), shelf)


def refused(draft: Draft, made: Changed, language: Language, shelf: Shelf = NOTHING) -> str | None:
    """What the text would be wrong about that it is not wrong about now; None if nothing."""
    after = Drafter(draft.source.name, shelf).draft(made.text, language)
    if after.errors <= draft.errors:
        return None
    before = Counter((one.code, one.text) for one in draft.problems)
    for one in after.problems:
        if one.severity == "error" and not before[one.code, one.text]:
            return sentences(
                language, (named_problem(language, one.code, one.title, one.text), one.hint)
            )
    return None


def _asking(draft: Draft, form: DraftForm, answers: Answers, language: Language) -> DraftForm:
    """The form with its fields."""
    ask = Ask(draft, language, form.given(answers), form.kept)
    fields = tuple(
        one
        for one in KINDS[form.kind].fields(ask)
        if form.offset is None or one.id not in ONLY_NEW[form.kind]
    )
    return structs.replace(form, fields=(*fields, *_kept(ask, form)))


def _kept(ask: Ask, form: DraftForm) -> Iterable[FieldView]:
    """The lines that say more than the form can, as they stand; those with forms of their own are not among them."""
    part = None if form.offset is None else ask.draft.part_at(form.offset)
    if part is not None and not KINDS[form.kind].owner:
        title = ask.say("drafting.field.kept")
        for number, line in enumerate(lines_of(ask.draft, part, form.kept - {"steps"}), start=1):
            yield FieldView(f"kept{number}", title, "shown", value=line)


def _given(form: DraftForm, answers: Answers) -> Answers:
    """All that a form says; a new thing has a name of its own, or one of its title."""
    given = form.given(answers)
    if form.offset is None and "title" in answers:
        given["id"] = answers.get("id", "").strip() or id_of(answers["title"])
    return given


def _lacking_id(draft: Draft, form: DraftForm, answers: Answers) -> str | None:
    if form.offset is not None:
        return None
    wanted = answers.get("id", "").strip()
    if wanted and (not wanted.replace("_", "a").isalnum() or wanted[0].isdigit()):
        return "drafting.bad_id"
    id_ = _given(form, answers)["id"]
    taken = any((part.kind, part.id) == (form.kind, id_) for part in draft.parts)
    return "drafting.known_id" if taken else None


def _found(draft: Draft, part: Part, offset: int) -> _Found | None:
    """What stands in the row of a place, else the declaration that it lies in."""
    parts = draft.parsed.rulebook.parts if draft.parsed.rulebook else ()
    whole = next((one.declaration for one in parts if one.start == part.start), None)
    row, place = _row(draft, offset), offset - part.start
    for node in (*_lines(whole), whole):
        if node is not None and type(node) in READERS and (node is whole or _on(node, place, row)):
            kind, read = READERS[type(node)]
            return _Found(kind, read(draft, node))
    return None


def _lines(whole: nodes.Declaration | None) -> Iterable[nodes.Node]:
    """The lines of a declaration that have forms of their own."""
    match whole:
        case nodes.Item():
            return (*whole.contents, *whole.evidence)
        case nodes.Approval():
            return whole.steps
        case nodes.Sla():
            return whole.rungs
        case nodes.Process():
            return whole.body
        case _:
            return ()


def _row(draft: Draft, offset: int) -> tuple[int, int]:
    """How far the row of a place reaches before and after it."""
    text = draft.source.original
    end = text.find("\n", offset)
    return offset - text.rfind("\n", 0, offset) - 1, (len(text) if end < 0 else end) - offset


def _on(node: nodes.Node, place: int, row: tuple[int, int]) -> bool:
    """True if a node stands in the row of a place."""
    return node.span.start <= place + row[1] and node.span.end >= place - row[0]
