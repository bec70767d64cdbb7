"""What is told of a task."""

from __future__ import annotations

import pytest

from dsl.catalogue import Language
from engine.views.reader import Reader
from engine.views.tasks import task_view
from tests.engine.sample.company import Player


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_waits_for_others_past_its_day_tells_that_it_waits_and_since_when_it_is_due(
    language: Language,
) -> None:
    player = Player().resigned()
    papers = player.task("papers")
    player.at("2026-03-19T18:00")
    player.state.change(papers, "waiting", papers.opened_at)
    reader = Reader(player.scope, language)
    view = task_view(reader, papers, "H1")
    assert view.status == "waiting"
    assert reader.say("why.overdue", due=reader.when(papers.due)) in view.why
    player.state.change(papers, "waived", papers.opened_at)
    assert (
        reader.say("why.overdue", due=reader.when(papers.due))
        not in task_view(reader, papers, "H1").why
    )
