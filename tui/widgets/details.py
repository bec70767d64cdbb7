"""What is told of one task, gate or case: lines of text."""

from __future__ import annotations

from textual.content import Content

from engine.views.cases import CaseView
from engine.views.gates import GateView
from engine.views.tasks import PartView, TaskView
from tui.shell import Shell
from tui.texts import shown
from tui.themes import TONES


def task_lines(shell: Shell, task: TaskView) -> list[Content]:
    """A task: what it is, by when, who must act, what is missing, and why."""
    cell = shell.status(task.status)
    lines = [
        Content.assemble(
            shown(task.title, "bold"), "  ", shown(cell.text, TONES.get(cell.tone, ""))
        ),
        shown(task.id, TONES["quiet"]),
    ]
    people = shell.listed(task.waits_for)
    facts = (
        ("due", shell.due(task.due, provisional=task.provisional)),
        ("waits_for", people),
        ("opened", shell.local(task.opened_at)),
        ("ended", shell.local(task.ended_at)),
    )
    lines += [shown(shell.say(f"detail.{name}", value=value)) for name, value in facts if value]
    lines += [_part(shell, part) for part in task.parts]
    lines += [shown(f"· {why}") for why in task.why]
    lines += [shown(f"· {one}", TONES["quiet"]) for one in task.origin]
    return lines


def gate_lines(shell: Shell, gate: GateView) -> list[Content]:
    """A gate: what it holds, and what is still in the way."""
    tone = TONES["good" if gate.open else "notice"]
    status = "gate_open" if gate.open else "gate_shut"
    word = f"{shell.sign(status)} {shell.say(f'case.{status}')}"
    lines = [Content.assemble(shown(gate.title, "bold"), "  ", shown(word, tone))]
    if gate.holds:
        holds = "detail.held" if gate.open else "detail.holds"
        lines.append(shown(shell.say(holds, value=shell.listed(gate.holds))))
    said = (gate.waived, None if gate.open else gate.say, gate.because)
    lines += [shown(text) for text in said if text]
    if gate.origin:
        lines.append(shown(shell.say("detail.origin", value=gate.origin), TONES["quiet"]))
    for obstacle in gate.obstacles:
        waits = f" ({shell.listed(obstacle.waits_for)})" if obstacle.waits_for else ""
        lines.append(shown(f"✖ {obstacle.title}{waits}", TONES["bad"]))
        lines += [shown(f"  {why}") for why in obstacle.why]
    return lines


def case_lines(shell: Shell, case: CaseView) -> list[Content]:
    """The facts of a case; private ones are marked."""
    lines = [shown(shell.say("detail.facts"), "bold")]
    for fact in case.facts:
        private = f"  ({shell.say('detail.private')})" if fact.private else ""
        lines.append(shown(_named(shell, fact.title, f"{fact.shown}{private}")))
    if case.skipped:
        lines.append(shown(shell.say("detail.skipped"), "bold"))
    lines += [shown(_named(shell, one.title, shell.sentences(one.why))) for one in case.skipped]
    return lines


def _named(shell: Shell, name: str, value: str) -> str:
    return shell.say("detail.named", name=name, value=value)


def _part(shell: Shell, part: PartView) -> Content:
    if part.given is not None:
        return shown(f"{shell.sign('done')} {_named(shell, part.title, part.given)}", TONES["good"])
    lacks = shell.say("detail.missing" if part.missing else "detail.not_needed")
    sign = shell.sign("overdue" if part.missing else "waiting")
    return shown(
        f"{sign} {_named(shell, part.title, lacks)}", TONES["bad" if part.missing else "quiet"]
    )
