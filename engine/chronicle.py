"""Events of the workspace itself: people, feeds, releases, the sandbox clock, case numbers."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct


class WorkspaceMade(Struct, frozen=True):
    """The workspace was made. Stream `workspace`; the row `workspace` of the settings says the same."""

    id: str
    sandbox: bool
    timezone: str
    administrators: tuple[str, ...]


class AdministratorsSet(Struct, frozen=True):
    """Who administers the workspace from now on (accounts), and why. Stream `workspace`."""

    administrators: tuple[str, ...]
    reason: str


class PeopleImported(Struct, frozen=True):
    """The directory was replaced. Stream `directory`; the rows say by what."""

    persons: int
    departments: int
    people_file: str
    departments_file: str | None


class SubstituteSet(Struct, frozen=True):
    """Somebody stands in for a person on some days, both included. Stream `directory`."""

    person: str
    by: str
    first: date
    last: date
    set_by: str


class SubstituteEnded(Struct, frozen=True):
    """A substitution ends before `until`: `last` is its last day, None if it has not begun."""

    person: str
    by: str
    first: date
    until: date
    last: date | None
    ended_by: str


class ActingGranted(Struct, frozen=True):
    """`by` may act for `person` from now on, up to `last` where a day is given. Stream `directory`."""

    person: str
    by: str
    last: date | None
    reason: str
    granted_by: str


class ActingRevoked(Struct, frozen=True):
    """`by` may act for `person` no more."""

    person: str
    by: str
    reason: str
    revoked_by: str


class FeedImported(Struct, frozen=True):
    """A feed's rows were replaced. Stream `feed/NAME`; the row says by what."""

    feed: str
    rows: int
    file: str


class RulebookPublished(Struct, frozen=True):
    """A rulebook became current for new cases. Stream `artefacts`; the row holds it."""

    rulebook: str
    version: str
    artefact: str
    reason: str


class ClockSet(Struct, frozen=True):
    """The sandbox clock stands at an instant. Stream `clock`."""

    at: datetime


class CaseNumbered(Struct, frozen=True):
    """A case number was taken. Stream `cases/YEAR`; its sequence is the number."""

    case: str


class WarningRaised(Struct, frozen=True):
    """A record of a watched feed came to fulfil a rule. Stream `warnings/RULEBOOK`."""

    rule: str
    key: str
    record: str


class WarningCleared(Struct, frozen=True):
    """The record fulfils the rule no longer, or is gone."""

    rule: str
    key: str


WORKSPACE_EVENTS: tuple[type[Struct], ...] = (
    WorkspaceMade,
    AdministratorsSet,
    PeopleImported,
    SubstituteSet,
    SubstituteEnded,
    ActingGranted,
    ActingRevoked,
    FeedImported,
    RulebookPublished,
    ClockSet,
    CaseNumbered,
    WarningRaised,
    WarningCleared,
)
