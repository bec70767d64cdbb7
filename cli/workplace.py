"""A workspace that is open for one command: its service, its people, and who is at the keyboard."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import ValidationError
from msgspec.structs import replace

from cli.failures import FINDINGS, WRONG_USE, Explained, StopError, explained, wrong_use
from cli.options import Options
from cli.output import Output
from dsl.visible import visible
from engine.administration import Administration, current_release, releases
from engine.artefact import Release
from engine.case_input import people_like
from engine.cases import CASE_TABLES
from engine.commands import Actor
from engine.identity import Caller, account_of, identify, refuse_unless_administrator
from engine.people.directory import Directory
from engine.people.instants import Instants
from engine.program import Program
from engine.rejection import Refusal
from engine.repeats import actor_of
from engine.replay import UnknownEventError
from engine.scope import Scope
from engine.service import Service
from engine.store.disk import Disk
from engine.store.draft import DraftStore
from engine.store.failure import BusyError, StoreFailure
from engine.store.port import Damage
from engine.texts import MESSAGES
from engine.views.access import may_see
from engine.views.reader import Reader
from engine.views.refusals import refusal_view
from engine.workspace import Problem, Workspace, not_understood, open_workspace
from engine.world import CalendarMissingError

PROPOSED = 4
"""As many as are proposed for what is not there."""
LIKE = 0.75
"""Numbers of cases: one sign wrong, or two."""
_ARGUMENTS = ("text", "cause")
"""What is said in an argument of its own rather than with an option of its name."""


class Workplace:
    """What commands act with.

    Args:
        options: of the command line.
        workspace: an open workspace.
        draft: what is done is done in thought: nothing of it is written, and the clock may be set.
    """

    def __init__(self, options: Options, workspace: Workspace, *, draft: bool = False) -> None:
        self.options = options
        self.language = options.language
        self.output = Output(options.format, options.language)
        self.workspace = workspace
        self.store = workspace.store
        self.service = (
            Service(DraftStore(self.store), replace(workspace.settings, sandbox=True), host())
            if draft
            else Service(self.store, workspace.settings, host())
        )
        self.zone = ZoneInfo(workspace.settings.timezone)

    @property
    def name(self) -> str:
        """What people call the workspace: its folder."""
        return Path(self.options.workspace).resolve().name

    @property
    def directory(self) -> Directory:
        """Everybody, as last imported."""
        return self.service.world.directory()

    @property
    def caller(self) -> Caller:
        """The account at the keyboard, and whom it asks to be."""
        wanted = self.options.actor
        return Caller(account(), host(), None if wanted is None else self.person(wanted))

    @property
    def administration(self) -> Administration:
        """What administrators do, done by the caller."""
        return Administration(self.service, self.caller)

    def actor(self, command_id: str | None = None) -> Actor:
        """Who acts; the command ends where that cannot be said.

        Whoever sends a command again is who they were when it was carried out.
        """
        found = actor_of(self.store, command_id, self.caller) or self._identified(self.caller)
        if isinstance(found, Refusal):
            if found.kind == "authority":
                self.service.record_attempt("Enter", account_of(self.caller), found)
            raise self.refused(found, near=self._called_like(found))
        return found

    def _called_like(self, refusal: Refusal) -> list[str]:
        """Whom a name that nobody bears may mean; a stranger is told of nobody."""
        own = self.directory.by_account(self.caller.account) is not None
        known = self.workspace.settings.sandbox or self.administers or own
        if refusal.code != "R130" or not known:
            return []
        return people_like(refusal.values["person"], self.directory)

    def designer(self) -> Actor:
        """Who designs: the person at the keyboard, or the account where it is nobody's."""
        caller = self.caller
        found = self._identified(caller)
        return account_of(caller) if isinstance(found, Refusal) else found

    def arranger(self, command_id: str | None = None) -> Actor:
        """Who arranges for people: as who acts, or an administrator whose account is nobody's."""
        caller = self.caller
        return account_of(caller) if self._is_office(caller) else self.actor(command_id)

    def _is_office(self, caller: Caller) -> bool:
        nobody = self.directory.by_account(caller.account) is None and caller.wanted is None
        return nobody and self.administers

    def _identified(self, caller: Caller) -> Actor | Refusal:
        return identify(caller, self.directory, self.workspace.settings, self.service.world.today)

    @property
    def administers(self) -> bool:
        """True if the account at the keyboard administers the workspace."""
        return refuse_unless_administrator(self.caller, self.service.administrators) is None

    def known(self) -> None:
        """End the command for a stranger in a live workspace; a sandbox shows who one could be."""
        sandbox = self.workspace.settings.sandbox
        if not sandbox and not self.administers:
            self.actor()

    def person(self, text: str) -> str:
        """The id of a person given by id or name; what nobody bears is given back as it is."""
        if self.directory.person(text) is not None:
            return text
        found = self.directory.by_name(text)
        if len(found) > 1:
            known = self.output.listed(self.described(person) for person in found)
            raise wrong_use(self.language, "C112", name=text, people=known)
        return found[0] if found else text

    def described(self, person: str) -> str:
        """A person so that two of one name can be told apart: id, name, department."""
        found = self.directory.person(person)
        if found is None:
            return person
        return " ".join(part for part in (found.id, found.name, found.department) if part)

    def release(self, rulebook: str) -> Release:
        """The current release of a rulebook, given by id or title."""
        found = current_release(self.service, rulebook)
        if found is not None:
            return found
        known = releases(self.service)
        for one in known:
            if rulebook in self._any_program(one).rulebook.title.values():
                return one
        listed = self.output.listed(one.rulebook for one in known) or "—"
        raise wrong_use(self.language, "C113", rulebook=rulebook, known=listed)

    def program(self, release: Release, process: str | None = None) -> Program:
        """A process of a release, by id or title; the first one if none is named."""
        first = self._any_program(release)
        if process is None:
            return first
        for one in self.programs(release):
            if process == one.process.id or process in one.process.title.values():
                return one
        known = self.output.listed(one.id for one in first.rulebook.processes)
        raise wrong_use(self.language, "C114", process=process, known=known)

    def programs(self, release: Release) -> Iterator[Program]:
        """Every process of a release, in the order of the rulebook."""
        for process in self._any_program(release).rulebook.processes:
            yield self.service.cases.program(release.artefact, process.id)

    def scope(self, case: str, viewer: str) -> Scope:
        """A case that the viewer may see; one that they may not see is not there for them."""
        found = self.seen(case, viewer)
        if found is None:
            refusal = Refusal("R100", "invalid", {"case": case})
            if self.service.cases.exists(case):
                self.service.record_attempt("Look", self.actor(), refusal, case)
            raise self.refused(refusal, near=self._like(case, viewer))
        return found

    def seen(self, case: str, viewer: str) -> Scope | None:
        """A case if there is one of that id and the viewer may see it."""
        # Other streams than cases have no row there, and no scope.
        found = self.service.scope(case) if self.service.cases.exists(case) else None
        return found if found is not None and may_see(found, viewer) else None

    def _like(self, case: str, viewer: str) -> list[str]:
        """Cases that the viewer may see, with a number like this one."""
        rows = (self.store.rows(table, {"viewers": viewer}) for table in CASE_TABLES)
        ids = [row["id"] for found in rows for row in found]
        near = get_close_matches(case, ids, PROPOSED, LIKE)
        return [one for one in near if self.seen(one, viewer)]

    def reader(self, case: str, viewer: str) -> Reader:
        """A case that the viewer may see, in the reader's language."""
        return self.read(self.scope(case, viewer))

    def read(self, scope: Scope) -> Reader:
        """A case in the language and the zone of whoever reads it."""
        return Reader(scope, self.language, self.instants)

    @cached_property
    def instants(self) -> Instants:
        """How instants are told: in the zone of the person at the keyboard."""
        caller = self.caller
        person = caller.wanted or self.directory.by_account(caller.account)
        return self.directory.instants(person or "", self.zone)

    def local(self, moment: datetime | None) -> str:
        """An instant in the reader's zone, to the minute."""
        return self.instants.told(moment) if moment else ""

    def readers(self, viewer: str) -> Iterator[Reader]:
        """Every case that the viewer may see, live or closed."""
        for table in CASE_TABLES:
            for row in self.store.rows(table, {"viewers": viewer}, order="id"):
                scope = self.seen(row["id"], viewer)
                if scope is not None:
                    yield self.read(scope)

    def due(self, moment: datetime | None, *, provisional: bool) -> str:
        """A deadline; marked where the holidays of its year are not announced."""
        shown = self.local(moment)
        return (
            MESSAGES.say(self.language, "reader.provisional", due=shown) if provisional else shown
        )

    def refused(
        self, refusal: Refusal, reader: Reader | None = None, near: Sequence[str] = ()
    ) -> StopError:
        """A stop for a refusal; `near` is what there is instead of what is not there."""
        found = refusal_view(refusal, self.language, reader)
        hint = self.output.say("refused.beside") if refusal.code == "R176" else found.hint
        if near:
            like = self.output.say("refused.near", near=self.output.listed(map(visible, near)))
            hint = self.output.sentences((like, hint))
        if refusal.code == "R107" and refusal.values["field"] not in _ARGUMENTS:
            option = f"--{refusal.values['field'].replace('_', '-')}"
            hint = self.output.say("refused.option", option=option)
        return StopError(Explained(found.code, found.title, found.text, hint), FINDINGS)

    def misused(self, refusal: Refusal) -> StopError:
        """A stop for what was typed on the command line and the engine cannot read."""
        return StopError(self.refused(refusal).explained, WRONG_USE)

    def _any_program(self, release: Release) -> Program:
        row = self.store.get("artefacts", release.artefact) or {}
        first = str(row["rulebook"]["processes"][0]["id"])
        return self.service.cases.program(release.artefact, first)


