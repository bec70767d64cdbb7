"""Publishing from the designer: what the check, the scenarios and the workspace say, then a typed reason."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from typing_extensions import override

from dsl.catalogue import named_problem
from engine.artefact import Artefact, Release
from engine.desk.fields import FieldView
from engine.drafting.draft import Draft
from engine.drafting.playing import failure_text, play
from engine.publishing import assemble
from engine.views.refusals import RefusalView
from tui.screens.form_text import Answers, TextForm
from tui.screens.saving import ManuscriptScreen
from tui.shell import Shell


class Judged(NamedTuple):
    """A rulebook as it would be published, how many scenarios hold, and what those that do not say."""

    artefact: Artefact
    held: int
    failures: tuple[str, ...]


class PublishForm(TextForm):
    """Asks for the reason, and stays with it until the rulebook is published or that is given up.

    Args:
        shell: what every screen has at hand.
        artefact: what is to be published.
        about: what is said of it.
        refused: why it cannot be; None if nothing is known against it.
    """

    def __init__(self, shell: Shell, artefact: Artefact, about: str, refused: str | None) -> None:
        self._artefact = artefact
        rulebook = artefact.rulebook
        title = shell.say("publish.title", rulebook=rulebook.id, version=rulebook.version)
        fields = (FieldView("reason", shell.say("publish.reason"), required=True),)
        super().__init__(shell, title, lambda _: fields, lambda _: refused, about)

    @override
    def finish(self) -> None:
        """Publish it."""
        self.run_worker(self._publish(self.answers), exclusive=True)

    async def _publish(self, answers: Answers) -> None:
        shell, artefact = self.shell, self._artefact
        found = await shell.ask(
            lambda desk: desk.publish(artefact, answers["reason"], shell.language)
        )
        if isinstance(found, Release):
            self.dismiss(answers)
        elif found is None:
            self.tell(shell.say("publish.no_workspace"))
        else:
            self.tell(shell.say("publish.refused", why=_told(shell, found)))


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
        refusal = await shell.ask(
            lambda desk: desk.refused_release(judged.artefact, shell.language)
        )
        _ask(screen, draft, judged, refusal)


def _judged(screen: ManuscriptScreen, draft: Draft) -> Judged:
    assert draft.checked is not None
    artefact = assemble(draft.checked, draft.layers)
    held, failures = 0, []
    for _, result in play(artefact):
        held += not result.failures
        said = (failure_text(screen.shell.language, result, one) for one in result.failures)
        failures += [f"{screen.shell.sign('overdue')} {result.scenario}: {text}" for text in said]
    return Judged(artefact, held, tuple(failures))


def _ask(
    screen: ManuscriptScreen, draft: Draft, judged: Judged, refusal: RefusalView | None
) -> None:
    shell, rulebook = screen.shell, judged.artefact.rulebook
    warnings = len(draft.problems)
    said = shell.say(
        "publish.says", held=judged.held, failed=len(judged.failures), warnings=warnings
    )
    told = [f"{shell.sign('stuck')} {one.line}: {one.code} {one.title}" for one in draft.problems]
    why = None if refusal is None else shell.say("publish.refused", why=_told(shell, refusal))
    against = [] if why is None else [f"{shell.sign('overdue')} {why}"]
    about = "\n".join([said, *against, *judged.failures, *told])
    refused = shell.say("publish.fails") if judged.failures else why

    def answered(answers: Answers | None) -> None:
        if answers is not None:
            screen.tell("publish.published", rulebook=rulebook.id, version=rulebook.version)

    screen.app.push_screen(PublishForm(shell, judged.artefact, about, refused), answered)


def _told(shell: Shell, refusal: RefusalView) -> str:
    named = named_problem(shell.language, refusal.code, refusal.title, refusal.text)
    return shell.sentences((named, refusal.hint))
