"""A rulebook is tried in virtual time: acted in as anybody, taken back, kept as a scenario that holds."""

from pathlib import Path

import pytest

from dsl.catalogue import Language
from dsl.formatter import format_source
from dsl.pipeline import check_source
from dsl.source import of_text
from engine.drafting.playing import play
from engine.drafting.trying import Trial
from engine.publishing import assemble
from engine.texts import MESSAGES as ENGINE
from tests.tui.designing import SMALL, Studio, design
from tui.screens.trying import TryScreen
from tui.widgets.fields import FormField
from tui.widgets.table import VirtualTable

FILE = "small.rulebook"
GATED = SMALL.replace(
    "\naction final_pay",
    """
gate pay "Pay"
  holds wages
  until every item done

action final_pay""",
).replace(
    "  by office within 5 working days", "  by office within 5 working days\n  releases wages"
)
RECORDS = """
record car "Car"
  key plate
  plate "Plate" text
  driver "Driver" person optional
  make "Make" choice van "Van", lorry "Lorry"

fact cars "Cars" list of car set by office
  allow W507 because "tried"

"""
TEXTS: dict[Language, str] = {
    "en": SMALL,
    "zh": format_source(of_text("x", SMALL), "zh").text or "",
}


async def begin(studio: Studio) -> None:
    await studio.press("f9", "ctrl+s")


async def do(studio: Studio, who: str, does: str, about: str) -> None:
    """Choose an offer, and take its form as it stands."""
    screen = studio.app.screen
    assert isinstance(screen, TryScreen)
    assert screen.tried is not None
    offers = [(one.role, one.act, one.about) for one in screen.tried.offers]
    at = next(n for n, one in enumerate(offers) if one[:2] == (who, does) and about in one[2])
    screen.query_one("#offers", VirtualTable).cursor = at
    await studio.press("enter")
    if not isinstance(studio.app.screen, TryScreen):
        await studio.press("ctrl+s")


def marks(studio: Studio) -> str:
    """The drawing of the tried case."""
    return "\n".join("".join(part.text for part in row) for row in trying(studio).sketch.rows)


def trying(studio: Studio):
    screen = next(one for one in studio.app.screen_stack if isinstance(one, TryScreen))
    assert screen.tried is not None
    return screen.tried


def test_a_case_is_begun_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played = []
    plain = Trial.play

    def counted(self: Trial, *given):
        played.append(given)
        return plain(self, *given)

    monkeypatch.setattr(Trial, "play", counted)
    design(tmp_path / FILE, begin, text=SMALL)
    assert len(played) == 1


