"""What came of an act, or would come of it, for its reader."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from dsl.catalogue import Language
from dsl.diagnostic import Term
from dsl.os_reasons import in_words
from dsl.render import say, value_text
from dsl.visible import visible
from engine.case_input import InputProblem
from engine.events import ContentProvided, DueChanged, Event, EvidenceAttached
from engine.program import Program
from engine.replay import fold
from engine.scope import Scope
from engine.service import Done, Service
from engine.state import CaseState
from engine.texts import MESSAGES
from engine.views.cautions import cautions
from engine.views.moved import Deadlines, Moved, moved_deadlines
from engine.views.reader import Reader
from engine.views.refusals import RefusalView
from engine.views.sentences import sentence, told


class Outcome(Struct, frozen=True):
    """What came of an act: why it was refused, or what happened, in sentences.

    `cautions` are what it does at once and nobody may have meant; what has `moved` stands in no sentence.
    """

    refusal: RefusalView | None = None
    case: str = ""
    sentences: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    cautions: tuple[str, ...] = ()


def done_outcome(
    service: Service, done: Done, reader: Reader, before: Deadlines, viewer: str
) -> Outcome:
    """An act that was carried out, or would be, for its viewer; the reader sees the case after it.

    `before` are the deadlines as they were.
    """

    def cases_of(person: str) -> tuple[str, ...]:
        rows = service.store.rows("cases", {"subject": person, "viewers": viewer}, order="id")
        return tuple(row["id"] for row in rows)

    moved = moved_deadlines(reader, before)
    tasks = {one.id for one in moved}
    return Outcome(
        case=done.case,
        sentences=tuple(
            sentence(reader, event)
            for event in sorted(told(done.events, lambda one: one), key=_is_given)
            if not (isinstance(event, DueChanged) and event.task in tasks)
        ),
        moved=moved,
        cautions=cautions(reader, done.events, cases_of, before),
    )


def _is_given(event: Event) -> bool:
    """True of what is given along with an act, which is told behind the act."""
    return isinstance(event, ContentProvided | EvidenceAttached)


def problem_outcome(problem: InputProblem, language: Language) -> Outcome:
    """A field that holds what it cannot."""
    return Outcome(refusal=problem_view(problem, language))


def problem_view(problem: InputProblem, language: Language) -> RefusalView:
    """A wrong value in words: where, what, why and what to do."""
    if problem.problem is None:
        values = {name: value_text(value, language) for name, value in problem.values.items()}
        values["alike"] = _alike(problem.code, values.get("known", ""), language)
    else:
        type_ = problem.values.get("type")
        kind = type_.id.removeprefix("type.") if isinstance(type_, Term) else "other"
        example = MESSAGES.say(language, f"P304.example.{kind}")
        values = {
            "why": say(language, f"{problem.problem}.text", problem.values),
            "example": example,
        }
    return words_of(problem.code, {**values, "place": problem_place(problem, language)}, language)


def _alike(code: str, known: str, language: Language) -> str:
    """The sentence about what is called alike; nothing where nothing is."""
    message = f"{code}.alike"
    told = known and MESSAGES.has(language, message)
    return MESSAGES.say(language, message, known=known) if told else ""


def problem_place(problem: InputProblem, language: Language) -> str:
    """The titles that lead to a wrong value."""
    titles = (
        f"[{step}]" if isinstance(step, int) else step.get(language) or next(iter(step.values()))
        for step in problem.path
    )
    return " ".join(titles)


def words_of(code: str, values: Mapping[str, str], language: Language) -> RefusalView:
    """A code of the engine's catalogue in words; whatever was typed is made visible."""
    shown = {name: visible(value) for name, value in in_words(values, language).items()}
    title, text, hint = (
        MESSAGES.say(language, f"{code}.{part}", **shown) for part in ("title", "text", "hint")
    )
    return RefusalView(code, title, text, hint)


def foreseen(service: Service, done: Done, program: Program) -> Scope:
    """A case as it would be after an act that was only foreseen."""
    state = service.cases.fresh(done.case)
    state = state or CaseState(id=done.case, artefact=program.artefact)
    context = service.world.context(program, state.last_at)
    for event in done.events:
        fold(state, event, context.now)
    return Scope(program, state, context)
