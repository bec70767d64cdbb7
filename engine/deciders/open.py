"""Opening a case."""

from __future__ import annotations

from dsl.expressions.tree import Wire
from engine.authority import managers, people_of, refuse_unless
from engine.changing import check_value
from engine.commands import Open
from engine.events import CaseOpened, People
from engine.rejection import PARTED, Refusal
from engine.run import Run


def open_case(run: Run, command: Open) -> Refusal | None:
    """The case stands at its start, with every fact that it needs."""
    subject = run.context.directory.person(command.subject)
    if subject is None:
        return Refusal("R110", "invalid", {"person": command.subject})
    run.state.subject = command.subject
    refusal = refuse_unless(run, _openers(run, command), command.process)
    facts = _with_defaults(run, command)
    refusal = refusal or _refuse_facts(run, command, facts)
    beside = () if command.reopens else _beside(run, command)
    refusal = refusal or _refuse_beside(beside, command, subject.name)
    if refusal is not None:
        run.state.subject = ""
        return refusal
    run.emit(
        CaseOpened(
            case=run.request.case,
            rulebook=run.program.rulebook.id,
            rulebook_version=run.program.rulebook.version,
            process=command.process,
            subject=subject.id,
            subject_name=subject.name,
            opener=run.authority,
            facts=facts,
            sealed=command.sealed,
            items=run.program.placed_items,
            reopens=command.reopens,
            reason=command.beside if beside else command.reason,
            beside=beside,
        )
    )
    return None


def _beside(run: Run, command: Open) -> tuple[str, ...]:
    """The open cases of this process about the same person."""
    return run.context.live(run.program.rulebook.id, command.process, command.subject)


def _refuse_beside(beside: tuple[str, ...], command: Open, subject: str) -> Refusal | None:
    """A second case is opened on purpose only: two would take back and hand over everything twice."""
    if not beside or command.beside.strip():
        return None
    return Refusal("R176", "invalid", {"case": PARTED.join(beside), "subject": subject}, beside)


def _openers(run: Run, command: Open) -> People:
    """Whoever manages the process takes an ended case up again, whoever may start one."""
    if command.reopens is not None:
        return managers(run)
    return people_of(run, run.program.process.started_by)


def _with_defaults(run: Run, command: Open) -> dict[str, Wire]:
    """Given facts, then what feeds hold for the subject, then defaults; in order of declaration."""
    facts: dict[str, Wire] = {}
    for fact in run.program.rulebook.facts:
        if fact.id in command.sealed:
            continue
        value = command.facts.get(fact.id)
        if value is None and fact.feed is not None:
            value = list(run.context.feed(fact.feed, command.subject))
        if value is None:
            value = fact.default
        if value is not None:
            facts[fact.id] = value
    return facts


def _refuse_facts(run: Run, command: Open, facts: dict[str, Wire]) -> Refusal | None:
    declared = run.program.facts
    unknown = tuple(fact for fact in (*command.facts, *command.sealed) if fact not in declared)
    if unknown:
        return Refusal("R111", "invalid", {"facts": "、".join(unknown)}, unknown)
    missing = tuple(
        fact.id
        for fact in declared.values()
        if not fact.optional and fact.id not in facts and fact.id not in command.sealed
    )
    if missing:
        titles = (next(iter(declared[fact].title.values())) for fact in missing)
        return Refusal("R112", "missing", {"facts": "、".join(titles)}, missing)
    for fact in declared.values():
        sealed = command.sealed.get(fact.id)
        wire = facts.get(fact.id) if sealed is None else run.context.unseal(sealed)
        problem = None if wire is None else check_value(run, fact, wire)
        if problem is not None:
            return problem
    return None
