"""Folding hides nodes behind one that says how many; every way of a token still leads where it led."""

import networkx as nx
import pytest
from hypothesis import given, settings

from dsl import model
from engine.graph.build import TOKEN_EDGES, Graph, build
from engine.graph.folding import FOLDED, foldable, folded
from engine.graph.picture import picture
from tests.engine.graph.samples import CONSTRUCTION, GOLDEN, do, item, processes, rulebook
from tests.engine.graph.test_drawing import view


def ways(graph: Graph) -> Graph:
    """The part of a graph that tokens walk."""
    return nx.subgraph_view(
        graph, filter_edge=lambda a, b: graph.edges[a, b]["kind"] in TOKEN_EDGES
    )


def check(graph: Graph, closed: frozenset[str]) -> None:
    small, hides = folded(graph, closed), foldable(graph)
    hidden = set(graph) - set(small)
    assert set(small) <= set(graph)
    assert hidden == set().union(*(hides[one] for one in closed))
    shut = [one for one in small if small.nodes[one]["kind"] == FOLDED]
    assert set(shut) == closed - hidden
    assert [one for one in graph if one not in hidden] == list(small)
    for node in set(small) & set(nx.descendants(ways(graph), "start")):
        assert nx.has_path(ways(small), "start", node)
    for one, other, data in graph.edges(data=True):
        if one not in hidden and other not in hidden:
            assert small.edges[one, other]["kind"] == data["kind"]
    drawn = picture(small, view("en"))
    assert drawn is not None
    assert {box.id for box in drawn.layout.boxes} == set(small)


@pytest.mark.parametrize("name", sorted(GOLDEN))
def test_each_node_that_can_be_folded_folds_and_so_do_all_together(name: str) -> None:
    graph = build(GOLDEN[name])
    for node in foldable(graph):
        check(graph, frozenset([node]))
    check(graph, frozenset(foldable(graph)))


@settings(max_examples=40, deadline=None)
@given(processes())
def test_random_processes_fold(rulebook: object) -> None:
    graph = build(rulebook)
    check(graph, frozenset(foldable(graph)))


def test_what_follows_a_fold_is_still_on_the_way_where_it_also_depends_on_what_is_inside() -> None:
    """Both lines come to lie between the same two nodes; the one that a token walks is drawn."""
    inside = model.Together(
        branches=((do("item", "keys"), do("item", "car")), (do("item", "mail"),))
    )
    items = (item("keys"), item("car"), item("mail"), item("closing", after=("keys",)))
    graph = build(rulebook(inside, do("item", "closing"), items=items))
    assert graph.edges["item:keys", "item:closing"]["kind"] == "after"
    check(graph, frozenset(["fork:1"]))
    assert folded(graph, ["fork:1"]).edges["fork:1", "item:closing"]["kind"] == "flow"


def test_nothing_folded_is_the_same_graph() -> None:
    graph = build(CONSTRUCTION)
    assert nx.utils.graphs_equal(folded(graph, ()), graph)
