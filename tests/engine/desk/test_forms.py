"""What a person is offered, and what the form of it says."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.authority import stand_ins
from engine.commands import Actor, Attach, Delegate, HandOver
from engine.desk.desk import Desk
from engine.desk.outcome import Outcome
from engine.events import EvidenceAttached
from engine.impact.acts import acts_of
from engine.people.reading import PeopleFile
from engine.store.port import KeptFile
from tests.engine.sample.company import DEPARTMENTS, PERSONS, Player


@pytest.fixture(scope="module")
def player() -> Player:
    return Player().resigned(bonus_day="2026-04-01")


def desk(player: Player, person: str) -> Desk:
    return Desk(player.service, Actor(person, "sandbox", "desk"))


def test_only_what_an_item_asks_for_is_offered(player: Player) -> None:
    for person, ref, offered in (
        ("L", "papers", {"provide", "attach", "hand_over"}),
        ("H1", "bonus_letter", {"hand_over"}),
    ):
        view = desk(player, person).case(player.case, "en")
        assert view is not None
        (acts,) = (set(task.acts) for task in view.tasks if task.ref == ref)
        assert acts & {"provide", "attach", "hand_over"} == offered


def test_every_form_says_what_it_acts_upon(player: Player) -> None:
    papers = player.task("papers").id
    for about, act, what in (
        (papers, "hand_over", ["Papers"]),
        ("", "withdraw", []),
        ("gate:severance", "waive", ["Severance gate"]),
    ):
        form = desk(player, "L").form(player.case, about, act, "en")
        assert form is not None
        assert form.title.split(" · ")[1:] == [*what, "Li Lei", player.case]


def test_what_a_changed_fact_was_is_known_to_whoever_takes_that_back_and_may_see_it() -> None:
    player = Player().resigned()
    for person, fact, known in (
        ("H1", "last_day", {"fact": "last_day", "value": "2026-03-31"}),
        ("H1", "bonus_day", {"fact": "bonus_day", "value": ""}),
        ("M", "salary", {}),
        ("H1", "nothing", {}),
    ):
        at = desk(player, person)
        assert at.taken_back_with(player.case, "change_fact", {"fact": fact}, "en") == known
    assert desk(player, "H1").taken_back_with(player.case, "comment", {}, "en") == {}


def test_the_form_that_hands_over_takes_the_files_too(player: Player) -> None:
    papers = player.task("papers").id
    form = desk(player, "L").form(player.case, papers, "hand_over", "en")
    assert form is not None
    files = [(one.id, one.required) for one in form.fields if one.kind == "file"]
    assert files == [("file.register", True), ("file.receipt", False)]


def test_files_are_kept_only_if_the_item_is_handed_over(tmp_path: Path) -> None:
    player = Player().resigned()
    papers = player.task("papers").id
    register = tmp_path / "register.txt"
    register.write_text("12 folders")
    kept = KeptFile(sha256(b"12 folders").hexdigest(), 10)

    def hand_over(person: str, *, dry_run: bool = False, **files: Path) -> Outcome:
        answers = {"summary": "all filed"} | {
            f"file.{name}": str(path) for name, path in files.items()
        }
        at = desk(player, person)
        return at.act(player.case, papers, "hand_over", answers, "en", dry_run=dry_run)

    def code(outcome: Outcome) -> str:
        return "" if outcome.refusal is None else outcome.refusal.code

    assert code(hand_over("L")) == "R118"
    assert code(hand_over("L", receipt=register)) == "R118"
    assert code(hand_over("H1", register=register)) == "R101"
    assert code(hand_over("L", dry_run=True, register=register)) == ""
    assert player.service.store.kept(kept.sha256) is None
    for dry_run in (True, False):
        both = {"receipt": register, "register": tmp_path / "not there"}
        assert code(hand_over("L", dry_run=dry_run, **both)) == "K121"
    assert player.service.store.kept(kept.sha256) is None, "all or none"
    assert player.item("papers").status == "open"
    assert not player.item("papers").contents, "nothing half done"
    done = hand_over("L", register=register)
    assert code(done) == ""
    assert "register.txt" not in done.sentences[0], "the act is told first"
    assert "register.txt" in done.sentences[-1]
    (attached,) = player.of(EvidenceAttached)
    assert (attached.name, attached.sha256) == ("register.txt", kept.sha256)
    assert player.service.store.kept(kept.sha256) == b"12 folders"
    (act,) = [one.command for one in acts_of(player.service.store.read(player.case))][-1:]
    assert act == HandOver(
        papers,
        {"summary": "all filed"},
        files=(Attach(papers, "register", kept, "register.txt", None),),
    )


def test_whoever_hands_over_in_place_brings_the_evidence_and_says_why(tmp_path: Path) -> None:
    player = Player().resigned()
    papers = player.task("papers").id
    register = tmp_path / "register.txt"
    register.write_text("12 folders")
    manages = stand_ins(player.scope, player.item("papers"))[0]
    answers = {"summary": "all", "file.register": str(register), "in_place": "ill"}
    done = desk(player, manages).act(player.case, papers, "hand_over", answers, "en")
    assert done.refusal is None
    assert [one.person for one in player.of(EvidenceAttached)] == [manages]


def asked_why(player: Player, person: str) -> bool | None:
    """Whether the form for handing the papers over must have a reason; None if it asks for none."""
    form = desk(player, person).form(player.case, player.task("papers").id, "hand_over", "en")
    assert form is not None
    return next((one.required for one in form.fields if one.id == "in_place"), None)


def test_whoever_does_the_givers_work_by_arrangement_is_asked_for_no_reason() -> None:
    player = Player().resigned()
    player.act("L", Delegate(player.task("papers").id, "F", "on the road"))
    player.act("M", Delegate(player.task("papers").id, "T", "in meetings"))
    asked = {person: asked_why(player, person) for person in ("L", "F", "M", "T")}
    assert asked == {"L": None, "F": None, "M": True, "T": True}


def test_for_a_giver_who_is_gone_a_reason_may_be_said_and_need_not() -> None:
    player = Player().resigned()
    gone = tuple(replace(one, left=date(2026, 3, 1)) if one.id == "L" else one for one in PERSONS)
    assert player.office.import_people(PeopleFile(gone, DEPARTMENTS), "people.csv", None) is None
    assert asked_why(player, "M") is False
    player.attach("M", "papers", "register")
    player.hand_over("M", "papers", summary="all")
