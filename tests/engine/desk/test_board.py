"""The board as an answer: views, groups, cases that have ended read a page at a time, kept views."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from engine.commands import Withdraw
from engine.desk.board import BoardPage, BoardQuery, GroupHead, page
from engine.desk.kept import KeptViews
from engine.desk.listing import EndedCases
from tests.engine.desk.test_filtering import ROW
from tests.engine.sample.company import Player

NOW = datetime(2026, 3, 23, 9, tzinfo=UTC)


class Old:
    """Many cases that have ended; counts what is read of them."""

    def __init__(self, many):
        self.many = many
        self.read = 0

    def count(self):
        return self.many

    def page(self, offset, limit):
        some = range(offset, min(self.many, offset + limit))
        self.read += len(some)
        return [replace(ROW, id=f"old-{at:06}", status="closed", next_due=None) for at in some]

    def every(self):
        return self.page(0, self.many)


def live(*states):
    return [
        replace(
            ROW,
            id=f"2026-{at:04}",
            status=status,
            department=department,
            next_due=NOW + timedelta(days=at),
            late=int(status == "overdue"),
        )
        for at, (status, department) in enumerate(states)
    ]


LIVE = live(("running", "East"), ("overdue", "West"), ("stuck", "East"))


def ids(found):
    return [row.name if isinstance(row, GroupHead) else row.id for row in found.rows]


def test_what_is_live_is_shown_without_reading_what_has_ended():
    old = Old(100_000)
    found = page(LIVE, old, BoardQuery(), NOW, 0, 64)
    assert ids(found) == ["2026-0002", "2026-0001", "2026-0000"]
    assert found.counts["closed"] == 100_000
    assert found.counts["all"] == 100_003
    assert old.read == 0


def test_ended_cases_are_read_a_page_at_a_time():
    old = Old(100_000)
    found = page(LIVE, old, BoardQuery(view="closed", keep="old-050003"), NOW, 50_000, 64)
    assert found.total == 100_000
    assert (found.place, ids(found)[0], len(found.rows)) == (50_003, "old-050000", 64)
    assert old.read == 64


@pytest.mark.parametrize(
    "query",
    [BoardQuery(view="closed", words="old-000007"), BoardQuery(view="all", words="old-000007")],
)
def test_words_look_into_all_that_has_ended(query):
    assert ids(page(LIVE, Old(50), query, NOW, 0, 64)) == ["old-000007"]


def test_groups_have_a_head_that_counts_what_is_stuck_and_late():
    found = page(LIVE, Old(0), BoardQuery(group="department", keep="2026-0001"), NOW, 0, 64)
    assert ids(found) == ["East", "2026-0002", "2026-0000", "West", "2026-0001"]
    east, west = found.rows[0], found.rows[3]
    assert (east.count, east.stuck, east.late) == (2, 1, 0)
    assert (west.count, west.late) == (1, 1)
    assert (found.place, found.total) == (4, 5)


def test_the_store_counts_and_pages_what_has_ended():
    player = Player()
    for subject in ("L", "T", "S"):
        player.open(subject, subject=subject)
        player.act(subject, Withdraw("no"))
    ended = EndedCases(player.service, "H1", "en")
    assert ended.count() == 3
    assert [row.id for row in ended.page(1, 1)] == ["2026-0002"]
    assert [row.status for row in ended.every()] == ["withdrawn"] * 3
    assert EndedCases(player.service, "H1", "en", counted=False).count() is None
    found = page([], ended, BoardQuery(view="closed"), NOW, 0, 2)
    assert isinstance(found, BoardPage)
    assert (found.total, len(found.rows)) == (3, 2)


def test_views_are_kept_apart_by_whose_they_are(tmp_path):
    mine, theirs = KeptViews("w/H1", tmp_path / "deep"), KeptViews("w/H2", tmp_path / "deep")
    query = BoardQuery(view="overdue", words="sales", group="stage", columns=("case", "name"))
    assert mine.all() == {}
    assert mine.keep("late sales", replace(query, keep="2026-0001")) is None
    assert theirs.keep("own", BoardQuery()) is None
    assert mine.all() == {"late sales": query}
    assert mine.keep("late sales", None) is None
    assert (mine.all(), list(theirs.all())) == ({}, ["own"])


@pytest.mark.parametrize("content", ["", "[]", '{"w/H1": 3}', "\x00"])
def test_a_broken_file_of_views_counts_as_none(tmp_path, content):
    (tmp_path / "board-views.json").write_text(content, encoding="utf-8")
    kept = KeptViews("w/H1", tmp_path)
    assert kept.all() == {}
    assert kept.keep("a", BoardQuery()) is None
    assert list(kept.all()) == ["a"]


def test_where_views_cannot_be_kept_it_is_said(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    problem = KeptViews("w/H1", tmp_path / "file").keep("a", BoardQuery())
    assert isinstance(problem, OSError)
