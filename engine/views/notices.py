"""Notices as their readers see them: to whom, by which channel, what they say."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from engine.store.port import Row
from engine.views.reader import Reader


class NoticeView(Struct, frozen=True):
    """One notice.

    Attributes:
        to: the names of those who are told; `passes_to` are outside parties whom they tell.
        rule: the title of the rule that says it, if one does.
        withheld: who was not told, each with why; a notice has these or `to`, never both.
        about: the task that it is about, or the case's number.
    """

    id: str
    case: str
    at: datetime
    reason: str
    channel: str
    to: tuple[str, ...]
    passes_to: tuple[str, ...]
    about: str
    rule: str | None
    text: str
    withheld: tuple[str, ...] = ()


def notice_view(reader: Reader, key: str, row: Row) -> NoticeView:
    """A row of the outbox in the reader's language; what a rule says stays as it was queued."""
    about = reader.task_named(row["task"])
    outside = {one["passes_to"] for one in row["to"]} - {None}
    return NoticeView(
        id=key,
        case=row["case"],
        at=datetime.fromisoformat(row["at"]),
        reason=row["reason"],
        channel=row["channel"],
        to=tuple(reader.person(one["person"]) for one in row["to"]),
        passes_to=tuple(reader.role(role) for role in sorted(outside)),
        about=about,
        rule=reader.rule(row["rule"]) if row["rule"] else None,
        text=row["text"] or _said(reader, row),
    )


def withheld_view(reader: Reader, key: str, row: Row) -> NoticeView:
    """A row of the outbox that tells who was not told."""
    return NoticeView(
        id=key,
        case=row["case"],
        at=datetime.fromisoformat(row["at"]),
        reason=row["reason"],
        channel=row["channel"],
        to=(),
        passes_to=(),
        about=reader.task_named(row["task"]),
        rule=reader.rule(row["rule"]) if row["rule"] else None,
        text=_said(reader, row),
        withheld=tuple(reader.kept(one["who"], one["why"]) for one in row["kept"]),
    )


def _said(reader: Reader, row: Row) -> str:
    return said_by_reason(reader, row["reason"], row["task"], datetime.fromisoformat(row["at"]))


def said_by_reason(reader: Reader, reason: str, task: str | None, at: datetime) -> str:
    """What the reason of a notice says; of a case that begins or ends, which of both it is."""
    state = reader.scope.state
    if reason == "always" and task is None:
        turn = state.status if at == state.closed_at else "opened"
        reason = f"always.{turn if at in (state.opened_at, state.closed_at) else 'case'}"
    return reader.say(f"notice.{reason}", task=reader.task_named(task), subject=state.subject_name)
