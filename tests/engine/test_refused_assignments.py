"""Arrangements about who does a task that are refused, with nothing changed."""

from engine.commands import AddApprover, Claim, Delegate, Reassign, Release, RemoveApprover
from tests.engine.sample.voting import in_groups, voting


def test_r101_only_managers_reassign_and_only_owners_delegate():
    player = voting("step manager")
    task = player.task("vote.manager").id
    assert player.refused("M", Reassign(task, None, "V", "ill")).code == "R101"
    assert player.refused("V", Delegate(task, "F", "")).code == "R101"
    assert player.refused("V", AddApprover(task, "F", "beside", "ask")).code == "R101"
    assert player.refused("V", Claim(task)).code == "R101"


def test_r102_exclusion_beats_every_arrangement():
    player = voting("step panel as first", "step board as second", "nobody approves twice")
    player.approve("B1", "vote.first")
    task = player.task("vote.second").id
    for person in ("L", "B1"):
        refusals = [
            player.refused("B2", Delegate(task, person, "")),
            player.refused("H1", Reassign(task, "B2", person, "ill")),
            player.refused("B2", AddApprover(task, person, "after", "ask")),
        ]
        assert {one.code for one in refusals} == {"R102"}


def test_r110_nobody_who_is_not_here():
    player = voting("step manager")
    assert player.refused("M", Delegate(player.task("vote.manager").id, "ZZ", "")).code == "R110"


def test_r123_nobody_counts_twice():
    player = voting("step 2 of board as quorum")
    task = player.task("vote.quorum").id
    player.act("B1", Delegate(task, "F", ""))
    assert player.refused("B2", Delegate(task, "B3", "")).code == "R123"
    assert player.refused("B2", Delegate(task, "F", "")).code == "R123"
    assert player.refused("B1", Delegate(task, "F", "again")).code == "R123"
    assert player.refused("H1", Reassign(task, "B2", "F", "ill")).code == "R123"
    assert player.refused("B2", AddApprover(task, "B3", "beside", "x")).code == "R123"


def test_r124_nothing_to_give_back():
    player = voting("step manager")
    assert player.refused("M", Release(player.task("vote.manager").id)).code == "R124"


def test_r125_a_quorum_never_shrinks():
    player = voting("step 2 of board as quorum", persons=in_groups(B3=""))
    task = player.task("vote.quorum").id
    refusal = player.refused("H1", RemoveApprover(task, "B1", "too busy"))
    assert (refusal.code, refusal.values["need"]) == ("R125", "2")


def test_r126_an_answer_stands():
    player = voting("step 2 of board as quorum")
    player.approve("B1", "vote.quorum")
    task = player.task("vote.quorum").id
    assert player.refused("H1", Reassign(task, "B1", "F", "ill")).code == "R126"
    assert player.refused("H1", RemoveApprover(task, "B1", "no")).code == "R126"


def test_r127_whose_place():
    player = voting("step 2 of board as quorum")
    task = player.task("vote.quorum").id
    assert player.refused("H1", Reassign(task, None, "F", "ill")).code == "R127"


def test_r145_claimed_already():
    player = voting("step hr")
    task = player.task("vote.hr").id
    player.act("H1", Claim(task))
    assert player.refused("H1", Claim(task)).code == "R145"


def test_r129_not_asked_here():
    player = voting("step manager")
    task = player.task("vote.manager").id
    assert player.refused("H1", Reassign(task, "V", "F", "ill")).code == "R129"
    assert player.refused("H1", RemoveApprover(task, "V", "ill")).code == "R129"


def test_r107_without_a_reason():
    player = voting("step manager")
    task = player.task("vote.manager").id
    for command in (Reassign(task, None, "F", " "), AddApprover(task, "F", "after", "")):
        assert player.refused("H1", command).code == "R107"
