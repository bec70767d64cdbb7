"""What every screen has at hand: the desk, the reader's language, the set of signs, how instants are told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from textual.events import Key, Paste

from dsl.catalogue import Language, sentences
from dsl.layers import NOTHING, Shelf
from engine.commands import CommandName
from engine.graph.glyphs import ASCII, UNICODE, Glyphs
from engine.graph.view import View
from engine.people.instants import Instants
from engine.texts import MESSAGES as ENGINE
from engine.views.signs import SIGNS
from tui.office import Desk, Office
from tui.plain import plain_key
from tui.texts import MESSAGES, Cell

T = TypeVar("T")
Typed = Key | Paste
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Undo(NamedTuple):
    """The act that takes the last one back, with what is known for its form."""

    case: str
    about: str
    act: CommandName
    known: dict[str, str]


class Shell:
    """See the module's docstring.

    Args:
        make_desk: makes the desk, in the thread that uses it; None where there is no workspace.
        language: of the reader.
        glyphs: the set of signs.
        place: the workspace's name.
        shelf: finds the bases that a rulebook extends.
        ambiguous: cells that the terminal draws a sign of ambiguous width in.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - a reader, a place, a terminal
        self,
        make_desk: Callable[[], Desk] | None,
        language: Language,
        glyphs: Glyphs = UNICODE,
        place: str = "",
        shelf: Shelf = NOTHING,
        ambiguous: Literal[1, 2] = 1,
    ) -> None:
        self.office = Office(make_desk) if make_desk else None
        self.language: Language = language
        self.glyphs = glyphs
        self.place = place
        self.shelf = shelf
        self.ambiguous = ambiguous
        self.person = ""
        self.undo: Undo | None = None
        self.typed: deque[Typed] = deque()
        """Keys that wait for their turn."""
        self.instants = Instants(ZoneInfo("UTC"))

    async def settle_in(self) -> int:
        """Find out who sits here; the ledger's position."""

        def question(desk: Desk) -> tuple[str, Instants, int]:
            return desk.person_name(desk.viewer), desk.instants, desk.position()

        self.person, self.instants, position = await self.ask(question)
        return position

    async def ask(self, question: Callable[[Desk], T]) -> T:
        """An answer of the desk, where there is one."""
        assert self.office is not None
        return await self.office.ask(question)

    def say(self, message: str, /, **values: object) -> str:
        """A text of the screens, in the reader's language."""
        return MESSAGES.say(self.language, message, **values)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts joined as the language joins them."""
        return ENGINE.say(self.language, "reader.joint").join(parts)

    def clauses(self, parts: Iterable[str]) -> str:
        """Phrases one behind the other."""
        return ENGINE.say(self.language, "reader.clauses").join(parts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Sentences one behind the other, with a blank between them where the language has one."""
        return sentences(self.language, parts)

    def act(self, act: CommandName) -> str:
        """What an act is called."""
        return ENGINE.say(self.language, f"desk.act.{act}")

    def local(self, moment: datetime | None) -> str:
        """An instant in the reader's zone, to the minute; empty where there is none."""
        return self.instants.told(moment) if moment else ""

    def column(self, moment: datetime | None) -> str:
        """An instant in a column, where a heading beside it tells how far its zone is from UTC."""
        return Instants(self.instants.zone).told(moment) if moment else ""

    def due(self, moment: datetime | None, *, provisional: bool) -> str:
        """A deadline; marked where the holidays of its year are not announced."""
        shown = self.local(moment)
        return ENGINE.say(self.language, "reader.provisional", due=shown) if provisional else shown

    def left(self, moment: datetime | None, now: datetime) -> str:
        """The time that is left until an instant, or since when it is past."""
        if moment is None:
            return ""
        span = moment - now
        past = span < timedelta(0)
        return self.say("time.late" if past else "time.left", span=self._span(abs(span)))

    def status(self, status: str, group: str = "status") -> Cell:
        """A status as sign, word and tone; `group` is `status` of tasks or `light` of cases."""
        return Cell(
            f"{self.sign(status)} {ENGINE.say(self.language, f'{group}.{status}')}",
            SIGNS[status].tone,
        )

    def sign(self, status: str) -> str:
        """A status as a sign alone."""
        found = SIGNS[status]
        return found.plain if self.is_plain else found.sign

    @property
    def is_plain(self) -> bool:
        """True if the terminal is to show no signs but those of ASCII."""
        return self.glyphs is ASCII

    def key(self, keys: str) -> str:
        """Keys as this terminal can tell them."""
        return plain_key(keys) if self.is_plain else keys

    def drawing_view(self, columns: int | None) -> View:
        """How a graph is drawn for this reader."""
        language = self.language
        return View(language, lambda message: ENGINE.say(language, message), columns, self.glyphs)

    def _span(self, span: timedelta) -> str:
        seconds = int(span.total_seconds())
        if seconds >= DAY:
            return self.say("time.days", days=seconds // DAY, hours=seconds % DAY // HOUR)
        if seconds >= HOUR:
            return self.say("time.hours", hours=seconds // HOUR, minutes=seconds % HOUR // MINUTE)
        return self.say("time.minutes", minutes=max(1, seconds // MINUTE))
