import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl.types import Duration
from engine.calendars import CalendarProblem, WorkCalendar, calendar_named

NOTICES = json.loads((Path(__file__).parent / "data/cn_notices.json").read_text(encoding="utf-8"))
SHANGHAI = ZoneInfo("Asia/Shanghai")


def named(name=None, zone="Asia/Shanghai"):
    calendar = calendar_named(name, zone)
    assert isinstance(calendar, WorkCalendar)
    return calendar


CN = named("CN")
PLAIN = named()
BERLIN = named("DE-BY", "Europe/Berlin")


def at(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
def test_china_rests_and_works_exactly_as_the_state_council_says(year):
    notice = NOTICES[year]
    rest = set()
    for first, last in notice["rest"]:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            rest.add(day)
            day += timedelta(days=1)
    work = {date.fromisoformat(day) for day in notice["work"]}
    day = date(int(year), 1, 1)
    while day.year == int(year):
        expected = day in work or (day.weekday() < 5 and day not in rest)
        assert CN.is_working_day(day) == expected, day
        day += timedelta(days=1)


def test_a_year_that_is_not_announced_yet_is_provisional():
    assert not CN.provisional(date(2026, 12, 31))
    assert CN.provisional(date(2098, 1, 4))
    assert not PLAIN.provisional(date(2098, 1, 4))
    assert not BERLIN.provisional(date(2098, 1, 4))
    assert not named("US", "America/New_York").provisional(date(2098, 1, 4))
    decided = WorkCalendar("Asia/Shanghai", "CN", overrides={date(2098, 1, 4): True})
    assert not decided.provisional(date(2098, 1, 4))
    assert named("US", "America/New_York").provisional(date(2198, 1, 4))


def test_dates_that_mean_never_break_nothing():
    never, ever = date(9999, 12, 31), date(1, 1, 1)
    for calendar in (CN, PLAIN, named("US", "America/New_York")):
        for unit in ("minute", "hour", "day", "week", "working_hour", "working_day"):
            for amount in (0, 1, 20):
                assert calendar.shift(never, Duration(amount, unit), "after")
                assert calendar.shift(ever, Duration(amount, unit), "before")
        assert calendar.budget(calendar.deadline(never), Duration(999_999, "week"))
        assert calendar.shift(calendar.deadline(never), Duration(999_999, "hour"), "after")
    assert CN.shift(never, Duration(10, "working_day"), "before").year == 9998
    assert CN.provisional(never)


def test_countries_and_their_parts():
    assert not BERLIN.is_working_day(date(2026, 1, 6))
    assert named("DE", "Europe/Berlin").is_working_day(date(2026, 1, 6))
    assert not named("US", "America/New_York").is_working_day(date(2026, 11, 26))
    assert not named("GB", "Europe/London").is_working_day(date(2026, 4, 3))
    friday, sunday = date(2021, 6, 4), date(2021, 6, 6)
    emirates = named("AE", "Asia/Dubai")
    assert not emirates.is_working_day(friday)
    assert emirates.is_working_day(sunday)
    assert emirates.is_working_day(date(2026, 6, 5))


@pytest.mark.parametrize("name", ["XX", "cn", "China", "DE-XX", "CN-", "HolidayBase", ""])
def test_an_unknown_calendar_is_a_problem(name):
    assert calendar_named(name, "Asia/Shanghai") == CalendarProblem("P401", {"name": name})


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd", "", "/etc/localtime", "a\0b"])
def test_an_unknown_zone_is_a_problem(zone):
    assert calendar_named("CN", zone) == CalendarProblem("P402", {"zone": zone})


def test_a_company_decides_on_its_own_week_and_days():
    calendar = WorkCalendar(
        "Asia/Shanghai",
        "CN",
        weekdays=(0, 1, 2, 3, 4, 5),
        overrides={date(2026, 2, 14): False},
    )
    assert not calendar.is_working_day(date(2026, 2, 14))
    assert calendar.is_working_day(date(2026, 3, 7))
    assert not calendar.is_working_day(date(2026, 3, 8))
    assert calendar.is_working_day(date(2026, 2, 28))
    assert not calendar.is_working_day(date(2026, 10, 3))


@pytest.mark.parametrize(
    "hours", [(), (("18:00", "09:00"),), (("09:00", "12:00"), ("12:00", "13:00"))]
)
def test_hours_that_are_not_in_order_are_refused(hours):
    with pytest.raises(ValueError, match="hours"):
        WorkCalendar("UTC", hours=hours)


@pytest.mark.parametrize(
    ("base", "amount", "unit", "direction", "expected"),
    [
        ("2026-03-31", 10, "working_day", "before", "2026-03-17"),
        ("2026-03-31", 7, "working_day", "before", "2026-03-20"),
        ("2026-09-30", 1, "working_day", "after", "2026-10-08"),
        ("2026-10-08", 1, "working_day", "before", "2026-09-30"),
        ("2026-02-14", 1, "working_day", "after", "2026-02-24"),
        ("2026-03-31", 15, "day", "before", "2026-03-16"),
        ("2026-03-31", 2, "day", "before", "2026-03-27"),  # a Sunday goes back to the Friday
        ("2026-03-26", 2, "day", "after", "2026-03-30"),  # a Saturday goes on to the Monday
        ("2026-09-24", 1, "week", "after", "2026-10-08"),  # a holiday goes on to its end
        ("2026-03-28", 0, "working_day", "before", "2026-03-27"),
    ],
)
def test_days_before_and_after_a_day(base, amount, unit, direction, expected):
    shifted = CN.shift(date.fromisoformat(base), Duration(amount, unit), direction)
    assert shifted == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("base", "amount", "unit", "direction", "expected"),
    [
        ("2026-03-05T10:00", 8, "hour", "after", "2026-03-05T18:00"),
        ("2026-03-05T17:00", 8, "hour", "after", "2026-03-06T01:00"),
        ("2026-03-05T17:00", 8, "working_hour", "after", "2026-03-06T17:00"),
        ("2026-03-06T17:30", 1, "working_hour", "after", "2026-03-09T09:30"),
        ("2026-03-09T09:30", 1, "working_hour", "before", "2026-03-06T17:30"),
        ("2026-03-05T11:00", 1, "working_hour", "after", "2026-03-05T12:00"),
        ("2026-03-07T10:00", 1, "working_hour", "after", "2026-03-09T10:00"),
        ("2026-03-05T10:20", 2, "day", "after", "2026-03-09T10:20"),
        ("2026-03-05T10:20", 2, "working_day", "after", "2026-03-09T18:00"),
        ("2026-03-05T10:20", 30, "minute", "before", "2026-03-05T09:50"),
    ],
)
def test_instants_before_and_after_an_instant(base, amount, unit, direction, expected):
    assert CN.shift(at(base), Duration(amount, unit), direction) == at(expected)


