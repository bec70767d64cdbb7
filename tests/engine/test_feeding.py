"""A feed that is imported anew adds, changes and closes items of open cases, and says why."""

from engine.commands import CallBack, Refuse
from engine.events import FactChanged, ItemApplies, ItemsListed, RecordChanged
from engine.feeding import follow_feed
from engine.feeds import FeedData
from engine.views.reader import Reader
from engine.views.sentences import sentence
from engine.views.tasks import task_view
from tests.engine.sample.duties import Duties

ROWS = (
    {"code": "K1", "name": "Kite", "contracts": 3, "owner": "L"},
    {"code": "K2", "name": "Kolt", "contracts": 1, "owner": "L"},
    {"code": "K9", "name": "Other", "contracts": 1, "owner": "X"},
)


def imported(player, *rows):
    held = {}
    for place, row in enumerate(rows):
        held.setdefault(row["owner"], []).append(place)
    data = FeedData(rows, {holder: tuple(places) for holder, places in held.items()})
    assert player.office.import_feed("duties", "crm", data, "crm.csv") is None
    return follow_feed(player.service, "duties", "crm")


def started():
    player = Duties()
    imported(player, *ROWS)
    player.open()
    player.name("M", "successor", "S")
    return player


def statuses(player):
    return {task.key: task.status for task in player.state.tasks.values() if task.ref == "accounts"}


def test_rows_of_the_subject_become_items_when_the_case_opens():
    assert statuses(started()) == {"K1": "open", "K2": "open"}


def test_a_later_import_adds_changes_and_closes_items():
    player = started()
    player.hand_over("L", "accounts", "K1", contracts=3)
    player.sign("S", "accounts", "K1")
    new = {"code": "K3", "name": "Kern", "contracts": 2, "owner": "L"}
    followed = imported(player, {**ROWS[1], "name": "Kolt & Sons"}, new, ROWS[2])
    assert followed == {player.case: None}
    assert statuses(player) == {"K1": "done", "K2": "open", "K3": "open"}
    assert player.item("accounts", "K2").record["name"] == "Kolt & Sons"
    imported(player, new)
    assert statuses(player) == {"K1": "done", "K2": "not_applicable", "K3": "open"}
    imported(player, ROWS[1], new)
    assert statuses(player)["K2"] == "open"


def test_what_was_handed_over_or_signed_never_vanishes():
    player = started()
    player.hand_over("L", "accounts", "K1", contracts=3)
    player.hand_over("L", "accounts", "K2", contracts=1)
    player.sign("S", "accounts", "K2")
    imported(player, ROWS[2])
    assert statuses(player) == {"K1": "handed_over", "K2": "done"}


def test_a_case_whose_rows_are_the_same_has_no_event():
    player = started()
    version = player.state.version
    assert imported(player, *ROWS[:2], {**ROWS[2], "name": "Renamed"}) == {}
    assert player.state.version == version


def test_closed_cases_keep_what_they_had():
    player = started()
    for key, count in (("K1", 3), ("K2", 1)):
        player.hand_over("L", "accounts", key, contracts=count)
        player.sign("S", "accounts", key)
    player.hand_over("L", "cash", receipts=0, found="500 CNY")
    player.sign("F", "cash")
    player.hand_over("L", "keys")
    player.sign("G1", "keys")
    for person in ("L", "F", "M"):
        player.sign_shown(person, "letter")
    assert player.state.status == "closed"
    assert imported(player, ROWS[2]) == {}


def test_it_is_told_why():
    player = started()
    imported(player, ROWS[0], {"code": "K3", "name": "Kern", "contracts": 2, "owner": "L"})
    reader = Reader(player.scope, "en")
    told = [
        sentence(reader, event)
        for event in player.events
        if isinstance(event, FactChanged | ItemApplies | RecordChanged)
    ]
    assert told == [
        "Customers follows the feed crm.",
        "“Customer accounts [K2 Kolt]” does not apply any more: its record is gone.",
    ]
    assert len(player.of(ItemsListed)[-1].instances) == 1
    gone = task_view(reader, player.item("accounts", "K2"), "M")
    assert gone.why == ("Its record is no longer in Customers.",)


def test_what_has_changed_during_a_hand_over_counts_once_the_item_is_back():
    player = started()
    player.hand_over("L", "accounts", "K1", contracts=3)
    player.hand_over("L", "accounts", "K2", contracts=1)
    imported(player, ROWS[2])
    assert statuses(player) == {"K1": "handed_over", "K2": "handed_over"}
    player.act("S", Refuse(player.item("accounts", "K1").id, "this customer is gone"))
    player.act("L", CallBack(player.item("accounts", "K2").id, "gone"))
    assert statuses(player) == {"K1": "not_applicable", "K2": "not_applicable"}
