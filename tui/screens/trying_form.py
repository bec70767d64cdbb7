"""A form of a tried case: what cannot be played is told in it, with what was typed still there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from typing_extensions import override

from engine.desk.fields import FieldView
from tui.screens.form_text import Answers, TextForm
from tui.shell import Shell


class TryForm(TextForm):
    """See the module's docstring.

    Args:
        shell: what every screen has at hand.
        title: what it is about.
        fields: what is asked for.
        problem: plays the answers, and says why that cannot be done; None if it can.
    """

    def __init__(
        self,
        shell: Shell,
        title: str,
        fields: tuple[FieldView, ...],
        problem: Callable[[Answers], str | None],
    ) -> None:
        super().__init__(shell, title, lambda _: fields, lambda _: None)
        self._problem = problem

    @override
    def finish(self) -> None:
        """Play it."""
        self.run_worker(self._play(self.answers), exclusive=True)

    async def _play(self, answers: Answers) -> None:
        problem = await asyncio.to_thread(self._problem, answers)
        if problem is None:
            self.dismiss(answers)
        else:
            self.tell(problem)
