"""Forms of what a process comes to: approvals, gates, actions and stages."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import nodes
from engine.desk.fields import FieldView
from engine.drafting.clauses import HEAD, Answers, Clauses, duration, name, quoted
from engine.drafting.draft import Draft
from engine.drafting.forms.asking import Ask
from engine.drafting.forms.conditions import lacking_value, of_case
from engine.drafting.forms.parties import read_duration
from engine.drafting.forms.shapes import Kind, Read, nothing_lacks

THINGS = ("severance", "wages", "certificate", "archive", "access")
OWN = "own"
"""A thing that the rulebook names itself."""
Place = tuple[str, nodes.Flow]
"""A line of a process: `PROCESS/NUMBER`, so that a choice can name it, and what stands there."""


def places(draft: Draft, process: str = "") -> Iterator[Place]:
    """The lines of the text's processes that lie in no group, or those of one of them."""
    rulebook = draft.parsed.rulebook
    for part in rulebook.parts if rulebook else ():
        one = part.declaration
        if isinstance(one, nodes.Process) and process in ("", one.id.text):
            yield from ((f"{one.id.text}/{at}", flow) for at, flow in enumerate(one.body))


def _steps(draft: Draft, process: str = "") -> list[Place]:
    """The places where something is to be done: no stage begins with a stage."""
    return [one for one in places(draft, process) if not isinstance(one[1], nodes.StageMark)]


def read_gate(draft: Draft, gate: nodes.Gate) -> Read:
    """What a gate says, as far as a form can say it."""
    rows = of_case(draft).filled_lines(gate.until)
    values = {"title": gate.title.text, **(rows or {})}
    values["waiver"] = gate.waiver.text if gate.waiver else ""
    values["say"] = gate.say.text if gate.say else ""
    kept = {"until"} if rows is None else set()
    match gate.holds:
        case (nodes.HeldWord(word),):
            values["holds"] = word
        case (nodes.HeldStage(stage),):
            values["holds"] = f"stage:{stage.text}"
        case (nodes.HeldText(text),):
            values |= {"holds": OWN, "thing": text.text}
        case _:
            kept.add("holds")
    return Read(values, frozenset(kept))


def read_stage(draft: Draft, stage: nodes.StageMark) -> Read:
    """What the line of a stage says."""
    del draft
    return Read({"id": stage.id.text, "title": stage.title.text})


def _gate_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.named()
    if "holds" not in ask.kept:
        holds = ask.choice("holds", _held(ask), needed=True)
        yield holds
        if holds.value == OWN:
            yield ask.text("thing", needed=True)
    if "until" not in ask.kept:
        yield from of_case(ask.draft, ask).fields(ask)
    yield ask.choice("waiver", ask.some(nodes.Role))
    yield ask.text("say")
    yield _behind(ask)


def _behind(ask: Ask) -> FieldView:
    """Where the process comes to it."""
    lines = _lines(ask, _steps(ask.draft))
    return ask.choice("behind", [("", ask.say("drafting.nowhere")), *lines])


def _held(ask: Ask) -> Iterator[tuple[str, str]]:
    yield from ask.words("thing", THINGS)
    for _, flow in places(ask.draft):
        if isinstance(flow, nodes.StageMark):
            title = f"{ask.say('drafting.kind.stage')}: {flow.title.text}"
            yield f"stage:{flow.id.text}", title
    yield OWN, ask.say("drafting.thing.own")


def _gate_clauses(draft: Draft, answers: Answers) -> Clauses:
    found = {HEAD: f"gate {name(answers['id'])} {quoted(answers['title'])}"}
    kind, _, stage = answers.get("holds", "").partition(":")
    held = {OWN: quoted(answers.get("thing", "")), "stage": f"stage {name(stage)}"}.get(kind, kind)
    if held:
        found["holds"] = f"holds {held}"
    for number, said in of_case(draft).lines(answers).items():
        found[f"until.{number}"] = f"until {said}"
    if answers["waiver"]:
        found["waiver"] = f"waiver by {name(answers['waiver'])} with reason"
    if answers["say"].strip():
        found["say"] = f"otherwise say {quoted(answers['say'])}"
    return found


