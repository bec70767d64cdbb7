"""Decision tables at work: they choose who approves, and the case says which row did."""

import pytest

from engine.commands import Approve
from engine.events import Chosen, StepOpened, StepSkipped
from engine.seen import application_hash
from engine.state import StepTask
from engine.views.reader import Reader
from engine.views.sentences import sentence
from engine.views.tasks import task_view
from engine.waiting import people_awaited
from tests.engine.sample.company import Player

FRAME = """rulebook votes "Votes"
  version 1.0.0
  timezone "Asia/Shanghai"
fact grade "Grade" integer default 3 {kept}
fact pay "Pay" money default 0 USD
role leaver "Leaver" is subject
role manager "Manager" is manager of leaver
role hr "HR" is anyone in group "HR"
role board "Board" is everyone in group "Board"
table reviewers "Who reviews" {hit}
  given grade 1..15, pay
  gives reviewer role
  gives days integer
  | grade  | reviewer | pay         | days |
  | 1..6   | manager  | any         | 2    |
  | 7..15  | hr       | < 100 USD   | 3    |
  | 7..15  | board    | >= 100 USD  | 5    |
  {more}
approval vote "Vote"
  step {step} as reviewer
process way "Way"
  started by leaver, hr
  managed by hr
  first approval vote
"""


def opened(hit="unique", more="", step="reviewers.reviewer", kept="", **facts) -> Player:
    player = Player(FRAME.format(hit=hit, more=more, step=step, kept=kept))
    player.open(**facts)
    return player


def waiting(player: Player) -> set[str]:
    return set(people_awaited(player.program, player.task("vote.reviewer")))


@pytest.mark.parametrize(
    ("facts", "role", "row"),
    [
        ({"grade": 6}, "manager", 0),
        ({"grade": 7, "pay": "99.99 USD"}, "hr", 1),
        ({"grade": 15, "pay": "100 USD"}, "board", 2),
    ],
)
def test_the_row_that_fits_chooses_who_approves(facts, role, row):
    player = opened(**facts)
    (event,) = player.of(StepOpened)
    assert list(event.roles) == [role]
    assert event.chosen == Chosen("reviewers", (row,))
    assert waiting(player) == set(player.scope.roles.people(role))


def test_the_task_and_the_timeline_tell_which_row_chose():
    player = opened(grade=7)
    (event,) = player.of(StepOpened)
    told = {
        language: (
            sentence(Reader(player.scope, language), event),
            task_view(Reader(player.scope, language), player.task("vote.reviewer"), "L").why[0],
        )
        for language in ("en", "zh")
    }
    place = player.program.places["table.reviewers.rows.1"]
    for text in told["en"]:
        assert f"row 2 of “Who reviews” ({place.source}:{place.line})" in text
    for text in told["zh"]:
        assert f"决策表“Who reviews”第 2 行（{place.source}:{place.line}）" in text


def test_a_private_fact_does_not_show_through_the_row():
    player = opened(kept="private to hr", pay="1 USD")
    (event,) = player.of(StepOpened)
    assert "row" not in sentence(Reader(player.scope, "en"), event)


def test_what_was_chosen_stays_when_the_facts_change():
    player = opened(grade=7)
    player.change("grade", 2)
    assert list(player.task("vote.reviewer").roles) == ["hr"]


def test_where_no_row_has_an_answer_the_step_waits_visibly():
    player = opened(grade=16)
    task = player.task("vote.reviewer")
    assert isinstance(task, StepTask)
    assert people_awaited(player.program, task) == ()
    why = task_view(Reader(player.scope, "en"), task, "L").why
    assert "none fits the facts" in why[0]


def test_all_that_a_table_collects_must_approve():
    player = opened(
        "collect", "| any | manager | >= 50 USD | 1 |", "all of reviewers.reviewer",
        grade=9, pay="60 USD",
    )  # fmt: skip
    (event,) = player.of(StepOpened)
    assert event.chosen == Chosen("reviewers", (1, 3))
    assert [slot.roles for slot in event.slots] == [("hr",), ("manager",)]


def test_any_that_a_table_collects_may_approve():
    player = opened(
        "collect", "| any | manager | >= 50 USD | 1 |", "any of reviewers.reviewer",
        grade=9, pay="60 USD",
    )  # fmt: skip
    player.act("M", Approve(player.task("vote.reviewer").id, "", application_hash(player.state)))
    assert player.state.approvals["vote"].status == "approved"


def test_a_step_for_which_nothing_is_collected_is_passed_over():
    text = FRAME.format(hit="collect", more="", step="all of reviewers.reviewer", kept="")
    player = Player(text.replace("| 1..6   |", "| 1..5   |"))
    player.open(grade=6)
    (event,) = player.of(StepSkipped)
    assert event.why == "no_role"
    assert player.state.approvals["vote"].status == "approved"
