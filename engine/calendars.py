"""Working days, working hours and what a span of time means on them.

Instants are aware datetimes, given back in UTC; days are plain dates in the calendar's zone. Public
holidays come from the `holidays` library, one country at a time, when a day is first asked for.
"""

from __future__ import annotations

import importlib
import zoneinfo
from calendar import isleap
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from types import ModuleType
from typing import TYPE_CHECKING, Literal, overload
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import replace

from dsl.types import Duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from holidays import HolidayBase

    from dsl.model import CalendarDays, Rulebook
    from dsl.types import DurationUnit

Direction = Literal["before", "after"]
Hours = tuple[tuple[str, str], ...]
USUAL_HOURS: Hours = (("09:00", "12:00"), ("13:00", "18:00"))
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
# Personnel systems write 9999-12-31 for "never": moments stop here, a year before Python's calendar
# does, so that no zone and no span reaches beyond it.
_FIRST_DAY, _LAST_DAY = date(2, 1, 1), date(9998, 12, 31)
_YEARS_WITH_HOLIDAYS = range(1950, 2150)
_ELAPSED = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_CALENDAR_DAYS = {"day": 1, "week": 7}
_NEVER_ADJUSTED = 9999
_REMEMBERED = 4096
_PLAIN_ENTRY = len(("month", "day", "name"))


class CalendarProblem(Struct, frozen=True):
    """A calendar that cannot be had: a message code of the engine's catalogue and its values."""

    code: Literal["P401", "P402"]
    values: dict[str, str]


class _CountryYear(Struct, frozen=True):
    holidays: frozenset[date]
    moved_work: frozenset[date]
    weekend: frozenset[date]
    provisional: bool