@contextmanager
def workplace(
    options: Options, disk: Disk | None = None, *, draft: bool = False
) -> Iterator[Workplace]:
    """The workspace that the options name, closed afterwards; what fails in it ends the command.

    With `draft` nothing is written: what would happen, happens in memory only.
    """
    opened = open_workspace(Path(options.workspace), disk)
    if isinstance(opened, Problem):
        status = WRONG_USE if opened.code == "C104" else FINDINGS
        raise StopError(engine_words(options, opened.code, opened.values), status)
    place = Workplace(options, opened, draft=draft)
    for repair in opened.store.repairs:
        place.output.note(damage_line(place.output, repair))
    try:
        yield place
    except StoreFailure as failure:
        words = engine_words(options, failure.code, failure.values)
        raise StopError(words, FINDINGS) from failure
    except BusyError as busy:
        words = explained(options.language, "C115", {"tries": str(busy)})
        raise StopError(words, FINDINGS) from busy
    except (UnknownEventError, ValidationError) as strange:
        problem = not_understood(opened.folder, strange)
        raise StopError(engine_words(options, problem.code, problem.values), FINDINGS) from strange
    except CalendarMissingError as missing:
        words = explained(options.language, "C116", {"calendar": str(missing)})
        raise StopError(words, FINDINGS) from missing
    finally:
        opened.store.close()


def engine_words(options: Options, code: str, values: dict[str, str]) -> Explained:
    """A code of workspaces, stores or case input in words."""
    return explained(options.language, code, values, MESSAGES)


def damage_line(output: Output, damage: Damage) -> str:
    """One line about what is wrong with a store."""
    found = explained(output.language, damage.code, damage.values, MESSAGES)
    words = {"code": found.code, "title": found.title, "text": found.text, "hint": found.hint}
    return output.say("verify.damage", **words)


def account() -> str:
    """The operating system's account of this process; variables such as USER prove nothing."""
    user = os.getuid()
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def host() -> str:
    """The machine's name."""
    return os.uname().nodename
