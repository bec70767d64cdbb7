"""The algebra of approvals: all, any, so many of a group, four eyes, going back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.commands import Claim, Name, Resubmit, Return
from engine.events import (
    ApprovalBegun,
    Escalated,
    Filled,
    Returned,
    Slot,
    StepEnded,
    StepOpened,
    StepSkipped,
)
from engine.people.reading import PeopleFile
from engine.state import StepTask, Vote
from engine.views.reader import Reader
from engine.views.tasks import task_view
from engine.votes import tally, waited_for
from engine.waiting import people_awaited
from tests.engine.sample.company import DEPARTMENTS, PERSONS, Player, local
from tests.engine.sample.voting import FRAME, in_groups, status, voting, waits_for


def test_all_of_several_roles_in_any_order():
    player = voting("step all of manager, hr, panel as all_three")
    assert waits_for(player, "all_three") == {"M", "H1", "H2", "B1", "B2", "B3"}
    player.approve("H2", "vote.all_three")
    assert waits_for(player, "all_three") == {"M", "B1", "B2", "B3"}
    player.approve("B1", "vote.all_three")
    assert status(player) == "running"
    player.approve("M", "vote.all_three")
    assert status(player) == "approved"


def test_any_of_several_roles():
    player = voting("step any of manager, hr as any_one")
    player.approve("H2", "vote.any_one")
    assert status(player) == "approved"


def test_everyone_in_a_group():
    player = voting("step board as whole")
    for person in ("B1", "B2"):
        player.approve(person, "vote.whole")
        assert status(player) == "running"
    player.approve("B3", "vote.whole")
    assert status(player) == "approved"


def test_so_many_of_a_group_and_not_fewer():
    player = voting("step 2 of board as quorum")
    player.approve("B3", "vote.quorum")
    assert status(player) == "running"
    player.act("B1", player.rejection("vote.quorum"))
    assert status(player) == "running"
    player.approve("B2", "vote.quorum")
    assert status(player) == "approved"


def test_a_quorum_is_lost_when_too_few_are_left():
    player = voting("step 2 of board as quorum")
    player.act("B1", player.rejection("vote.quorum"))
    player.act("B2", player.rejection("vote.quorum"))
    assert player.state.status == "rejected"


def test_a_quorum_that_the_company_cannot_fill_stays_open_and_says_so():
    persons = in_groups(B2="", B3="")
    player = voting("step 2 of board as quorum", persons=persons)
    player.approve("B1", "vote.quorum")
    assert status(player) == "running"
    task = player.task("vote.quorum")
    view = task_view(Reader(player.scope, "en"), task, "B1")
    assert view.people == ()
    assert any("needs 2" in line for line in view.why)


def test_a_step_that_rejects_by_one_no():
    player = voting("step all of manager, hr as both_say")
    player.approve("M", "vote.both_say")
    player.act("H1", player.rejection("vote.both_say"))
    assert player.state.status == "rejected"


def test_nobody_fills_two_places_where_nobody_approves_twice():
    persons = in_groups(M="Both HR", H1="Both HR", H2="")
    player = voting(
        "step all of both, hr, manager as three", "nobody approves twice", persons=persons
    )
    player.approve("M", "vote.three")
    assert waits_for(player, "three") == {"H1"}
    player.approve("H1", "vote.three")
    assert status(player) == "running"
    view = task_view(Reader(player.scope, "zh"), player.task("vote.three"), "M")
    assert view.why


def test_one_person_fills_two_places_where_that_is_allowed():
    persons = in_groups(M="HR", H1="", H2="")
    player = voting("step all of hr, manager as two", persons=persons)
    player.approve("M", "vote.two")
    assert status(player) == "approved"


def test_nobody_approves_twice_falls_to_who_comes_otherwise():
    player = voting("step manager", "step boss as once_more", "nobody approves twice")
    player.approve("M", "vote.manager")
    assert player.task("vote.once_more").roles["boss"].lacking == "unnamed"
    refusal = player.refused("H1", naming(player, "boss", "M"))
    assert refusal.code == "R102"
    player.name("H1", "boss", "T")
    player.approve("T", "vote.once_more")
    assert status(player) == "approved"


def naming(player: Player, role: str, person: str) -> Name:
    return Name(player.task(role).id, person)


def test_the_leaver_cannot_be_named_to_approve():
    player = voting("step chosen")
    assert player.refused("H1", naming(player, "chosen", "L")).code == "R102"


def test_a_name_that_leads_to_another_name():
    player = voting("step chosen", "step above")
    player.name("H1", "chosen", "C")
    player.approve("C", "vote.chosen")
    assert player.task("above").roles["manager"].people == ("M",)
    player.name("M", "above", "X")
    player.approve("X", "vote.above")
    assert status(player) == "approved"


def test_a_name_that_leads_to_another_name_in_a_step_that_waits():
    player = voting("step all of chosen, above as pair")
    player.name("H1", "chosen", "C")
    player.name("M", "above", "X")
    player.approve("C", "vote.pair")
    player.approve("X", "vote.pair")
    assert status(player) == "approved"


def test_the_same_approver_passes():
    player = voting("step manager", "step boss", "step hr", "same approver passes")
    player.approve("M", "vote.manager")
    assert [(one.step, one.person) for one in player.of(StepSkipped)] == [("boss", "M")]
    assert player.task("vote.hr").status == "open"


def test_one_of_two_approvers_does_not_make_a_step_pass():
    player = voting("step manager", "step all of boss, hr as pair", "same approver passes")
    player.approve("M", "vote.manager")
    assert player.of(StepSkipped) == []
    assert waits_for(player, "pair") == {"M", "H1", "H2"}


@pytest.mark.parametrize(
    ("rejecting", "expected"),
    [("first", ("first", 2)), ("second", ("first", 2)), ("third", ("second", 2))],
)
def test_going_back_never_leads_past_anybody(rejecting, expected):
    player = voting(
        "step manager as first", "step hr as second", "step panel as third",
        "on reject back to step second",
    )  # fmt: skip
    for person, step in (("M", "first"), ("H1", "second"), ("B1", "third")):
        if step == rejecting:
            player.act(person, player.rejection(f"vote.{step}"))
            break
        player.approve(person, f"vote.{step}")
    last = player.of(StepOpened)[-1]
    assert (last.step, last.round) == expected


def test_four_eyes_after_going_back_know_who_still_counts():
    player = voting(
        "step hr as first", "step panel as second", "step board as third",
        "nobody approves twice", "on reject back to step second",
    )  # fmt: skip
    player.approve("H1", "vote.first")
    player.approve("B1", "vote.second")
    assert waits_for(player, "third") == {"B2", "B3"}
    player.act("B2", player.rejection("vote.third"))
    assert player.of(ApprovalBegun)[-1].kept == ("H1",)
    assert waits_for(player, "second") == {"B1", "B2", "B3"}


def test_silence_is_escalated_to_somebody_still_to_be_named():
    player = voting("step manager within 1 working day", "on timeout escalate to chosen")
    player.at("2026-03-03T18:00")
    assert waits_for(player, "manager") == {"M"}
    player.name("H1", "chosen", "T")
    assert waits_for(player, "manager") == {"M", "T"}
    assert [one.filled.people for one in player.of(Escalated)] == [(), ("T",)]
    player.approve("T", "vote.manager")
    assert status(player) == "approved"


def test_whoever_has_answered_is_nobody_more_whom_silence_is_escalated_to():
    player = voting(
        "step all of manager, vp as both within 1 working day",
        "same approver passes",
        "on timeout escalate to vp",
    )
    player.approve("V", "vote.both")
    player.at("2026-03-10T18:00")
    assert [one.filled.people for one in player.of(Escalated)] == [()]
    assert waits_for(player, "both") == {"M"}


def test_returning_is_told_as_returning():
    player = voting("step manager", "on reject return to leaver")
    player.act("M", Return(player.task("vote.manager").id, "again"))
    assert [(one.person, one.role) for one in player.of(Returned)] == [("M", "leaver")]
    assert player.of(StepEnded)[0].outcome == "returned"


NAMES = st.sampled_from("abcdef")
PLACES = st.lists(st.tuples(st.sets(NAMES, min_size=1), st.integers(1, 3)), min_size=1, max_size=3)


@given(PLACES, st.lists(NAMES, unique=True))
def test_a_step_passes_when_its_places_can_be_filled_by_different_people(places, voters):
    roles = {f"r{i}": Filled(tuple(sorted(people))) for i, (people, _) in enumerate(places)}
    task = StepTask(
        id="t", kind="step", ref="a.s", opened_at=local("2026-03-02"), approval="a", step="s",
        slots=tuple(Slot((f"r{i}",), need) for i, (_, need) in enumerate(places)), roles=roles,
    )  # fmt: skip
    task.votes = tuple(
        Vote(person=one, approves=True, opinion="", at=task.opened_at) for one in voters
    )
    wanted = [people for people, need in places for _ in range(need)]
    assert (tally(task, distinct=True) == "approved") == _fits(wanted, frozenset(voters))
    awaited = set(waited_for(task, distinct=True))
    most = _most(wanted, frozenset(voters))
    for person in set("abcdef") - set(voters):
        assert (person in awaited) == (_most(wanted, frozenset({*voters, person})) > most)


def _fits(wanted: list[set[str]], voters: frozenset[str]) -> bool:
    return _most(wanted, voters) == len(wanted)


def _most(wanted: list[set[str]], voters: frozenset[str]) -> int:
    """The most places that different voters can fill, by trying."""
    if not wanted:
        return 0
    best = _most(wanted[1:], voters)
    for person in wanted[0] & voters:
        best = max(best, 1 + _most(wanted[1:], voters - {person}))
    return best


@pytest.mark.parametrize("answer", ["rejected", "returned", "approved"])
def test_a_step_that_is_over_is_shown_with_its_answer(answer):
    player = voting("step manager", "step vp", "on reject return to leaver")
    task = player.task("vote.manager")
    acts = {
        "rejected": player.rejection("vote.manager"),
        "returned": Return(task.id, "again"),
        "approved": player.approval("vote.manager"),
    }
    player.act("M", acts[answer])
    shown = task_view(Reader(player.scope, "en"), player.task("vote.manager"), "M").status
    assert shown == {"approved": "done"}.get(answer, "returned")


def test_a_step_that_ends_an_approval_is_shown_as_rejected():
    player = voting("step manager", "on reject end")
    player.act("M", player.rejection("vote.manager"))
    view = task_view(Reader(player.scope, "en"), player.task("vote.manager"), "M")
    assert view.status == "rejected"


def test_the_condition_of_a_step_is_looked_at_once_when_it_is_come_to():
    player = voting("step hr as asked when big", "step manager")
    player.change("big", value=True)
    assert [one.step for one in player.of(StepSkipped)] == ["asked"]
    player.approve("M", "vote.manager")
    assert status(player) == "approved"
    player = voting("step hr as asked when big", "step manager", big=True)
    player.change("big", value=False)
    assert waits_for(player, "asked") == {"H1", "H2"}


FROM_STEP = (
    "step manager",
    "step hr as second",
    "step vp",
    "on reject return to leaver from step second",
)


def revised(player: Player) -> None:
    player.act("L", Resubmit(player.task("vote").id, "Now right", {}, {}))


def test_after_a_revision_the_chain_goes_on_from_the_step_named_without_asking_those_before_again():
    player = voting(*FROM_STEP)
    player.approve("M", "vote.manager")
    player.approve("H1", "vote.second")
    player.act("V", Return(player.task("vote.vp").id, "Which day?"))
    revised(player)
    assert [one.step for one in player.of(StepOpened)] == ["manager", "second", "vp", "second"]
    assert waits_for(player, "second") == {"H1", "H2"}, "the answers of that step are void"
    player.approve("H1", "vote.second")
    player.approve("V", "vote.vp")
    assert status(player) == "approved"


def test_before_the_step_named_was_come_to_a_revision_begins_the_chain_again():
    player = voting(*FROM_STEP)
    player.act("M", Return(player.task("vote.manager").id, "Which day?"))
    revised(player)
    assert [one.step for one in player.of(StepOpened)] == ["manager", "manager"]
    assert waits_for(player, "manager") == {"M"}


APART = FRAME.replace(
    'role vp "', 'role eyes "Eyes" is anyone in group "HR"\n  never chosen\nrole vp "'
).replace("named by hr\nrole boss", "named by manager\nrole boss")


def test_whoever_is_named_is_kept_out_of_what_they_could_do_until_then():
    player = voting("step all of eyes, chosen as two", text=APART)
    assert waits_for(player, "two") == {"H1", "H2"}
    player.act("H1", Claim(player.task("vote.two").id))
    player.name("M", "chosen", "H1")
    task = player.task("vote.two")
    assert task.roles["eyes"] == Filled(("H2",), 0, barred=(("H1", "excluded"),))
    assert people_awaited(player.program, task) == ("H2", "H1")
    player.approve("H1", "vote.two")
    assert status(player) == "running", "one person is not two"
    player.approve("H2", "vote.two")
    assert status(player) == "approved"


def test_where_the_named_one_was_the_only_other_nobody_is_left_and_that_is_told():
    player = voting("step all of eyes, chosen as two", text=APART, persons=in_groups(H2=""))
    player.name("M", "chosen", "H1")
    task = player.task("vote.two")
    assert (task.roles["eyes"].people, task.roles["eyes"].lacking) == ((), "nobody")
    why = task_view(Reader(player.scope, "en"), task, "H1").why
    assert any("Han One" in line for line in why)


def test_a_yes_of_before_counts_in_the_place_that_its_giver_is_named_for():
    player = voting("step all of panel, chosen as two")
    player.approve("B1", "vote.two")
    player.name("H1", "chosen", "B1")
    assert status(player) == "approved"


@pytest.mark.parametrize(("answers", "ends"), [("yy", "approved"), ("yn", "rejected")])
def test_a_step_ends_when_the_last_who_has_not_answered_leaves(answers, ends):
    player = voting(
        "step 2 of board as quorum" if "n" in answers else "step all of board as everybody"
    )
    ref = player.of(StepOpened)[-1].step
    for person, answer in zip(("B1", "B2"), answers, strict=True):
        act = player.approval if answer == "y" else player.rejection
        player.act(person, act(f"vote.{ref}"))
    assert (status(player), waits_for(player, ref)) == ("running", {"B3"})
    left = [replace(one, left=date(2026, 3, 1)) if one.id == "B3" else one for one in PERSONS]
    others = PeopleFile(tuple(left), DEPARTMENTS)
    assert player.office.import_people(others, "people.csv", None) is None
    assert status(player) == ends