class WorkCalendar(Struct, frozen=True, dict=True):
    """When work is done.

    Attributes:
        zone: IANA name of the zone that days and hours are meant in.
        country: what `calendar_named` accepts; None knows no public holidays.
        hours: working intervals of a day as `HH:MM`, in order, apart from each other.
        weekdays: working days of a week, 0 is Monday; None: what is usual in the country.
        overrides: days that a company has decided on itself; True is a working day.
    """

    zone: str
    country: str | None = None
    hours: Hours = USUAL_HOURS
    weekdays: tuple[int, ...] | None = None
    overrides: dict[date, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse hours and weeks that no work can be done in; compiled rulebooks never hold them."""
        edges = [time.fromisoformat(edge) for interval in self.hours for edge in interval]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise ValueError("hours must be intervals in order")
        if self.weekdays is not None and not set(self.weekdays) & set(range(7)):
            raise ValueError("a week must have a working day")

    def is_working_day(self, day: date) -> bool:
        """True if work is done on the day: overrides, then the country, then the weekday."""
        override = self.overrides.get(day)
        if override is not None:
            return override
        usual = day.weekday() in (self.weekdays or MONDAY_TO_FRIDAY)
        if self.country is None:
            return usual
        known = _country_year(self.country, day.year)
        if self.weekdays is None:
            usual = day not in known.weekend
        return day in known.moved_work or (usual and day not in known.holidays)

    def provisional(self, day: date) -> bool:
        """True where the country moves working days each year and has not yet said which."""
        if self.country is None or day in self.overrides:
            return False
        return _country_year(self.country, day.year).provisional

    def day_of(self, moment: date | datetime) -> date:
        """The day in this zone on which a moment lies."""
        if isinstance(moment, datetime):
            return moment.astimezone(ZoneInfo(self.zone)).date()
        return moment

    def at_time(self, day: date, clock: str) -> datetime:
        """The instant of a time of day, `HH:MM`.

        Where the clocks go back it is the first of the two, where they go forward it is as much later
        as the clocks were moved.
        """
        wall = datetime.combine(_within(day), time.fromisoformat(clock), ZoneInfo(self.zone))
        return wall.astimezone(UTC)

    def opening(self, day: date) -> datetime:
        """The instant at which work begins on a day."""
        return self.at_time(day, self.hours[0][0])

    def deadline(self, day: date) -> datetime:
        """The instant at which something due on a day is due: the end of working hours."""
        return self._deadline(day)

    @cached_property
    def _deadline(self) -> Callable[[date], datetime]:
        """Worked out once: the tasks of a case share most of their days."""
        return lru_cache(_REMEMBERED)(lambda day: self.at_time(day, self.hours[-1][1]))

    @overload
    def shift(self, moment: datetime, duration: Duration, direction: Direction) -> datetime: ...
    @overload
    def shift(self, moment: date, duration: Duration, direction: Direction) -> date | datetime: ...
    def shift(
        self, moment: date | datetime, duration: Duration, direction: Direction
    ) -> date | datetime:
        """A point before or after another one.

        Units of days turn a date into a date and leave an instant its time of day, save that working
        days end with working hours. Calendar days that end on a closed day move on in their direction.
        Units of hours give an instant; a date stands for its deadline then.
        """
        return self._shifted(moment, *duration, direction)

    @cached_property
    def _shifted(
        self,
    ) -> Callable[[date | datetime, int, DurationUnit, Direction], date | datetime]:
        """Remembered by how a span is written, which is looked up sooner than how long it is."""
        return lru_cache(_REMEMBERED)(
            lambda moment, amount, unit, direction: self._shift(
                moment, Duration(amount, unit), direction
            )
        )

    def _shift(
        self, moment: date | datetime, duration: Duration, direction: Direction
    ) -> date | datetime:
        if duration.unit not in ("day", "week", "working_day"):
            instant = moment if isinstance(moment, datetime) else self.deadline(moment)
            return self._shift_hours(instant, duration, direction)
        day = self._shift_days(self.day_of(moment), duration, direction)
        if not isinstance(moment, datetime):
            return day
        if duration.unit == "working_day":
            return self.deadline(day)
        wall = moment.astimezone(ZoneInfo(self.zone))
        return datetime.combine(_within(day), wall.timetz()).astimezone(UTC)

    def budget(self, start: datetime, duration: Duration) -> datetime:
        """When a span that begins at an instant is used up.

        Days end with working hours and do not count the day of the start; `8 hours` is elapsed time,
        `8 working hours` is time in which work is done.
        """
        if duration.unit in ("day", "week", "working_day"):
            return self.deadline(self.shift(self.day_of(start), duration, "after"))
        return self._shift_hours(start, duration, "after")

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two instants; none if the end is not after the start."""
        total = timedelta()
        if start < end:
            for opens, closes in self._intervals(start, "after"):
                if opens >= end:
                    break
                total += min(closes, end) - max(opens, start)
        return total

    def work_off(self, start: datetime, span: timedelta) -> datetime:
        """When so much working time has passed from an instant on."""
        return self._work_off(start, span, "after")

    def _shift_days(self, day: date, duration: Duration, direction: Direction) -> date:
        sign = 1 if direction == "after" else -1
        if duration.unit == "working_day":
            return self._nth_working_day(day, duration.amount, sign)
        days = duration.amount * _CALENDAR_DAYS[duration.unit]
        return self._open_day(_moved(day, sign * days), sign)

    def _nth_working_day(self, day: date, amount: int, sign: int) -> date:
        for _ in range(amount):
            day = self._open_day(_moved(day, sign), sign)
        return self._open_day(day, sign)

    def _open_day(self, day: date, sign: int) -> date:
        while not self.is_working_day(day) and _FIRST_DAY < day < _LAST_DAY:
            day = _moved(day, sign)
        return day

    def _shift_hours(self, start: datetime, duration: Duration, direction: Direction) -> datetime:
        if duration.unit == "working_hour":
            return self._work_off(start, timedelta(hours=duration.amount), direction)
        span = _ELAPSED[duration.unit] * duration.amount
        try:
            return start.astimezone(UTC) + (span if direction == "after" else -span)
        except OverflowError:
            return _end(self, direction)

    def _work_off(self, start: datetime, span: timedelta, direction: Direction) -> datetime:
        start = start.astimezone(UTC)
        if not span:
            return start
        for opens, closes in self._intervals(start, direction):
            begin, end = max(opens, start), closes
            if direction == "before":
                begin, end = opens, min(closes, start)
            if end - begin >= span:
                return begin + span if direction == "after" else end - span
            span -= end - begin
        return _end(self, direction)

    def _intervals(
        self, start: datetime, direction: Direction
    ) -> Iterator[tuple[datetime, datetime]]:
        """Working intervals that reach beyond the start, away from it, as far as days are known."""
        later = direction == "after"
        sign = 1 if later else -1
        hours = self.hours if later else self.hours[::-1]
        day = self._open_day(self.day_of(start), sign)
        while True:
            for first, last in hours:
                opens, closes = self.at_time(day, first), self.at_time(day, last)
                beyond = closes > start if later else opens < start
                if beyond and opens < closes:
                    yield opens, closes
            following = self._open_day(_moved(day, sign), sign)
            if following == day:
                return
            day = following


def _end(calendar: WorkCalendar, direction: Direction) -> datetime:
    return calendar.deadline(_LAST_DAY if direction == "after" else _FIRST_DAY)


def plain_shift(
    moment: date | datetime, duration: Duration, direction: Direction, zone: ZoneInfo
) -> date | datetime:
    """A point some calendar days before or after another, on whatever day that is.

    An instant keeps its time of day in the zone.
    """
    days = duration.amount * _CALENDAR_DAYS[duration.unit]
    signed = days if direction == "after" else -days
    if not isinstance(moment, datetime):
        return _moved(moment, signed)
    wall = moment.astimezone(zone)
    return datetime.combine(_moved(wall.date(), signed), wall.timetz()).astimezone(UTC)


def _within(day: date) -> date:
    return min(max(day, _FIRST_DAY), _LAST_DAY)


def _moved(day: date, days: int) -> date:
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, _FIRST_DAY.toordinal()), _LAST_DAY.toordinal()))


