"""Publishing from the designer: what the check and the scenarios say, then a typed reason."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from engine.artefact import Artefact, Release
from engine.desk.fields import FieldView
from engine.drafting.draft import Draft
from engine.drafting.playing import failure_text, play
from engine.publishing import assemble
from tui.screens.form_text import Answers, TextForm
from tui.screens.saving import ManuscriptScreen


class Judged(NamedTuple):
    """A rulebook as it would be published, how many scenarios hold, and what those that do not say."""

    artefact: Artefact
    held: int
    failures: tuple[str, ...]


async def publish(screen: ManuscriptScreen, draft: Draft) -> None:
    """Judge the rulebook, ask for the reason, and make it current for new cases."""
    shell = screen.shell
    if shell.office is None:
        screen.tell("publish.no_workspace")
    elif screen.is_unsaved:
        screen.tell("publish.save_first")
    elif draft.checked is None:
        screen.tell("publish.wrong", errors=str(draft.errors))
    else:
        judged = await asyncio.to_thread(_judged, screen, draft)
        _ask(screen, draft, judged)


def _judged(screen: ManuscriptScreen, draft: Draft) -> Judged:
    assert draft.checked is not None
    artefact = assemble(draft.checked, draft.layers)
    held, failures = 0, []
    for _, result in play(artefact):
        held += not result.failures
        said = (failure_text(screen.shell.language, result, one) for one in result.failures)
        failures += [f"{screen.shell.sign('overdue')} {result.scenario}: {text}" for text in said]
    return Judged(artefact, held, tuple(failures))


def _ask(screen: ManuscriptScreen, draft: Draft, judged: Judged) -> None:
    shell, rulebook = screen.shell, judged.artefact.rulebook
    warnings = len(draft.problems)
    said = shell.say(
        "publish.says", held=judged.held, failed=len(judged.failures), warnings=warnings
    )
    told = [f"{shell.sign('stuck')} {one.line}: {one.code} {one.title}" for one in draft.problems]
    about = "\n".join([said, *judged.failures, *told])

    def judge(answers: Answers) -> str | None:
        del answers
        return shell.say("publish.fails") if judged.failures else None

    def answered(answers: Answers | None) -> None:
        if answers is not None:
            screen.run_worker(_carry_out(screen, judged.artefact, answers["reason"]))

    title = shell.say("publish.title", rulebook=rulebook.id, version=rulebook.version)
    fields = (FieldView("reason", shell.say("publish.reason"), required=True),)
    screen.app.push_screen(TextForm(shell, title, lambda _: fields, judge, about), answered)


async def _carry_out(screen: ManuscriptScreen, artefact: Artefact, reason: str) -> None:
    shell, language = screen.shell, screen.shell.language
    found = await shell.ask(lambda desk: desk.publish(artefact, reason, language))
    if found is None:
        screen.tell("publish.no_workspace")
    elif isinstance(found, Release):
        screen.tell("publish.published", rulebook=found.rulebook, version=found.version)
    else:
        screen.tell("publish.refused", why=f"{found.code} {found.title}: {found.text} {found.hint}")
