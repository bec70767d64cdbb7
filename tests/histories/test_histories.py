"""Ledgers of this format, frozen: they open, are whole, replay to what they say, and go on."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from engine.administration import Administration
from engine.commands import Actor, Comment
from engine.events import EVENT_TYPES
from engine.identity import Caller
from engine.rejection import Refusal
from engine.service import Done, Service
from engine.store.frames import FORMAT
from engine.store.ledger import LedgerStore
from engine.store.port import TableName
from engine.workspace import Problem, open_workspace, settings_of
from tests.engine.sample.company import SETTINGS
from tests.engine.sample.looking import look_at
from tests.engine.store.samples import ledger
from tests.histories.make import DEMO, HOME, kinds_in

FROZEN = sorted(path.parent.name for path in HOME.glob("*/ledger"))


@pytest.fixture(params=FROZEN)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(HOME / request.param, tmp_path / "history"))


def cases_of(store: LedgerStore) -> list[str]:
    """Every case that the ledger tells of, ended ones too."""
    streams = {one.stream: one.type for one in store.changes() if one.sequence == 1}
    return [stream for stream, first in streams.items() if first == "CaseOpened"]


def test_it_opens_is_whole_replays_and_goes_on(folder: Path) -> None:
    store = ledger(folder / "ledger")
    assert store.repairs == ()
    assert list(store.verify()) == []
    settings = settings_of(store) or SETTINGS
    service = Service(store, settings, "test-host")
    cases = cases_of(store)
    for case in cases:
        look_at(service, case)

    office = Administration(service, Caller(settings.administrators[0], "desk"))
    assert office.set_clock(datetime(2027, 1, 4, 9, tzinfo=UTC)) is None
    service.advance()
    for case in cases:
        scope = service.scope(case)
        assert scope is not None
        actor = Actor(scope.state.subject, "sandbox", "desk")
        answer = service.execute(case, Comment("a year later", None), actor)
        assert isinstance(answer, Done if scope.state.status == "open" else Refusal), answer
        look_at(service, case)
    assert store.compact()
    store.close()

    again = ledger(folder / "ledger")
    assert list(again.verify()) == []
    for case in cases:
        look_at(Service(again, settings, "test-host"), case)
    again.close()


def test_a_snapshot_says_what_the_whole_ledger_says(tmp_path: Path) -> None:
    whole = Path(shutil.copytree(HOME / DEMO, tmp_path / "whole")) / "ledger"
    part = Path(shutil.copytree(whole, tmp_path / "part"))
    (whole / "snapshot.baton").unlink()
    shutil.rmtree(whole / "archive")
    stores = [ledger(part), ledger(whole)]
    tables: tuple[TableName, ...] = get_args(TableName)
    short, long = ({table: store.rows(table) for table in tables} for store in stores)
    assert short == long
    for store in stores:
        store.close()


def test_every_kind_of_event_is_in_one_of_them(tmp_path: Path) -> None:
    kinds: set[str] = set()
    for name in FROZEN:
        store = ledger(Path(shutil.copytree(HOME / name, tmp_path / name)) / "ledger")
        kinds |= kinds_in(store)
        store.close()
    assert {name for name, _ in EVENT_TYPES} - kinds == set(), "make histories"


def test_a_ledger_of_another_format_is_told_and_left_alone(tmp_path: Path) -> None:
    other = HOME / "format_0" / "ledger.baton"
    folder = tmp_path / "old" / "ledger"
    folder.mkdir(parents=True)
    shutil.copy(other, folder)
    found = open_workspace(tmp_path / "old")
    assert isinstance(found, Problem)
    assert (found.code, found.values["found"]) == ("K103", "0")
    assert found.values["supported"] == str(FORMAT)
    assert (folder / other.name).read_bytes() == other.read_bytes()
