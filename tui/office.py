"""What screens ask, and where it is answered: off the screen's own loop, one question after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Protocol, TypeVar

from dsl.catalogue import Language
from engine.artefact import Artefact, Release
from engine.commands import CommandName
from engine.desk.board import BoardPage, BoardQuery
from engine.desk.desk import InboxRow, RulebookChoice
from engine.desk.fields import Answers, FormView
from engine.desk.kept import Views
from engine.desk.measured import HeatMap, StageTime
from engine.desk.notices import Warned
from engine.desk.outcome import Outcome
from engine.desk.pictures import Drawing
from engine.desk.standing_in import StandIn
from engine.graph.view import View
from engine.people.instants import Instants
from engine.views.cases import CaseView
from engine.views.gantt import Gantt
from engine.views.notices import NoticeView
from engine.views.refusals import RefusalView
from engine.views.responsible import Answer, HandOverRecord
from engine.views.timeline import Entry

T = TypeVar("T")


class Desk(Protocol):
    """What a desk answers; `engine.desk.desk.Desk` is one. Every answer is frozen."""

    @property
    def viewer(self) -> str:
        """The id of the person at the desk."""

    @property
    def instants(self) -> Instants:
        """How instants are told."""

    def person_name(self, person: str) -> str:
        """A person's name."""

    def people(self) -> tuple[tuple[str, str], ...]:
        """Everybody: id, and how they are told apart."""

    def stand_ins(self) -> tuple[StandIn, ...]:
        """Who stands in for whom, and who may act for whom."""

    def position(self) -> int:
        """A number that changes when something has happened."""

    def now(self) -> datetime:
        """The workspace's clock."""

    def board(
        self,
        query: BoardQuery,
        language: Language,
        offset: int,
        limit: int,
        *,
        counted: bool = True,
    ) -> BoardPage | RefusalView:
        """One page of the board."""

    def views(self) -> Views:
        """The person's own views of the board."""

    def keep_view(self, name: str, query: BoardQuery | None) -> OSError | None:
        """Keep a view of the board, or forget it."""

    def case(self, case: str, language: Language) -> CaseView | None:
        """One case."""

    def timeline(self, case: str, language: Language) -> tuple[Entry, ...]:
        """What has happened in a case."""

    def drawing(self, case: str, view: View) -> Drawing | None:
        """The case's process with where it stands."""

    def gantt(self, case: str, language: Language) -> Gantt | None:
        """The case in time."""

    def notices(self, language: Language) -> tuple[NoticeView, ...]:
        """Who has been told what, and who was not told."""

    def warnings(self) -> tuple[Warned, ...]:
        """The early warnings that stand."""

    def holdings(self, language: Language, what: str | None = None) -> tuple[Answer, ...]:
        """Who is responsible for what today."""

    def hand_overs(self, case: str, language: Language) -> tuple[HandOverRecord, ...]:
        """Who gives and who takes over what in a case."""

    def lateness(self, language: Language) -> HeatMap:
        """How late items are, by item and post."""

    def durations(self, language: Language) -> tuple[StageTime, ...]:
        """How long stages take."""

    def inbox(self, language: Language) -> tuple[InboxRow, ...]:
        """What waits for the person."""

    def form(self, case: str, about: str, act: CommandName, language: Language) -> FormView | None:
        """The form of an act."""

    def taken_back_with(
        self, case: str, act: CommandName, answers: Answers, language: Language
    ) -> dict[str, str]:
        """What stands in a case before an act, for the form that takes it back."""

    def act(  # noqa: PLR0913 - see `engine.desk.desk.Desk.act`
        self,
        case: str,
        about: str,
        act: CommandName,
        answers: Answers,
        language: Language,
        *,
        dry_run: bool = False,
    ) -> Outcome:
        """Carry out a filled form."""

    def wrong(
        self, case: str, about: str, act: CommandName, answers: Answers, language: Language
    ) -> dict[str, str]:
        """What is wrong in a form that is being filled in, by field."""

    def refused_release(self, artefact: Artefact, language: Language) -> RefusalView | None:
        """Why a rulebook could not be published."""

    def publish(
        self, artefact: Artefact, reason: str, language: Language
    ) -> Release | RefusalView | None:
        """Make a rulebook current for new cases; None at a desk of which nothing is published."""

    def rulebooks(self, language: Language) -> tuple[RulebookChoice, ...]:
        """What cases can be opened for."""

    def opening_form(self, choice: RulebookChoice, language: Language) -> FormView:
        """The form that opens a case."""

    def wrong_opening(
        self, choice: RulebookChoice, answers: Answers, language: Language
    ) -> dict[str, str]:
        """What is wrong in the form that opens a case, by field."""

    def open(
        self, choice: RulebookChoice, answers: Answers, language: Language, *, dry_run: bool = False
    ) -> Outcome:
        """Open a case."""


class Office:
    """A desk behind one thread of its own: a store is used by one thread at a time.

    Args:
        make_desk: makes the desk, in that thread.
    """

    def __init__(self, make_desk: Callable[[], Desk]) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._make_desk = make_desk
        self._desk: Desk | None = None

    async def ask(self, question: Callable[[Desk], T]) -> T:
        """The answer to a question; the screen goes on meanwhile."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: question(self._at_desk()))

    def close(self) -> None:
        """Let the thread end when the last question is answered."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _at_desk(self) -> Desk:
        if self._desk is None:
            self._desk = self._make_desk()
        return self._desk