def calendar_named(name: str | None, zone: str) -> WorkCalendar | CalendarProblem:
    """The calendar of a country, in a zone.

    Args:
        name: an ISO 3166 country code (`CN`), with a subdivision where it matters (`DE-BY`); None
            for Monday to Friday without public holidays.
        zone: an IANA zone.
    """
    try:
        ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return CalendarProblem("P402", {"zone": zone})
    if name is not None and not _is_country(name):
        return CalendarProblem("P401", {"name": name})
    return WorkCalendar(zone, name)


def calendar_of(rulebook: Rulebook) -> WorkCalendar | CalendarProblem:
    """The calendar that a rulebook counts by: one that it declares, else that of a country."""
    declared = next((one for one in rulebook.calendars if one.id == rulebook.calendar), None)
    if declared is None:
        return calendar_named(rulebook.calendar, rulebook.timezone)
    base = calendar_named(declared.country, rulebook.timezone)
    if isinstance(base, CalendarProblem):
        return base
    return replace(
        base,
        hours=declared.hours or USUAL_HOURS,
        weekdays=declared.weekdays or None,
        overrides={day: some.works for some in declared.days for day in _days_of(some)},
    )


def _days_of(some: CalendarDays) -> Iterator[date]:
    first, last = date.fromisoformat(some.first), date.fromisoformat(some.last)
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _is_country(name: str) -> bool:
    code, dash, subdivision = name.partition("-")
    library = _library()
    if code not in {names[1] for names in library.registry.COUNTRIES.values()}:
        return False
    return not dash or subdivision in getattr(library, code).subdivisions


def _library() -> ModuleType:
    """Loaded on first use: it costs more than a whole command that needs no calendar."""
    return importlib.import_module("holidays")


@cache
def _country_year(name: str, year: int) -> _CountryYear:
    january = date(year, 1, 1).toordinal()
    length = 366 if isleap(year) else 365
    days = [date.fromordinal(january + n) for n in range(length)]
    if year not in _YEARS_WITH_HOLIDAYS:
        weekend = frozenset(day for day in days if day.weekday() not in MONDAY_TO_FRIDAY)
        return _CountryYear(frozenset(), frozenset(), weekend, provisional=True)
    country, _, subdivision = name.partition("-")
    # A neighbouring year's notice can move a day of this one, and New Year is observed across it.
    around = range(year - 1, year + 2)
    library = _library()
    table: HolidayBase = library.country_holidays(country, subdiv=subdivision or None, years=around)
    return _CountryYear(
        holidays=frozenset(day for day in table if day.year == year),
        moved_work=frozenset(day for day in table.weekend_workdays if day.year == year),
        weekend=frozenset(day for day in days if table.is_weekend(day)),
        provisional=year > _last_announced(table),
    )


def _last_announced(table: HolidayBase) -> int:
    """The last year whose moved days the library knows; far off where none are moved regularly."""
    special = getattr(table, "special_public_holidays", {})
    years = {year for year, entries in special.items() if _moves_days(entries)}
    last = max(years, default=_NEVER_ADJUSTED)
    return last if last - 1 in years else _NEVER_ADJUSTED


def _moves_days(entries: tuple[object, ...]) -> bool:
    rows = entries if entries and isinstance(entries[0], tuple) else (entries,)
    # The library writes a day that has moved as (to month, to day, from month, from day, …).
    return any(isinstance(row, tuple) and len(row) > _PLAIN_ENTRY for row in rows)
