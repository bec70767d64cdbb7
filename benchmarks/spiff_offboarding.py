"""The offboarding flow in SpiffWorkflow, a BPMN engine in Python, as its documentation drives it.

Application, approval, a parallel gateway with N items, a join, sign-off, settlement: N + 4 human
steps. After each step the engine runs on to the next human tasks, as a web service would have it do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import msgspec
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from benchmarks.harness import Contender, Run, Stopwatch, cases_of

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ENGINE = f"SpiffWorkflow {version('SpiffWorkflow')}"
Save = Callable[[BpmnWorkflow], None]


def diagram(items: int) -> bytes:
    """The process as BPMN 2.0."""
    root = Element(f"{{{BPMN}}}definitions", {"targetNamespace": "benchmark"})
    process = SubElement(root, f"{{{BPMN}}}process", {"id": "offboarding", "isExecutable": "true"})
    nodes = {"start": "startEvent", "application": "userTask", "approval": "userTask"}
    nodes |= {"fork": "parallelGateway", "join": "parallelGateway"}
    nodes |= {f"item_{number}": "userTask" for number in range(items)}
    nodes |= {"sign_off": "userTask", "settlement": "userTask", "end": "endEvent"}
    for name, kind in nodes.items():
        SubElement(process, f"{{{BPMN}}}{kind}", {"id": name, "name": name})
    for number, (source, target) in enumerate(flows(items)):
        ends = {"id": f"flow_{number}", "sourceRef": source, "targetRef": target}
        SubElement(process, f"{{{BPMN}}}sequenceFlow", ends)
    return tostring(root)


def flows(items: int) -> Iterator[tuple[str, str]]:
    """Source and target of every sequence flow."""
    yield from (("start", "application"), ("application", "approval"), ("approval", "fork"))
    for number in range(items):
        yield from (("fork", f"item_{number}"), (f"item_{number}", "join"))
    yield from (("join", "sign_off"), ("sign_off", "settlement"), ("settlement", "end"))


@cache
def specification(items: int) -> Any:  # noqa: ANN401 - the engine's own
    """The process, parsed once."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(diagram(items)))
    return parser.get_spec("offboarding")


def open_case(items: int) -> BpmnWorkflow:
    """A case that waits for its application."""
    workflow = BpmnWorkflow(specification(items))
    workflow.do_engine_steps()
    return workflow


def drive(items: int, save: Save | None = None) -> Run:
    """Cases of one process, one after the other, the first of them untimed."""
    finish(open_case(items), None)
    cases = [open_case(items) for _ in range(cases_of(items))]
    watch = Stopwatch()
    return watch.stop(sum(finish(case, save) for case in cases))


def finish(workflow: BpmnWorkflow, save: Save | None) -> int:
    """One person after the other does the next open task; each step is saved before the next."""
    steps = 0
    while (task := workflow.get_next_task(state=TaskState.READY, manual=True)) is not None:
        name = task.task_spec.name
        task.data[name] = {"by": "E-017", "at": "2026-03-02T09:00:00Z", "opinion": "done"}
        task.run()
        workflow.do_engine_steps()
        if save is not None:
            save(workflow)
        steps += 1
    if not workflow.is_completed():
        raise RuntimeError("the case did not reach its end")
    return steps


class StateOnly(BpmnWorkflowConverter):
    """Leaves out the specification, which a server can keep once for all cases."""

    def to_dict(self, workflow: BpmnWorkflow) -> dict[str, Any]:
        """The tasks and data of the case."""
        state: dict[str, Any] = WorkflowConverter.to_dict(self, workflow)
        state["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        state["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return state


def whole() -> Callable[[BpmnWorkflow], bytes]:
    """The serialisation that the documentation shows."""
    serializer = BpmnWorkflowSerializer()
    return lambda workflow: serializer.serialize_json(workflow).encode()


def state_only() -> Callable[[BpmnWorkflow], bytes]:
    """The least that can be stored, by the fastest encoder at hand."""
    config = DEFAULT_CONFIG | {BpmnWorkflow: StateOnly}
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(config))
    return lambda workflow: msgspec.json.encode(serializer.to_dict(workflow))


def in_memory(items: int, _folder: Path) -> Run:
    """Nothing is kept."""
    return drive(items)


def durable(form: Callable[[], Callable[[BpmnWorkflow], bytes]]) -> Callable[[int, Path], Run]:
    """Every step is a committed row of SQLite, in its durable write-ahead mode."""

    def run(items: int, folder: Path) -> Run:
        database = sqlite3.connect(folder / "cases.sqlite", isolation_level=None)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE cases (id TEXT PRIMARY KEY, state BLOB)")
        encode = form()

        def save(workflow: BpmnWorkflow) -> None:
            row = (str(id(workflow)), encode(workflow))
            database.execute("INSERT OR REPLACE INTO cases VALUES (?, ?)", row)

        try:
            return drive(items, save)
        finally:
            database.close()

    return run


CONTENDERS = (
    Contender(ENGINE, "memory", "", in_memory),
    Contender(ENGINE, "durable", "state only", durable(state_only)),
    Contender(ENGINE, "durable", "whole workflow", durable(whole)),
)
