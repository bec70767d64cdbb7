"""Why is this mine, and why was that left out: each answer with the line of the rulebook."""

from datetime import date

import pytest
from msgspec.structs import replace

from engine.commands import Reassign
from engine.people.reading import PeopleFile
from engine.views.cases import case_view
from engine.views.origins import origins
from engine.views.reader import Reader
from tests.engine.sample.company import DEPARTMENTS, EXIT, PERSONS, Player
from tests.engine.sample.voting import FRAME, voting, waits_for
from tests.engine.test_whole_way import cleared, last_day, mentored


def line_of(part: str, text: str = EXIT) -> str:
    return f"sample.rulebook:{text[: text.index(part)].count(chr(10)) + 1}"


def told(player: Player, about: str, language="en") -> tuple[str, ...]:
    return origins(Reader(player.scope, language), player.task(about))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_task_and_its_people_are_traced_to_their_lines(language):
    player = Player().resigned()
    lines = told(player, "papers", language)
    assert line_of("item papers") in lines[0]
    giver = next(one for one in lines if "Li Lei" in one)
    assert line_of("role leaver") in giver


def test_a_step_is_traced_to_its_own_line():
    player = voting("step manager", "step vp")
    lines = told(player, "vote.manager")
    text = FRAME.format(steps="  step manager\n  step vp")
    assert line_of("  step manager", text) in lines[0]
    assert line_of("role manager", text) in lines[1]
    assert "Ma Ming" in lines[1]


def test_a_role_that_fell_to_its_fallback_says_so():
    player = voting("step either", persons=without_vp())
    (line,) = [one for one in told(player, "vote.either") if "Bai One" in one]
    assert "fallback" in line


def without_vp():
    return tuple(replace(one, post=None) if one.post == "VP" else one for one in PERSONS)


def test_a_role_without_people_says_who_it_should_be():
    player = voting("step ghost")
    assert any("nobody" in one for one in told(player, "vote.ghost"))


def test_what_was_arranged_in_the_case_is_not_laid_at_the_rulebooks_door():
    player = voting("step manager")
    player.act("H1", Reassign(player.task("vote.manager").id, "M", "V", "M is the brother"))
    assert told(player, "vote.manager")[1] == "Manager is Wei Vera, as was arranged in this case."


def test_only_the_role_that_was_given_to_somebody_is_told_to_be_arranged_and_only_that_stays():
    player = Player().resigned()
    player.act("H1", Reassign(player.task("papers").id, "H1", "X", "ill"))
    arranged = [line for line in told(player, "papers") if "as was arranged" in line]
    assert arranged == ["HR is Xu Xi, Han Two, as was arranged in this case."]
    people = [replace(one, manager="V") if one.id == "L" else one for one in PERSONS]
    company = PeopleFile(tuple(people), DEPARTMENTS)
    assert player.office.import_people(company, "people.csv", None) is None
    roles = player.item("papers").roles
    assert (roles["manager"].people, roles["hr"].people) == (("V",), ("X", "H2"))


def test_what_was_arranged_ends_with_those_who_were_chosen():
    player = voting("step manager")
    player.act("H1", Reassign(player.task("vote.manager").id, "M", "V", "M is the brother"))
    left = [replace(one, left=date(2026, 3, 1)) if one.id == "V" else one for one in PERSONS]
    assert player.office.import_people(PeopleFile(tuple(left), DEPARTMENTS), "p", None) is None
    assert "arranged" not in told(player, "vote.manager")[1]
    assert waits_for(player, "manager") == {"M"}


def left_out(player: Player) -> dict[str, str]:
    view = case_view(Reader(player.scope, "en"), "H1")
    return {one.ref: " ".join(one.why) for one in view.skipped}


def test_a_step_that_was_passed_over_says_why_and_where():
    player = voting("step manager when big", "step vp", "step boss", "same approver passes")
    text = FRAME.format(
        steps="  step manager when big\n  step vp\n  step boss\n  same approver passes"
    )
    found = left_out(player)["vote.manager"]
    assert "condition did not hold" in found
    assert line_of("  step manager when big", text) in found
    player.approve("V", "vote.vp")
    assert set(left_out(player)) == {"vote.manager"}


def test_a_way_that_was_not_taken_is_told():
    player = Player().resigned()
    assert "pay" not in left_out(player)
    player.papers_done()
    mentored(player)
    cleared(player)
    last_day(player)
    assert left_out(player)["severance"] == "The case has gone another way."
    assert left_out(player)["pay"] == "The case has gone another way."
    # A gate that was passed by with all that it holds keeps nothing of this case any more.
    assert [one.id for one in case_view(Reader(player.scope, "en"), "H1").gates] == ["paper_gate"]


def test_a_gate_is_traced_to_its_line():
    player = Player().resigned()
    view = case_view(Reader(player.scope, "en"), "H1")
    gate = next(one for one in view.gates if one.id == "severance")
    assert gate.origin == line_of("gate severance")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whoever_came_in_because_nobody_answered_is_traced_to_the_line_of_the_timeout(language):
    steps = "step manager within 1 working days\n  on timeout escalate to vp"
    player = voting(steps)
    player.at("2026-03-06T09:00")
    lines = told(player, "vote.manager", language)
    assert "Wei Vera" in lines[-1]
    assert line_of("  on timeout", FRAME.format(steps=f"  {steps}")) in lines[-1]
