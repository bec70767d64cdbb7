"""The service: commands once, several at one ledger, previews, publishing, artefacts."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from engine import deciders
from engine.administration import Administration, current_release, releases
from engine.artefact import Release
from engine.clock import SandboxClock, SystemClock
from engine.commands import Actor, Approve, ChangeFact, Comment, Open, Waive, Withdraw
from engine.events import Commented, StepEnded
from engine.identity import Caller
from engine.rejection import Refusal
from engine.repeats import asked
from engine.seen import application_hash
from engine.service import Done, Service
from engine.store.ledger import LedgerStore, open_ledger
from tests.engine.sample.company import (
    ADMIN,
    EXIT,
    FACTS,
    SETTINGS,
    Player,
    artefact_of,
    local,
)
from tests.engine.sample.looking import look_at
from tests.engine.sample.voting import voting

LEE = Actor("L", "sandbox", "desk")
HAN = Actor("H1", "sandbox", "desk")


@pytest.fixture
def player() -> Player:
    return Player().resigned()


def test_the_same_command_id_has_one_effect_and_one_answer(player):
    first = player.service.execute(player.case, Comment("once", None), LEE, "id-1")
    before = look_at.everything(player.service, player.case)
    again = player.service.execute(player.case, Comment("once", None), LEE, "id-1")
    assert (first.repeated, again.repeated, again.case) == (False, True, player.case)
    assert look_at.everything(player.service, player.case) == before
    assert len(player.of(Commented)) == 1


@pytest.mark.parametrize(
    ("actor", "command"),
    [(HAN, Comment("once", None)), (LEE, Comment("twice", None)), (LEE, Withdraw("once"))],
)
def test_the_id_of_an_act_is_refused_for_another(player, actor, command):
    player.service.execute(player.case, Comment("once", None), LEE, "id-1")
    before = look_at.everything(player.service, player.case)
    refusal = player.service.execute(player.case, command, actor, "id-1")
    assert (refusal.code, refusal.values) == ("R147", {"id": "id-1"})
    assert look_at.everything(player.service, player.case) == before


def test_an_approver_who_has_looked_again_repeats_the_same_act():
    player = voting("step manager")
    task = player.task("vote.manager").id
    manager = Actor("M", "sandbox", "desk")
    yes = Approve(task, "yes", application_hash(player.state))
    assert not player.service.execute(player.case, yes, manager, "id-1").repeated
    assert player.service.execute(player.case, replace(yes, seen="x"), manager, "id-1").repeated


def test_the_digest_of_an_act_tells_nothing_of_a_private_value(player):
    for salary, id_ in (("27182.81 CNY", "id-1"), ("31415.92 CNY", "id-2")):
        player.service.execute(player.case, ChangeFact("salary", salary, None, "raise"), HAN, id_)
    public = ChangeFact("salary", None, None, "raise")
    for id_ in ("id-1", "id-2"):
        kept = player.service.store.committed(id_)
        first = next(player.service.store.changes(after=kept.first_position - 1))
        assert first.digest == asked(id_, player.case, HAN, public).digest


def test_the_same_command_id_opens_one_case():
    player = Player()
    plain, sealed = player.service.sealing.split(player.program, FACTS)
    command = Open("leaving", "L", plain, sealed, beside="a second post")
    first = player.service.open(player.program, command, LEE, "id-1")
    player.service.open(player.program, command, LEE, "id-2")
    again = player.service.open(player.program, command, LEE, "id-1")
    assert (first.case, again.case, again.repeated) == ("2026-0001", "2026-0001", True)
    assert player.service.store.count("cases") == 2


def test_a_command_without_effect_is_remembered_too(player):
    same = ChangeFact("grade", 5, None, "nothing new")
    player.service.execute(player.case, same, HAN, "id-1")
    version = player.state.version
    player.change("grade", 6)
    again = player.service.execute(player.case, same, HAN, "id-1")
    assert (again.case, again.repeated) == (player.case, True)
    assert player.state.facts["grade"] == 6
    assert player.state.version > version


def test_a_refused_command_may_be_tried_again_under_its_id(player):
    task = player.task("papers").id
    refusal = player.service.execute(player.case, Waive(task, ""), HAN, "id-1")
    assert isinstance(refusal, Refusal)
    done = player.service.execute(player.case, Waive(task, "no need"), HAN, "id-1")
    assert isinstance(done, Done)
    assert not done.repeated


def test_case_numbers_follow_each_other():
    player = Player()
    assert [player.open(one, subject=one) for one in "LST"] == [
        "2026-0001",
        "2026-0002",
        "2026-0003",
    ]


def test_the_year_of_a_case_number_is_that_of_the_workspace():
    player = Player()
    player.office.set_clock(local("2026-12-31T23:59"))
    assert player.open() == "2026-0001"
    player.office.set_clock(local("2027-01-01T00:01"))
    assert player.open("S", subject="S") == "2027-0001"


def test_two_services_on_one_ledger_see_each_others_acts(tmp_path):
    store = open_ledger(tmp_path / "ledger")
    other_store = open_ledger(tmp_path / "ledger", begin=False)
    assert isinstance(store, LedgerStore)
    assert isinstance(other_store, LedgerStore)
    player = Player(store=store)
    player.open()
    other = Service(other_store, SETTINGS, "other-host")
    assert other.scope(player.case).state == player.state
    player.approve("M", "resignation.manager")
    look_at(other, player.case)
    other.execute(player.case, player.approval("resignation.hr"), HAN)
    look_at(player.service, player.case)
    assert player.state.approvals["resignation"].status == "approved"
    assert list(store.verify()) == []
    store.close()
    other_store.close()


def test_a_first_act_of_a_new_process_writes_only_what_it_touches(tmp_path):
    store = open_ledger(tmp_path / "ledger")
    assert isinstance(store, LedgerStore)
    Player(store=store).resigned()
    fresh = Service(store, SETTINGS, "later")
    appended = []
    append = store.append
    store.append = lambda transaction: (appended.append(transaction), append(transaction))[1]
    fresh.execute("2026-0001", Comment("hello", None), LEE)
    assert [change.table for change in appended[0].rows] == ["cases"]
    store.close()


def test_who_was_slower_decides_again(player):
    store = player.service.store
    append, raced = store.append, []

    def slow(transaction):
        if not raced and player.case in transaction.expected:
            raced.append(transaction)
            rival = Service(store, SETTINGS, "rival")
            rival.execute(player.case, Comment("first", None), HAN)
        return append(transaction)

    store.append = slow
    done = player.service.execute(player.case, Comment("second", None), LEE)
    assert isinstance(done, Done)
    assert [event.text for event in player.of(Commented)] == ["first", "second"]
    look_at(player.service, player.case)


def test_an_append_that_fails_leaves_the_case_as_it_is_stored(player):
    store = player.service.store
    version = player.state.version
    append = store.append

    def broken(transaction):
        raise OSError(f"disk {transaction.command_id}")

    store.append = broken
    with pytest.raises(OSError, match="disk"):
        player.service.execute(player.case, Comment("lost", None), LEE)
    store.append = append
    assert player.state.version == version
    look_at(player.service, player.case)


def test_a_decision_that_breaks_leaves_the_case_as_it_is_stored(player, monkeypatch):
    def half(run, command):
        run.emit(Commented("L", command.text))
        raise RuntimeError("half-way")

    monkeypatch.setitem(deciders.DECIDERS, Comment, half)
    with pytest.raises(RuntimeError):
        player.service.execute(player.case, Comment("lost", None), LEE)
    look_at(player.service, player.case)


def test_a_preview_tells_what_would_happen_and_writes_nothing(player):
    task = player.task("papers").id
    before = (
        player.service.store.summary(),
        player.service.store.version(f"{player.case}/attempts"),
    )
    done = player.service.preview(player.case, Waive(task, "no need"), HAN)
    assert "ItemWaived" in [type(event).__name__ for event in done.events]
    refusal = player.service.preview(player.case, Waive(task, "no need"), LEE)
    assert refusal.code == "R101"
    after = (
        player.service.store.summary(),
        player.service.store.version(f"{player.case}/attempts"),
    )
    assert after == before
    look_at(player.service, player.case)


def test_a_preview_sees_what_falls_due_before_the_act():
    player = Player(EXIT.replace("on timeout escalate to vp", "on timeout approve"))
    player.open()
    command = player.approval("resignation.manager")
    Administration(player.service, ADMIN).set_clock(local("2026-03-05T09:00"))
    assert (
        player.service.preview(player.case, command, Actor("M", "sandbox", "desk")).code == "R106"
    )
    done = player.service.preview(player.case, Comment("hello", None), LEE)
    assert any(isinstance(event, StepEnded) and event.by_timeout for event in done.events)
    assert player.of(StepEnded) == []


def test_a_running_case_stays_on_its_artefact(player):
    revised = EXIT.replace("version 1.0.0", "version 1.1.0").replace(
        "leaver, hr then manager", "leaver, hr"
    )
    assert isinstance(player.office.publish(artefact_of(revised), "fewer signatures"), Release)
    player.papers_done()
    assert player.item("papers").signatures[-1].roles == ("manager",)
    new = Player(revised, store=player.service.store)
    assert current_release(player.service, "sample_exit").version == "1.1.0"
    assert [one.version for one in releases(player.service)] == ["1.1.0"]
    new.resigned(beside="a second post")
    assert new.program.items["papers"].signers == (("leaver", "hr"),)


def test_r140_one_version_means_one_thing(player):
    changed = artefact_of(EXIT.replace("Papers must be complete", "Papers should be complete"))
    refusal = player.office.publish(changed, "changed")
    assert (refusal.code, refusal.values["version"]) == ("R140", "1.0.0")
    assert current_release(player.service, "sample_exit").artefact == player.artefact.hash
    assert isinstance(player.office.publish(player.artefact, "again"), Release)


def test_r107_publishing_takes_a_reason(player):
    assert player.office.publish(player.artefact, " ").code == "R107"


def test_r134_only_administrators_change_the_world(player):
    stranger = Administration(player.service, Caller("l", "desk"))
    before = player.service.store.summary().rows
    assert stranger.publish(player.artefact, "mine").code == "R134"
    assert stranger.set_clock(local("2026-03-09T09:00")).code == "R134"
    after = player.service.store.summary().rows
    assert after == {**before, "attempts": before["attempts"] + 2}


def test_r142_a_live_clock_is_not_set():
    service = Service(Player().service.store, replace(SETTINGS, sandbox=False), "h")
    assert Administration(service, ADMIN).set_clock(local("2026-03-09T09:00")).code == "R142"


def test_r141_a_clock_that_has_gone_back_writes_nothing(player):
    service = Service(player.service.store, replace(SETTINGS, sandbox=False), "h")
    office = Administration(service, ADMIN)
    facts = service.sealing.split(player.program, FACTS)
    opening = Open(player.program.process.id, "S", *facts)
    last = [*service.store.changes()][-1].recorded_at
    before = service.store.position()
    service.world.clock = SandboxClock(lambda: last - timedelta(days=30))
    refusals = [
        service.open(player.program, opening, HAN),
        service.execute(player.case, Withdraw("I stay"), LEE),
        office.publish(player.artefact, "again"),
    ]
    assert [refusal.code for refusal in refusals] == ["R141"] * 3
    assert service.store.position() == before
    assert service.scope(player.case) is not None
    # Two machines may differ by some minutes.
    service.world.clock = SandboxClock(lambda: last - timedelta(minutes=4))
    assert isinstance(service.open(player.program, opening, HAN), Done)


def test_a_clock_that_ran_ahead_is_put_right_by_an_administrator(player, monkeypatch):
    service = Service(player.service.store, replace(SETTINGS, sandbox=False), "h")
    ahead = SystemClock().now() + timedelta(days=400)
    office = Administration(service, ADMIN)
    with monkeypatch.context() as wrong:
        wrong.setattr(SystemClock, "now", lambda _: ahead)
        assert isinstance(office.publish(player.artefact, "under a wrong clock"), Release)
    assert office.publish(player.artefact, "again").code == "R141"
    assert office.set_administrators((ADMIN.account,), (), "the clock ran ahead") is None
    assert isinstance(office.publish(player.artefact, "again"), Release)


def test_r143_a_clock_does_not_go_back(player):
    assert player.office.set_clock(local("2026-03-01T09:00")).code == "R143"


def test_time_never_runs_behind_the_last_event(player):
    scope = player.scope
    context = player.service.world.context(player.program, scope.state.last_at.replace(year=2027))
    assert context.now.year == 2027
