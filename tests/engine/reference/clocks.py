"""Working time in Shanghai in a rulebook without holidays, counted minute by minute."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
SHIFTS = (range(9 * 60, 12 * 60), range(13 * 60, 18 * 60))


def works(day: date) -> bool:
    return day.weekday() < 5


def evening(day: date) -> datetime:
    return datetime.combine(day, time(18), ZONE)


def days_after(start: datetime, days: int) -> datetime:
    """The evening of the so-many-th working day after the day of the start."""
    day = start.astimezone(ZONE).date()
    while days:
        day += DAY
        days -= works(day)
    return evening(day)


def days_before(day: date, days: int) -> datetime:
    while days:
        day -= DAY
        days -= works(day)
    return evening(day)


def worked(start: datetime, end: datetime) -> int:
    """Seconds of working time between two moments that are full minutes."""
    day, last, minutes = start.astimezone(ZONE), end.astimezone(ZONE), 0
    one = day.date()
    while one <= last.date():
        since = day.hour * 60 + day.minute if one == day.date() else 0
        until = last.hour * 60 + last.minute if one == last.date() else 24 * 60
        if works(one):
            minutes += sum(max(0, min(s.stop, until) - max(s.start, since)) for s in SHIFTS)
        one += DAY
    return minutes * 60
