"""Whom a field for a person offers while a name is typed."""

import asyncio

import pytest
from textual.app import App
from textual.widgets import OptionList

from dsl.catalogue import Language
from tui.shell import Shell
from tui.texts import MESSAGES
from tui.widgets.people import PersonField

MOST = PersonField.MOST
SHELL = Shell(None, "en")

PEOPLE = (
    ("1001", "Zhang Min accountant Finance"),
    ("1002", "Zhang Min engineer Works"),
    ("1003", "Li Lei Works"),
    *((f"2{number:03}", f"Anybody {number}") for number in range(2 * MOST)),
)


def offered(text: str) -> list[str]:
    return [one.value for one in PersonField(SHELL, "", PEOPLE).find(text)]


def test_people_of_one_name_are_told_apart_and_stand_in_the_field_by_id() -> None:
    assert offered("zhang") == ["1001", "1002"]
    assert offered("zhang works") == ["1002"]
    texts = [one.text for one in PersonField(SHELL, "", PEOPLE).find("Zhang Min")]
    assert [text.split()[0] for text in texts] == ["1001", "1002"]
    assert "Finance" in texts[0]


def test_nothing_is_offered_where_nothing_is_asked_or_all_is_said() -> None:
    assert offered("") == offered("1001") == offered("nobody") == []
    assert len(offered("any")) == 2 * MOST


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_that_is_not_whole_says_how_many_more_there_are(language: Language) -> None:
    async def run() -> None:
        app: App[None] = App()
        async with app.run_test() as pilot:
            field = PersonField(Shell(None, language), "any", PEOPLE)
            await app.mount(field)
            await pilot.pause()
            options = field.query_one(OptionList)
            assert options.option_count == MOST + 1
            last = options.get_option_at_index(MOST)
            assert last.disabled
            assert str(last.prompt) == MESSAGES.say(language, "form.more", count=MOST)
            field.input.value = "zhang"
            await pilot.pause()
            assert options.option_count == 2

    asyncio.run(run())
