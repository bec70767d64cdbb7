"""Scores and consequences of delays: facts that rules set, and what waits because of them."""

from engine.events import ApprovalRequired, FactChanged
from engine.views.cases import case_view
from engine.views.reader import Reader
from engine.views.sentences import sentence
from tests.engine.sample.company import EXIT, PROJECTS, Player
from tests.engine.test_rules import MORE


def test_a_delay_costs_points_by_rule_and_the_case_tells_so():
    one = Player(
        EXIT
        + MORE
        + """
fact score "Score" integer 0..100 default 100 set by hr

rule late "A delay costs ten points"
  whenever item overdue by 1 day
  set score to score - 10
  because "Handover policy"

rule low "A low score is looked at first"
  when score < 85
  require approval exception before action pay
"""
    )
    one.resigned(kind="agreement", projects=PROJECTS)
    one.at("2026-03-19T09:00")
    assert one.scope.facts()["score"] == 90
    assert not one.of(ApprovalRequired)
    one.at("2026-03-25T09:00")
    assert one.scope.facts()["score"] == 70
    (required,) = one.of(ApprovalRequired)
    assert (required.approval, required.target) == ("exception", "pay")
    (score,) = [
        fact for fact in case_view(Reader(one.scope, "en"), "H1").facts if fact.id == "score"
    ]
    assert score.shown == "70"
    changed = [sentence(Reader(one.scope, "en"), event) for event in one.of(FactChanged)]
    assert len(changed) == 3
    assert all("A delay costs ten points" in text and "Handover policy" in text for text in changed)
