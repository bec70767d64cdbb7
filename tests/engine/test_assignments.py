"""Who does a task in whose place: claims, delegations, other people, more and fewer approvers."""

import pytest

from engine.commands import (
    AddApprover,
    Claim,
    Delegate,
    Name,
    Reassign,
    Release,
    RemoveApprover,
    Sign,
)
from engine.events import (
    Approved,
    Delegated,
    HandedOver,
    Reassigned,
    Rejected,
    Released,
    Signed,
    StandInEnded,
)
from engine.seen import item_hash
from engine.views.reader import Reader
from engine.views.sentences import sentence
from engine.views.tasks import task_view
from tests.engine.sample.company import PROJECTS, Player
from tests.engine.sample.voting import in_groups, status, voting, waits_for


def add(player: Player, by: str, person: str, place: str, step="manager") -> None:
    player.act(by, AddApprover(player.task(f"vote.{step}").id, person, place, "to be sure"))


def test_who_claims_a_task_of_a_group_is_the_only_one_asked():
    player = voting("step hr")
    task = player.task("vote.hr").id
    player.act("H2", Claim(task))
    assert waits_for(player, "hr") == {"H2"}
    rows = player.service.store.rows("tasks", {"id": task})
    assert [row["people"] for row in rows] == [["H2"]]
    assert player.refused("H1", player.approval("vote.hr")).code == "R101"
    player.act("H2", Release(task))
    assert waits_for(player, "hr") == {"H1", "H2"}
    player.approve("H1", "vote.hr")
    assert status(player) == "approved"


def test_a_claim_in_a_quorum_leaves_the_other_places_to_the_others():
    player = voting("step 2 of board as quorum")
    task = player.task("vote.quorum").id
    player.act("B1", Claim(task))
    assert waits_for(player, "quorum") == {"B1", "B2", "B3"}
    player.act("B2", Claim(task))
    assert waits_for(player, "quorum") == {"B1", "B2"}
    player.approve("B2", "vote.quorum")
    assert waits_for(player, "quorum") == {"B1"}
    player.act("B1", player.rejection("vote.quorum"))
    assert waits_for(player, "quorum") == {"B3"}


def test_a_manager_takes_a_claim_back():
    player = voting("step 2 of board as quorum")
    task = player.task("vote.quorum").id
    player.act("B1", Claim(task))
    player.act("H1", Release(task, "B1"))
    assert [(one.person, one.by) for one in player.of(Released)] == [("B1", "H1")]


def test_a_delegate_answers_in_the_name_of_the_owner_who_stays_accountable():
    player = voting("step manager", "step boss as again")
    task = player.task("vote.manager").id
    player.act("M", Delegate(task, "F", "on the road"))
    assert waits_for(player, "manager") == {"F"}
    player.approve("F", "vote.manager")
    assert [(one.person, one.by) for one in player.of(Approved)] == [("M", "F")]
    stored = [one for one in player.service.store.read(player.case) if one.type == "Approved"]
    assert [(one.actor, one.on_behalf_of) for one in stored] == [("F", "M")]
    said = sentence(Reader(player.scope, "en"), player.of(Approved)[0])
    assert "Fang Fei" in said
    assert "Ma Ming" in said


def test_the_owner_may_still_act_and_take_it_back():
    player = voting("step manager", "step vp as second")
    task = player.task("vote.manager").id
    player.act("M", Delegate(task, "F", ""))
    player.act("M", Release(task))
    assert [(one.person, one.to) for one in player.of(StandInEnded)] == [("M", "F")]
    assert waits_for(player, "manager") == {"M"}
    player.act("M", Delegate(task, "F", ""))
    player.approve("M", "vote.manager")
    assert [(one.person, one.by) for one in player.of(Approved)] == [("M", None)]


def test_the_delegate_gives_it_back():
    player = voting("step manager")
    task = player.task("vote.manager").id
    player.act("M", Delegate(task, "F", ""))
    player.act("F", Release(task))
    assert waits_for(player, "manager") == {"M"}


def test_both_hands_count_for_four_eyes():
    player = voting("step manager", "step chosen", "nobody approves twice")
    player.act("M", Delegate(player.task("vote.manager").id, "F", ""))
    player.approve("F", "vote.manager")
    for person in ("F", "M"):
        naming = player.task("chosen").id
        assert player.refused("H1", Name(naming, person)).code == "R102"


def test_a_manager_of_the_process_reassigns():
    player = voting("step manager")
    task = player.task("vote.manager").id
    player.act("H1", Reassign(task, None, "V", "ill"))
    assert waits_for(player, "manager") == {"V"}
    assert [(one.person, one.to, one.by) for one in player.of(Reassigned)] == [("M", "V", "H1")]
    assert player.refused("M", player.approval("vote.manager")).code == "R101"
    player.approve("V", "vote.manager")
    assert status(player) == "approved"


def test_a_step_that_nobody_could_do_is_given_to_somebody():
    player = voting("step ghost")
    assert waits_for(player, "ghost") == set()
    player.act("H1", Reassign(player.task("vote.ghost").id, None, "V", "nobody there"))
    player.approve("V", "vote.ghost")
    assert status(player) == "approved"


