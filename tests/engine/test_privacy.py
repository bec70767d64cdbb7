"""Private facts: sealed wherever they come from, shown to their roles alone."""

import json

import pytest

from engine.commands import Actor, ChangeFact, Open, Resubmit, Return
from engine.events import ActionOpened, CaseOpened, FactChanged
from engine.feeds import FeedData
from engine.rejection import Refusal
from engine.service import Service
from engine.store.ledger import LedgerStore, open_ledger
from engine.store.verification import CHAIN
from engine.views.access import may_see, may_see_fact
from engine.views.cases import case_view
from engine.views.reader import Reader
from engine.views.timeline import timeline
from tests.engine.sample.company import EXIT, FACTS, SETTINGS, Player
from tests.engine.store.samples import ledger

AMOUNT = "31415.92"


@pytest.fixture
def player() -> Player:
    return Player().resigned(salary=f"{AMOUNT} CNY")


def shown(player: Player, viewer: str) -> str:
    """All that a viewer can be shown of the case, in both languages."""
    found = []
    for language in ("en", "zh"):
        reader = Reader(player.scope, language)
        found += [repr(case_view(reader, viewer))]
        found += [repr(timeline(reader, player.service.store.read(player.case), inner=True))]
    return "".join(found).replace(",", "")


def written(player: Player) -> str:
    """Every event and every row."""
    store = player.service.store
    events = [bytes(one.data).decode() for one in store.changes()]
    tables = ("cases", "tasks", "timers", "outbox", "settings")
    return "".join(events) + json.dumps([store.rows(table) for table in tables])


def test_a_private_value_is_nowhere_in_the_open(player):
    player.at("2026-03-31T18:00")
    assert AMOUNT not in written(player)
    opened = player.of(CaseOpened)[0]
    assert "salary" not in opened.facts
    assert "salary" in opened.sealed


@pytest.mark.parametrize(
    ("viewer", "sees"), [("H1", True), ("F", True), ("L", False), ("M", False)]
)
def test_only_its_roles_see_a_private_value(player, viewer, sees):
    assert may_see_fact(player.scope, viewer, "salary") == sees
    assert (AMOUNT in shown(player, viewer)) == sees
    titles = [fact.id for fact in case_view(Reader(player.scope, "en"), viewer).facts]
    assert ("salary" in titles) == sees


def test_a_call_gives_away_nothing_private(player):
    player.at("2026-03-31T18:00")
    call = next(one for one in player.of(ActionOpened) if one.call)
    assert call.arguments == ("L", "***")
    assert player.service.store.rows("outbox", {"kind": "call"})[0]["arguments"] == ["L", "***"]


def test_a_change_of_a_private_value_tells_neither_the_old_nor_the_new_one(player):
    player.change("salary", "27182.81 CNY")
    event = player.of(FactChanged)[0]
    assert (event.old, event.new) == (None, None)
    assert "27182" not in written(player)
    assert player.scope.fact_wire("salary") == "27182.81 CNY"
    assert "27182" not in shown(player, "M")
    assert "27182" in shown(player, "H1")


def test_whoever_forgets_to_seal_has_it_sealed():
    player = Player()
    command = Open("leaving", "L", {**FACTS, "salary": f"{AMOUNT} CNY"}, {})
    done = player.service.open(player.program, command, Actor("L", "sandbox", "desk"))
    player.case = done.case
    player.act("H1", ChangeFact("salary", "27182.81 CNY", None, "raise"))
    assert player.scope.fact_wire("salary") == "27182.81 CNY"
    player.act("M", Return(player.task("resignation.manager").id, "again"))
    task = player.task("resignation").id
    player.act("L", Resubmit(task, "", {"hint": "do not tell"}, {}))
    text = written(player)
    assert not [one for one in (AMOUNT, "27182", "do not tell") if one in text]


def test_a_private_value_can_be_taken_away(player):
    player.change("hint", "do not tell")
    assert player.scope.facts()["hint"] == "do not tell"
    player.change("hint", None)
    assert "hint" not in player.scope.facts()
    assert player.scope.fact_wire("hint") is None
    assert "hint" not in player.state.sealed
    player.change("hint", None)
    assert len(player.of(FactChanged)) == 2


def test_a_private_value_that_is_erased_leaves_its_case_readable_and_the_chain_whole(tmp_path):
    store = ledger(tmp_path / "ledger")
    player = Player(store=store)
    player.resigned()
    for file in (tmp_path / "ledger" / "sealed").rglob("*"):
        if file.is_file():
            file.unlink()
    player.service = Service(ledger(tmp_path / "ledger"), SETTINGS, "another-host")
    view = case_view(Reader(player.scope, "en"), "H1")
    assert [one.shown for one in view.facts if one.id == "salary"] == ["—"]
    player.change("car", value=True)
    damage = player.service.store.verify()
    assert {one.code for one in damage} == {"K112"}
    assert not {one.code for one in damage} & CHAIN