def read_approval(draft: Draft, approval: nodes.Approval) -> Read:
    """What an approval says besides its steps, which have forms of their own."""
    del draft
    values = {"title": approval.title.text, "reject": "", "role": ""}
    match approval.on_reject:
        case None | nodes.EndOnReject():
            return Read(values, frozenset({"steps"}))
        case nodes.ReturnOnReject(role, None):
            return Read({**values, "reject": role.text}, frozenset({"steps"}))
        case _:
            return Read(values, frozenset({"steps", "on_reject"}))


def _approval_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.named()
    if "steps" not in ask.kept:
        yield ask.choice("role", ask.ids(nodes.Role), needed=True)
        yield from ask.time()
    if "on_reject" not in ask.kept:
        ends = ("", ask.say("drafting.reject.end"))
        yield ask.choice("reject", [ends, *ask.ids(nodes.Role)])
    yield _behind(ask)


def _approval_clauses(draft: Draft, answers: Answers) -> Clauses:
    del draft
    within = f" within {duration(answers)}" if duration(answers) else ""
    found = {HEAD: f"approval {name(answers['id'])} {quoted(answers['title'])}"}
    found["steps"] = f"step {name(answers['role'])}{within}"
    if answers.get("reject"):
        found["on_reject"] = f"on reject return to {name(answers['reject'])}"
    return found


def read_action(draft: Draft, action: nodes.Action) -> Read:
    """What an action says, as far as a form can say it."""
    del draft
    within = read_duration(action.within)
    values = {"title": action.title.text, "by": action.by.text if action.by else ""}
    match action.releases:
        case ():
            releases = {"releases": ""}
        case (nodes.HeldWord(word),):
            releases = {"releases": word}
        case _:
            releases = {}
    kept = {"by": within is None, "releases": not releases}
    lines = frozenset(line for line, is_kept in kept.items() if is_kept)
    return Read({**values, **(within or {}), **releases}, lines)


def _action_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.named()
    if "by" not in ask.kept:
        yield ask.choice("by", ask.ids(nodes.Role), needed=True)
        yield from ask.time()
    if "releases" not in ask.kept:
        none = ("", ask.say("drafting.none"))
        yield ask.choice("releases", [none, *ask.words("thing", THINGS)])
    yield _behind(ask)


def _action_clauses(draft: Draft, answers: Answers) -> Clauses:
    del draft
    within = f" within {duration(answers)}" if duration(answers) else ""
    found = {HEAD: f"action {name(answers['id'])} {quoted(answers['title'])}"}
    if answers["by"]:
        found["by"] = f"by {name(answers['by'])}{within}"
    if answers.get("releases"):
        found["releases"] = f"releases {answers['releases']}"
    return found


def _stage_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.into(nodes.Process)
    yield from ask.named()
    yield ask.choice("ahead", _lines(ask, _steps(ask.draft, ask.value("into"))), needed=True)


def _stage_clauses(draft: Draft, answers: Answers) -> Clauses:
    del draft
    return {"body": f"stage {name(answers['id'])} {quoted(answers['title'])}"}


def _lines(ask: Ask, found: list[Place]) -> Iterator[tuple[str, str]]:
    """Lines of processes as they are written, for a choice."""
    text = ask.draft.source.original
    starts = {
        part.declaration.id.text: part.start
        for part in (ask.draft.parsed.rulebook.parts if ask.draft.parsed.rulebook else ())
        if isinstance(part.declaration, nodes.Process)
    }
    for place, flow in found:
        span = flow.span.shift(starts[place.partition("/")[0]])
        yield place, text[span.start : span.end].split("\n")[0].strip()


def _lacking_gate(draft: Draft, answers: Answers) -> str | None:
    """A gate that waits for nothing holds nothing back; what no row can say is not asked for."""
    asks = "what1" in answers
    if asks and not any(value for field, value in answers.items() if field.startswith("what")):
        return "drafting.no_condition"
    return lacking_value(draft, answers)


GATE = Kind(_gate_fields, _gate_clauses, _lacking_gate)
APPROVAL = Kind(_approval_fields, _approval_clauses, nothing_lacks)
ACTION = Kind(_action_fields, _action_clauses, nothing_lacks)
STAGE = Kind(_stage_fields, _stage_clauses, nothing_lacks, "process", "body")