@pytest.mark.parametrize(
    ("place", "first", "then"),
    [("before", {"V"}, {"M"}), ("beside", {"M", "V"}, set()), ("after", {"M"}, {"V"})],
)
def test_an_added_approver_before_beside_or_after(place, first, then):
    player = voting("step manager")
    add(player, "M", "V", place)
    assert waits_for(player, "manager") == first
    for person in sorted(first) + sorted(then):
        assert status(player) == "running"
        player.approve(person, "vote.manager")
    assert status(player) == "approved"


def test_several_before_go_from_the_last_to_the_first():
    player = voting("step manager")
    add(player, "M", "V", "before")
    add(player, "H1", "F", "before")
    for person in ("F", "V", "M"):
        assert waits_for(player, "manager") == {person}
        player.approve(person, "vote.manager")
    assert status(player) == "approved"


def test_an_added_approver_leaves_the_quorum_as_it_was():
    player = voting("step 2 of board as quorum")
    add(player, "B1", "F", "beside", "quorum")
    player.approve("B1", "vote.quorum")
    player.approve("F", "vote.quorum")
    assert status(player) == "running"
    player.act("B2", player.rejection("vote.quorum"))
    assert status(player) == "running"
    player.approve("B3", "vote.quorum")
    assert status(player) == "approved"


def test_a_no_of_an_added_approver_is_a_no():
    player = voting("step manager")
    add(player, "M", "V", "after")
    player.approve("M", "vote.manager")
    player.act("V", player.rejection("vote.manager"))
    assert player.state.status == "rejected"


def test_whoever_was_added_is_removed_and_the_step_goes_on():
    player = voting("step manager")
    add(player, "M", "V", "beside")
    player.approve("M", "vote.manager")
    assert status(player) == "running"
    player.act("H1", RemoveApprover(player.task("vote.manager").id, "V", "not needed"))
    assert status(player) == "approved"


def test_removing_a_member_of_everyone_leaves_the_others():
    player = voting("step board")
    player.approve("B1", "vote.board")
    player.act("H1", RemoveApprover(player.task("vote.board").id, "B3", "on leave"))
    assert waits_for(player, "board") == {"B2"}
    player.approve("B2", "vote.board")
    assert status(player) == "approved"


def test_nobody_is_removed_by_themself_or_by_other_approvers():
    player = voting("step board")
    task = player.task("vote.board").id
    for person in ("B1", "B2"):
        assert player.refused(person, RemoveApprover(task, "B1", "x")).code == "R101"


def test_an_item_is_delegated_handed_over_and_signed_in_the_name_of_its_owner():
    player = Player().resigned(projects=PROJECTS)
    papers = player.task("papers").id
    player.act("L", Delegate(papers, "T", "leave"))
    player.attach("T", "papers", "register")
    player.hand_over("T", "papers", summary="All filed")
    assert [one.person for one in player.of(HandedOver)] == ["L"]
    player.act("H1", Claim(papers))
    assert player.refused("H2", Sign(papers, item_hash(player.item("papers")))).code == "R120"
    player.sign("H1", "papers")
    player.act("M", Delegate(papers, "F", "leave"))
    player.sign("F", "papers")
    assert [one.person for one in player.of(Signed)] == ["H1", "M"]
    assert player.item("papers").status == "done"


def test_a_giver_is_no_stand_in_for_a_signer():
    player = Player().resigned(projects=PROJECTS)
    papers = player.task("papers").id
    assert player.refused("M", Delegate(papers, "L", "leave")).code == "R123"


def test_a_naming_and_an_action_are_delegated():
    player = Player().resigned(projects=PROJECTS)
    player.act("M", Delegate(player.task("successor").id, "F", ""))
    player.act("F", Name(player.task("successor").id, "T"))
    assert player.state.named["successor"] == "T"
    player.at("2026-03-30T18:00")
    task = player.task("mailbox")
    player.act("H1", Delegate(task.id, "G1", ""))
    player.complete("G1", "mailbox.grant")
    assert player.state.tasks[task.id].status == "done"


def test_a_task_tells_who_does_it_and_what_the_viewer_may_do_about_it():
    player = voting("step hr")
    task = player.task("vote.hr")
    player.act("H1", Claim(task.id))
    player.act("H1", Delegate(task.id, "F", ""))
    view = task_view(Reader(player.scope, "en"), player.task("vote.hr"), "H1")
    assert any("stays accountable" in line for line in view.why)
    assert any("Taken by Han One" in line for line in view.why)
    assert {"approve", "release", "reassign", "add_approver"} <= set(view.acts)
    assert player.of(Delegated)
    assert not player.of(Rejected)


def test_whoever_is_passed_over_is_named():
    player = voting("step boss", persons=in_groups(H1="HR", H2="HR"))
    assert waits_for(player, "boss") == {"M"}
    managed = voting("step hr", subject="H1")
    view = task_view(Reader(managed.scope, "en"), managed.task("vote.hr"), "H2")
    assert any("it is about them" in line for line in view.why)
