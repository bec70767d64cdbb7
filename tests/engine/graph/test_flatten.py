from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from engine.graph.build import TOKEN_EDGES, build
from engine.graph.flatten import flatten
from engine.plan import FORMAT, Plan
from tests.engine.graph.samples import BACK, CONSTRUCTION, SMALL, do, item, processes, rulebook


def plan_of(book) -> Plan:
    return flatten(build(book), "exit")


def test_a_process_with_one_item_is_a_line() -> None:
    plan = plan_of(SMALL)
    assert (plan.format, plan.process, plan.start) == (FORMAT, "exit", "start")
    assert [node.next for node in plan.nodes.values()] == [("item:laptop",), ("end:closed",), ()]


def test_a_fork_sends_to_each_branch_and_its_join_waits_for_all() -> None:
    plan = plan_of(CONSTRUCTION)
    assert plan.nodes["fork:1"].next == ("fork:2", "access:mail", "action:insurance")
    assert len(plan.nodes["fork:2"].next) == plan.nodes["join:2"].need == 4
    assert plan.nodes["join:1"].need == 3
    assert plan.nodes["item:papers"].stage == "handing"


def test_a_choice_goes_then_first_and_its_empty_way_leads_to_the_merge() -> None:
    assert plan_of(CONSTRUCTION).nodes["choice:1"].next == ("gate:severance", "merge:1")
    assert plan_of(BACK).nodes["choice:1"].next == ("item:keys", "item:badge")


def test_rejections_lead_where_the_approval_says() -> None:
    plan = plan_of(CONSTRUCTION)
    assert plan.nodes["step:resignation.officer"].reject == "revise:resignation"
    assert plan.nodes["revise:resignation"].next == ("approval:resignation",)
    assert plan.nodes["step:confirmation.both"].reject == "end:rejected"
    back = plan_of(BACK)
    assert back.nodes["step:review.c"].reject == "step:review.a"
    assert back.nodes["step:review.a"].reject == "approval:review"


def test_branches_that_hold_nothing_leave_no_trace() -> None:
    plan = plan_of(rulebook(do("items"), do("item", "only"), items=(item("only"),)))
    assert list(plan.nodes) == ["start", "item:only", "end:closed"]


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(processes())
def test_tokens_come_together_again_and_reach_the_end(book) -> None:
    graph = build(book)
    plan = flatten(graph, "exit")
    for node in plan.nodes.values():
        assert all(target in plan.nodes for target in node.next)
        assert node.reject is None or node.reject in plan.nodes
        assert bool(node.next) == (node.kind != "end")
        if node.kind == "join":
            sources = graph.in_edges(node.id, data=True)
            assert node.need == sum(data["kind"] in TOKEN_EDGES for _, _, data in sources) > 1
    for way in (0, 1):
        assert walk(plan, way) == "end:closed"


def walk(plan: Plan, way: int) -> str:
    """Every token at once; each choice takes the same way. Where the last token comes to rest."""
    waiting: dict[str, int] = {}
    tokens = [plan.start]
    ends = []
    while tokens:
        node = plan.nodes[tokens.pop()]
        if node.kind == "join":
            waiting[node.id] = waiting.get(node.id, 0) + 1
            if waiting[node.id] < node.need:
                continue
        if node.kind == "end":
            ends.append(node.id)
        tokens += (node.next[way],) if node.kind == "choice" else node.next
    assert all(count == plan.nodes[join].need for join, count in waiting.items())
    (end,) = ends
    return end
