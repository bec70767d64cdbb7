"""Publishing from the designer: only what holds, only by an administrator, only with a reason."""

import asyncio
from pathlib import Path

import pytest

from engine.administration import Administration, current_release
from engine.artefact import Release
from engine.commands import Actor
from engine.desk.desk import Desk
from engine.drafting.draft import Drafter
from engine.drafting.manuscript import Manuscript
from engine.identity import Caller
from engine.publishing import assemble
from engine.service import Service
from tests.engine.sample.company import Player
from tests.tui.designing import SMALL, Script, Studio, design
from tui.app import BatonApp
from tui.screens.designer import DesignerScreen
from tui.shell import Shell


def design_at(service: Service, account: str, file: Path, script: Script) -> None:
    async def run() -> None:
        caller = Caller(account, "desk", None)
        desk = Desk(service, Actor("M", "sandbox", "desk"), Administration(service, caller))
        manuscript = Manuscript(file)
        app = BatonApp(
            Shell(lambda: desk, "en", place="sample"),
            lambda shell: DesignerScreen(shell, manuscript),
        )
        async with app.run_test(size=(160, 48)) as pilot:
            studio = Studio(app, pilot)
            await studio.rest()
            await script(studio)

    asyncio.run(run())


@pytest.fixture
def service() -> Service:
    return Player().service


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.rulebook"
    path.write_text(SMALL)
    return path


def test_a_rulebook_is_published_with_a_reason(service: Service, file: Path) -> None:
    (account, *_) = service.administrators

    async def script(studio: Studio) -> None:
        await studio.press("f10")
        assert "Scenarios that hold: 3" in studio.text
        await studio.press("ctrl+s")
        assert "Please fill in: Reason" in studio.text
        await studio.write("for the new year")
        await studio.press("ctrl+s")
        assert "Published: growing_company 1.0.0" in studio.told

    design_at(service, account, file, script)
    release = current_release(service, "growing_company")
    assert release is not None
    assert (release.reason, release.version) == ("for the new year", "1.0.0")


def test_a_scenario_that_does_not_hold_is_told_and_nothing_is_published(
    service: Service, file: Path
) -> None:
    file.write_text(SMALL.replace("  expect case closed", "  expect case withdrawn"))
    (account, *_) = service.administrators

    async def script(studio: Studio) -> None:
        await studio.press("f10")
        assert "✖ quiet_exit" in studio.text
        await studio.write("why not")
        await studio.press("ctrl+s")
        assert "Not published" in studio.text

    design_at(service, account, file, script)
    assert current_release(service, "growing_company") is None


def test_whoever_does_not_administer_the_workspace_is_refused(service: Service, file: Path) -> None:
    async def script(studio: Studio) -> None:
        await studio.press("f10")
        assert "R134" in studio.text

    design_at(service, "somebody", file, script)
    assert current_release(service, "growing_company") is None


def test_what_somebody_else_has_published_meanwhile_is_told_in_the_form_and_the_reason_stays(
    service: Service, file: Path
) -> None:
    (account, *_) = service.administrators

    async def script(studio: Studio) -> None:
        await studio.press("f10")
        await studio.write("for the new year")
        draft = Drafter("other").draft(SMALL.replace('"Office"', '"Our office"', 1), "en")
        assert draft.checked is not None
        theirs = assemble(draft.checked, draft.layers)
        office = Administration(service, Caller(account, "desk", None))
        assert isinstance(office.publish(theirs, "first"), Release)
        await studio.press("ctrl+s")
        assert "R140" in studio.text
        assert "for the new year" in studio.text
        await studio.press("escape", "f10")
        assert "R140" in studio.text
        await studio.press("escape")
        version = studio.written.replace("version 1.0.0", "version 1.1.0")
        studio.designer.editor.become(version)
        await studio.press("ctrl+s", "f10")
        await studio.write("for the new year")
        await studio.press("ctrl+s")
        assert "Published: growing_company 1.1.0" in studio.told

    design_at(service, account, file, script)
    release = current_release(service, "growing_company")
    assert release is not None
    assert release.version == "1.1.0"


def test_what_is_not_saved_is_not_published(service: Service, file: Path) -> None:
    async def script(studio: Studio) -> None:
        await studio.write("# ")
        await studio.press("f10")
        assert "Save the text first" in studio.told

    design_at(service, service.administrators[0], file, script)


def test_without_a_workspace_it_is_said_how_to_publish(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await studio.press("f10")
        assert "no workspace" in studio.told

    design(tmp_path / "small.rulebook", script, text=SMALL)
