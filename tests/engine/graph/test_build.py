from __future__ import annotations

import json

import pytest
from msgspec import structs

from dsl import model
from dsl.expressions import tree
from dsl.types import Duration
from engine.graph.build import build
from engine.graph.flatten import flatten
from engine.graph.glyphs import ASCII, UNICODE
from engine.graph.legend import legend
from engine.graph.node_link import to_json
from tests.engine.graph.samples import (
    BACK,
    CONSTRUCTION,
    GOLDEN,
    NOT_RESIGNED,
    PAY,
    SEVERANCE,
    do,
    item,
    rulebook,
)
from tests.engine.graph.test_drawing import CATALOGUE, MARKS


def kinds(graph, kind: str) -> set[tuple[str, str]]:
    return {
        (source, target)
        for source, target, data in graph.edges(data=True)
        if kind in (data["kind"], *data["also"])
    }


def test_nodes_say_what_they_are() -> None:
    graph = build(CONSTRUCTION)
    assert graph.nodes["item:projects"]["many"]
    assert graph.nodes["item:visits"]["conditional"]
    assert graph.nodes["step:resignation.project"]["conditional"]
    assert graph.nodes["item:loans"]["depth"] == 2
    assert graph.nodes["step:confirmation.both"]["title"]["en"] == "Manager + Finance"
    assert graph.nodes["choice:1"]["title"]["zh"] == "离职类型 ≠ 辞职"
    assert graph.nodes["choice:1"]["condition"] == NOT_RESIGNED
    assert (
        build(BACK).nodes["step:review.b"]["title"]["en"] == "2× Project lead / HR vice president"
    )


def test_places_come_from_the_declaration_or_its_process() -> None:
    keys = (
        "process.exit",
        "item.papers",
        "approval.resignation",
        "approval.resignation.steps.project",
        "process.exit.body.3",
        "process.exit.body.3.0.0",
        "process.exit.body.5",
    )
    places = {key: model.Place("a.rulebook", 0, 1, line, 1) for line, key in enumerate(keys, 1)}
    graph = build(CONSTRUCTION, places, "exit")
    lines = {node: graph.nodes[node]["place"].line for node in graph}
    assert lines["item:papers"] == 2
    assert (lines["step:resignation.manager"], lines["step:resignation.project"]) == (3, 4)
    assert (lines["fork:1"], lines["join:1"], lines["fork:2"]) == (5, 5, 6)
    assert lines["choice:1"] == lines["merge:1"] == 7
    assert lines["start"] == lines["stage:handing"] == lines["end:closed"] == 1
    assert build(CONSTRUCTION).nodes["item:papers"]["place"] is None


def test_an_unknown_process_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        build(CONSTRUCTION, process="other")


def test_dependencies_are_edges_of_their_own_kind() -> None:
    graph = build(CONSTRUCTION)
    assert kinds(graph, "after") == {("item:papers", "item:visits")}
    assert kinds(graph, "holds") == {
        ("gate:severance", "action:pay"),
        ("gate:severance", "stage:settling"),
    }
    assert graph.edges["gate:severance", "action:pay"]["kind"] == "flow"


def test_a_gate_that_is_not_on_the_way_still_holds() -> None:
    graph = build(rulebook(do("action", "pay"), gates=(SEVERANCE,), actions=(PAY,)))
    assert kinds(graph, "holds") == {("gate:severance", "action:pay")}
    assert not list(graph.predecessors("gate:severance"))


def test_items_are_those_that_have_no_place_of_their_own() -> None:
    items = (item("a", group="g"), item("b"), item("c"), item("d", group="g"))
    graph = build(rulebook(do("items"), do("group", "g"), do("item", "b"), items=items))
    assert list(graph.successors("start")) == ["item:c"]
    assert list(graph.successors("fork:1")) == ["item:a", "item:d"]
    assert list(graph.predecessors("item:b")) == ["join:1"]


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_json_holds_every_node_and_edge_in_order(name: str) -> None:
    graph = build(GOLDEN[name])
    data = json.loads(json.dumps(to_json(graph)))
    assert [node["id"] for node in data["nodes"]] == list(graph)
    assert [(edge["source"], edge["target"]) for edge in data["edges"]] == list(graph.edges)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_every_sign_of_a_drawing_is_explained_in_both_languages(glyphs) -> None:
    entries = legend(build(CONSTRUCTION), MARKS, glyphs)
    assert {"graph.legend.item", "graph.legend.rejected", "graph.legend.mark.here"} <= {
        entry.message for entry in entries
    }
    for entry in entries:
        assert CATALOGUE.has("zh", entry.message)
        assert CATALOGUE.has("en", entry.message)
    lines = [entry.sample for entry in entries if entry.style in {"edge.return", "edge.reject"}]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_every_sign_of_a_set_differs_from_its_like(glyphs) -> None:
    assert len(set(glyphs.marks.values())) == len(glyphs.marks)
    boxes = {kind: sign for kind, sign in glyphs.signs.items() if kind not in ("start", "end")}
    assert len(set(boxes.values())) == len(boxes)


def test_waits_stand_on_the_way_and_follow_ups_behind_the_end() -> None:
    last_day = tree.FactValue(fact="probation")
    later = model.FollowUp("action", "pay", Duration(30, "day"))
    until = tree.Shift(last_day, Duration(5, "day"), "before")
    waiting = rulebook(model.Wait(until), do("item", "papers"), items=(item("papers"),))
    process = structs.replace(waiting.processes[0], follow_ups=(later,))
    graph = build(structs.replace(waiting, processes=(process,), actions=(PAY,)))
    assert graph.nodes["wait:1"]["title"]["en"] == "On probation − 5 d"
    assert list(graph.successors("wait:1")) == ["item:papers"]
    assert kinds(graph, "later") == {("end:closed", "action:pay")}
    assert flatten(graph, process.id).nodes["wait:1"].until == until
    assert "action:pay" not in flatten(graph, process.id).nodes
