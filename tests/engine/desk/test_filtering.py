"""The board's filter: words and names of either language; what is not understood is told."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.desk.filtering import Filter, read_filter
from engine.rejection import Refusal
from engine.views.board import BoardRow

NOW = datetime(2026, 3, 23, 9, tzinfo=UTC)
ROW = BoardRow(
    id="2026-0007",
    subject="赵明远",
    post="Sales (North)",
    department="East*",
    rulebook="Leaving",
    status="overdue",
    stage="Handover",
    items_done=1,
    items_waived=0,
    items=3,
    waits_for="Customers ← Li",
    next_due=NOW + timedelta(hours=20),
    provisional=False,
    mine=False,
    late=1,
    held_by=None,
    outside=False,
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "赵明远",
        "状态:逾期",
        "逾期",
        "sales",
        "(north)",
        "post:sales stage:hand",
        '"sales (north)" due<1d',
        "状态：overdue 岗位:sales",
        "期限<1天",
        "due>12h",
        "for:customers",
        "east*",
    ],
)
def test_what_fits(text: str) -> None:
    found = read_filter(text)
    assert isinstance(found, Filter)
    assert found.fits(ROW, NOW)


@pytest.mark.parametrize("text", ["nobody", "post:works", "due<12h", "due>1w", ".*", "s.les"])
def test_what_does_not_fit(text: str) -> None:
    found = read_filter(text)
    assert isinstance(found, Filter)
    assert not found.fits(ROW, NOW)


@pytest.mark.parametrize(
    ("text", "code"),
    [("shoe:9", "C140"), ("due<soon", "C141"), ("due:today", "C141"), ("期限<99999天", "C141"),
     ("status:bogus", "C149"), ("状态：无此", "C149")],
)  # fmt: skip
def test_what_is_not_understood(text: str, code: str) -> None:
    found = read_filter(text)
    assert isinstance(found, Refusal)
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("status:stuck", True),
        ("状态：卡住", True),
        ("status:stuck name:Li", False),
        ("status:stuck status:closed", False),
        ("stuck", False),
        ("status:", False),
        ("", False),
    ],
)
def test_a_filter_knows_the_status_that_alone_it_asks_for(text: str, asks: bool) -> None:
    found = read_filter(text)
    assert isinstance(found, Filter)
    assert found.asks_only_for("stuck") is asks
