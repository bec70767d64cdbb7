"""What happens outside the case: people come, go and are away; other systems report rows."""

from __future__ import annotations

from datetime import date, timedelta

from dsl.expressions.tree import Wire
from dsl.model import ComesOrGoes, FeedDrops, FeedReports, StandsIn
from engine.commands import ChangeFact, Reassess
from engine.people.directory import Substitute
from engine.scenarios.stage import CLOCK, Stage

Outside = StandsIn | ComesOrGoes | FeedReports | FeedDrops


def happen(stage: Stage, line: Outside) -> None:
    """Let it happen, and the case follow."""
    match line:
        case StandsIn():
            _stand_in(stage, line)
        case ComesOrGoes():
            _come_or_go(stage, line)
        case FeedReports(feed, row):
            record = stage.program.records[stage.program.feeds[feed].record]
            defaults = {one.id: one.default for one in record.fields if one.default is not None}
            stage.feeds.setdefault(feed, {})[str(row[record.key])] = {**defaults, **row}
            _follow_feed(stage, feed)
        case FeedDrops(feed, key):
            stage.feeds.get(feed, {}).pop(key, None)
            _follow_feed(stage, feed)


def _stand_in(stage: Stage, line: StandsIn) -> None:
    by = stage.cast.person_called(line.person)
    days = date.fromisoformat(line.first), date.fromisoformat(line.last)
    for person in stage.people(line.who)[:1]:
        stage.cast.substitutes.append(Substitute(person, by, *days))
    _follow_people(stage)


def _come_or_go(stage: Stage, line: ComesOrGoes) -> None:
    """Whoever leaves is gone from then on."""
    for person in stage.people(line.who)[:1]:
        if line.how == "back":
            stage.cast.come_back(person, _today(stage))
        else:
            stage.cast.leave(person, _today(stage) - timedelta(days=1))
    _follow_people(stage)


def _today(stage: Stage) -> date:
    return stage.now.astimezone(stage.program.zone).date()


def _follow_people(stage: Stage) -> None:
    if stage.started:
        stage.play(Reassess(), CLOCK)


def _follow_feed(stage: Stage, feed: str) -> None:
    """Facts that come from the feed take over its rows; rules that watch it are looked at."""
    for fact in stage.program.rulebook.facts if stage.started else ():
        rows: list[Wire] = list(stage.scope.context.feed(feed, stage.state.subject))
        if fact.feed == feed and stage.scope.fact_wire(fact.id) != rows:
            stage.play(ChangeFact(fact.id, rows, None, feed), CLOCK)
    stage.look_out()