def test_hours_around_a_day_count_from_the_end_of_its_work():
    assert CN.shift(date(2026, 3, 31), Duration(3, "working_hour"), "before") == at(
        "2026-03-31T15:00"
    )
    assert CN.deadline(date(2026, 3, 31)) == at("2026-03-31T18:00")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "expected"),
    [
        ("2026-03-02T09:00", 2, "working_day", "2026-03-04T18:00"),
        ("2026-03-02T23:59", 2, "working_day", "2026-03-04T18:00"),
        ("2026-03-07T10:00", 1, "working_day", "2026-03-09T18:00"),
        ("2026-03-02T09:00", 5, "day", "2026-03-09T18:00"),
        ("2026-03-02T09:00", 2, "hour", "2026-03-02T11:00"),
        ("2026-03-02T17:00", 2, "working_hour", "2026-03-03T10:00"),
    ],
)
def test_budgets_do_not_count_the_day_they_start(start, amount, unit, expected):
    assert CN.budget(at(start), Duration(amount, unit)) == at(expected)


def test_the_day_of_the_start_is_the_day_in_the_calendar_s_zone():
    late_in_shanghai = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    assert CN.day_of(late_in_shanghai) == date(2026, 3, 3)
    assert CN.budget(late_in_shanghai, Duration(1, "working_day")) == at("2026-03-04T18:00")


def test_a_change_of_clocks_keeps_the_time_of_day_and_the_elapsed_hours():
    berlin = ZoneInfo("Europe/Berlin")
    friday = at("2026-03-27T10:00", berlin)
    assert BERLIN.shift(friday, Duration(3, "day"), "after") == at("2026-03-30T10:00", berlin)
    assert BERLIN.shift(friday, Duration(72, "hour"), "after") == at("2026-03-30T11:00", berlin)
    assert BERLIN.at_time(date(2026, 3, 29), "02:30") == at("2026-03-29T03:30", berlin)
    assert BERLIN.at_time(date(2026, 10, 25), "02:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    night = WorkCalendar("Europe/Berlin", hours=(("00:00", "08:00"),), weekdays=(6,))
    sunday = at("2026-03-29T00:00", berlin)
    assert night.budget(sunday, Duration(7, "working_hour")) == at("2026-03-29T08:00", berlin)


instants = st.integers(0, 5 * 365 * 24 * 60).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
amounts = st.integers(0, 40)
units = st.sampled_from(["minute", "hour", "day", "week", "working_hour", "working_day"])
calendars = st.sampled_from([CN, PLAIN, BERLIN])
ways = st.sampled_from(["before", "after"])
few = settings(max_examples=100, deadline=None)


@few
@given(calendars, instants, st.integers(0, 5000), st.builds(Duration, amounts, units), ways)
def test_shifting_keeps_the_order(calendar, early, minutes, duration, way):
    late = early + timedelta(minutes=minutes)
    first, second = (calendar.shift(moment, duration, way) for moment in (early, late))
    if duration.unit in ("day", "week"):
        # An instant that leaves a closed day keeps its time of day, so only the days keep order.
        first, second = calendar.day_of(first), calendar.day_of(second)
    assert first <= second


@few
@given(calendars, instants, st.tuples(amounts, amounts).map(sorted), units, ways)
def test_a_longer_span_reaches_as_far_or_further(calendar, start, spans, unit, way):
    near, far = (calendar.shift(start, Duration(span, unit), way) for span in spans)
    assert near <= far if way == "after" else near >= far


@few
@given(calendars, instants, st.integers(1, 30), st.integers(1, 30))
def test_budgets_add_up(calendar, start, one, other):
    for unit in ("minute", "hour", "working_hour", "working_day"):
        whole = calendar.budget(start, Duration(one + other, unit))
        first = calendar.budget(start, Duration(one, unit))
        assert calendar.budget(first, Duration(other, unit)) == whole


@few
@given(calendars, instants, st.integers(0, 60))
def test_days_end_on_working_days(calendar, start, amount):
    for unit in ("day", "week", "working_day"):
        for way in ("before", "after"):
            day = calendar.shift(calendar.day_of(start), Duration(amount, unit), way)
            assert calendar.is_working_day(day)