def test_what_cannot_be_played_is_told_in_the_form_and_stays_in_it(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await studio.press("f9")
        await studio.write("x")
        await studio.press("ctrl+s")
        form = studio.app.screen
        assert "09:00x" in studio.text
        await studio.press("backspace", "ctrl+s")
        assert studio.app.screen is not form
        assert trying(studio).problem is None

    design(tmp_path / FILE, script, text=SMALL)


def test_what_has_happened_is_read_to_its_end(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await begin(studio)
        await studio.press("f6", "f6")
        line = trying(studio).told[-1].text
        assert len(line) > 60
        assert "".join(line.split()) in "".join(studio.text.split())

    design(tmp_path / FILE, script, text=SMALL, size=(80, 24))


OTHERS: list[tuple[Language, tuple[int, int]]] = [
    ("en", (160, 48)), ("zh", (160, 48)), ("en", (80, 24))
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "size"),
    [
        ("zh", (80, 24)),
        *(pytest.param(*one, marks=pytest.mark.long) for one in OTHERS),
    ],
)
def test_a_whole_case_is_tried_and_kept_as_a_scenario_that_holds(
    tmp_path: Path, language: Language, size: tuple[int, int]
) -> None:
    text = TEXTS[language]

    async def script(studio: Studio) -> None:
        await begin(studio)
        assert "●" in marks(studio)
        await do(studio, "manager", "approve", "")
        await do(studio, "manager", "name", "")
        await do(studio, "leaver", "hand_over", "Work in progress")
        await do(studio, "leaver", "hand_over", "Laptop")
        while not trying(studio).is_over:
            offers = trying(studio).offers
            signs = next((one for one in offers if one.act in ("sign", "complete")), None)
            if signs is None:
                await studio.press("w")
            else:
                await do(studio, signs.role, signs.act, signs.about)
        assert any(one.is_notice for one in trying(studio).told) or trying(studio).is_over
        assert "✔" in marks(studio)
        await studio.press("ctrl+s")
        await studio.write("It went well")
        await studio.press("ctrl+s")
        assert '"It went well"' in studio.written
        assert studio.codes == []

        assert studio.written.startswith(text.rstrip("\n"))
        checked = check_source(of_text("x", studio.written))
        results = {
            result.scenario: result.failures
            for _, result in play(assemble(checked.checked, checked.layers))
        }
        assert results["it_went_well"] == ()

    design(tmp_path / FILE, script, text=text, language=language, size=size)


def test_what_is_kept_expects_what_came_of_it(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await begin(studio)
        await studio.press("ctrl+s")
        await studio.write("Quiet exit")
        await studio.press("ctrl+s")
        assert '\nscenario tried_1 "Quiet exit"\n' in studio.written
        assert studio.written.rstrip().endswith("\n  expect case open")

    design(tmp_path / FILE, script, text=TEXTS["en"])


def test_time_passes_notices_go_out_and_a_step_is_taken_back(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await begin(studio)
        before = trying(studio)
        await do(studio, "manager", "approve", "")
        await do(studio, "manager", "name", "")
        for _ in range(4):
            await studio.press("w")
        after = trying(studio)
        assert after.now > before.now
        assert [one.text for one in after.told if one.is_notice] != []
        assert "✉" in studio.text
        await studio.press("u", "u", "u", "u", "u", "u", "u", "u", "u")
        assert trying(studio) == before
        await studio.press("t")
        await studio.write("x")
        await studio.press("ctrl+s")
        assert ENGINE.say("en", "drafting.unreadable") in studio.text
        assert trying(studio).now == before.now

    design(tmp_path / FILE, script, text=SMALL)


def test_a_gate_that_stays_shut_says_why_and_a_refusal_is_shown(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        assert studio.codes == []
        await begin(studio)
        await do(studio, "manager", "approve", "")
        await do(studio, "manager", "name", "")
        (gate,) = trying(studio).gates
        assert not gate.open
        assert {one.title for one in gate.obstacles} >= {"Work in progress"}
        assert "⊠" in studio.text
        assert "✖ Work in progress" in studio.text
        lines = studio.app.screen._trial.lines
        studio.app.screen.play("office completes final_pay")
        await studio.rest()
        assert "R1" in trying(studio).problem
        assert studio.app.screen._trial.lines == lines

    design(tmp_path / FILE, script, text=GATED)


def test_only_a_sound_rulebook_is_tried(tmp_path: Path) -> None:
    async def script(studio: Studio) -> None:
        await studio.press("f9")
        assert "Mend the errors first" in studio.told

    design(tmp_path / FILE, script, text=SMALL.replace("version", "verzion"))


def test_a_tried_case_is_given_records_as_lines_of_a_table(tmp_path: Path) -> None:
    text = SMALL.replace("role leaver", f"{RECORDS}role leaver", 1)

    async def script(studio: Studio) -> None:
        assert studio.codes == []
        await studio.press("f9")
        field = next(one for one in studio.app.screen.query(FormField) if one.field.id == "cars")
        assert "Plate, Driver, Make" in studio.text
        field.query_one(".entry").text = 'A-1, E-7, van\n"B, 2",,lorry\n'
        await studio.press("ctrl+s")
        assert trying(studio).problem is None
        await studio.press("ctrl+s")
        await studio.write("Two cars")
        await studio.press("ctrl+s")
        assert '  given cars plate "A-1", driver "E-7", make van\n' in studio.written
        assert '  given cars plate "B, 2", make lorry\n' in studio.written
        assert studio.codes == []

    design(tmp_path / FILE, script, text=text)