def test_private_values_of_feeds_and_defaults_are_sealed():
    text = EXIT.replace(
        "list of project from erp", "list of project from erp private to hr"
    ).replace("fact car", 'fact bonus "Bonus" money default 4242 CNY private to hr\nfact car')
    text = text.replace("  for each p in projects where p.progress < 100%\n", "").replace(
        '  evidence letter "Letter" file from client when p.progress < 50%\n', ""
    )
    player = Player(text)
    row = {"code": "P-9", "name": "Hidden bridge", "progress": "60%", "owner": "L"}
    data = FeedData((row,), {"L": (0,)})
    assert player.office.import_feed("sample_exit", "erp", data, "erp.csv") is None
    plain = {name: wire for name, wire in FACTS.items() if name != "projects"}
    command = Open("leaving", "L", plain, {})
    done = player.service.open(player.program, command, Actor("L", "sandbox", "desk"))
    player.case = done.case
    assert player.scope.fact_wire("projects") == [row]
    assert player.scope.fact_wire("bonus") == "4242 CNY"
    opened = player.of(CaseOpened)[0]
    assert "Hidden bridge" not in written(player)
    assert set(opened.sealed) == {"salary", "projects", "bonus"}


def watched(player: Player, monkeypatch) -> list[bytes]:
    """What is sealed in the player's store from now on."""
    sealed: list[bytes] = []
    store = player.service.store
    seal = store.seal
    monkeypatch.setattr(store, "seal", lambda value: sealed.append(value) or seal(value))
    return sealed


def test_a_preview_writes_no_private_value(monkeypatch):
    player = Player()
    sealed = watched(player, monkeypatch)
    before = player.service.store.summary()
    command = Open("leaving", "L", {**FACTS, "salary": f"{AMOUNT} CNY"}, {})
    done = player.service.preview_open(player.program, command, Actor("L", "sandbox", "desk"))
    assert any(isinstance(event, CaseOpened) for event in done.events)
    assert player.service.store.summary() == before
    assert not sealed


def test_a_refused_act_leaves_no_private_value_behind(player, monkeypatch):
    sealed = watched(player, monkeypatch)
    change = ChangeFact("salary", "27182.81 CNY", None, "raise")
    assert player.refused("L", change).code == "R101"
    assert player.service.store.version(f"{player.case}/attempts") == 1
    command = Open("leaving", "L", {**FACTS, "kind": "none", "salary": "27182.81 CNY"}, {})
    refusal = player.service.open(player.program, command, Actor("L", "sandbox", "desk"))
    assert isinstance(refusal, Refusal)
    assert not sealed


def test_an_act_that_is_repeated_seals_nothing_again(player, monkeypatch):
    sealed = watched(player, monkeypatch)
    change = ChangeFact("salary", "27182.81 CNY", None, "raise")
    han = Actor("H1", "sandbox", "desk")
    assert not player.service.execute(player.case, change, han, "id-1").repeated
    assert len(sealed) == 1
    assert player.service.execute(player.case, change, han, "id-1").repeated
    assert len(sealed) == 1


def test_a_private_value_on_disk_lies_beside_the_ledger_and_is_checked(tmp_path):
    store = open_ledger(tmp_path / "ledger")
    assert isinstance(store, LedgerStore)
    player = Player(store=store)
    player.open(salary=f"{AMOUNT} CNY")
    assert list(store.verify()) == []
    holding = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file() and AMOUNT.encode() in path.read_bytes()
    ]
    assert holding
    assert all("sealed" in str(path) for path in holding)
    store.close()


def test_who_has_no_part_sees_nothing(player):
    assert {one for one in "LMVSTX" if may_see(player.scope, one)} == {"L", "M", "V"}
    assert may_see(player.scope, "H2")
    player.name("M", "successor", "S")
    assert may_see(player.scope, "S")
    rows = player.service.store.rows("cases", {"viewers": "S"})
    assert [row["id"] for row in rows] == [player.case]
    assert player.service.store.rows("cases", {"viewers": "X"}) == []


def test_an_item_that_does_not_apply_gives_nobody_a_part_in_the_case():
    player = Player().resigned()
    assert player.item("car_keys").status == "not_applicable"
    assert not may_see(player.scope, "G1")
    player.change("car", value=True)
    assert may_see(player.scope, "G1")
