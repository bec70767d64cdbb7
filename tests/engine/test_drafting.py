"""Forms write into a text in place: in its dialect, with its comments, and nothing else changes."""

from difflib import ndiff
from pathlib import Path

import pytest

from dsl.catalogue import Language
from dsl.formatter import format_source
from dsl.source import of_text
from engine.drafting.draft import Draft, Drafter
from engine.drafting.filled import initial
from engine.drafting.forms import Changed, FormKind, carried_out, form_at, lacking, new_form
from engine.drafting.playing import play
from engine.drafting.templates import templates
from engine.publishing import assemble
from engine.texts import MESSAGES
from tests.dsl.shelves import LIBRARY, folders

SMALL = Path("rulebooks/small_company.rulebook").read_text("utf-8")
SMALL_ZH = format_source(of_text("x", SMALL), "zh").text or ""
COMMENTED = SMALL.replace(
    "  due 5 working days before last_day",
    "  # why so early\n  due 5 working days before last_day  # mail",
)


def say(message: str) -> str:
    return MESSAGES.say("en", message)


def draft(text: str, language: Language = "en") -> Draft:
    return Drafter("x").draft(text, language)


def add(text: str, kind: FormKind, **answers: str) -> Changed:
    before = draft(text)
    form = new_form(before, kind, 0, say)
    assert form is not None
    given = {**initial(form.fields), **answers}
    assert lacking(before, form, given) is None
    return carried_out(before, form, given)


def change(text: str, words: str, **answers: str) -> Changed:
    before = draft(text)
    form = form_at(before, text.index(words), say)
    assert form is not None
    given = {**initial(form.fields), **answers}
    assert lacking(before, form, given) is None
    return carried_out(before, form, given)


def different(before: str, after: str) -> list[str]:
    return [line for line in ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"]


@pytest.mark.parametrize(
    ("kind", "answers", "english", "chinese"),
    [
        (
            "role",
            {"title": "Head of payroll", "who": "holder_of_post", "name": 'Pay "roll"'},
            [r'role head_of_payroll "Head of payroll" is holder of post "Pay \"roll\""'],
            [r'角色 head_of_payroll "Head of payroll" 为 岗位 "Pay \"roll\"" 任职者'],
        ),
        (
            "role",
            {"title": "Deputy", "who": "named_by", "of": "manager", "amount": "1"},
            ['role deputy "Deputy" is named by manager within 1 working day'],
            ['角色 deputy "Deputy" 为 由 manager 指定 限 1 个工作日'],
        ),
        (
            "item",
            {
                "title": "Keys", "id": "keys", "giver": "leaver", "receiver": "office",
                "accountable": "manager", "evidence": "Receipt", "fact": "last_day", "amount": "2",
            },
            ['item keys "Keys"', "  from leaver to office", "  accountable manager",
             '  evidence receipt "Receipt" file', "  due 2 working days before last_day"],
            ['交接项 keys "Keys"', "  由 leaver 移交 给 office", "  责任人 manager",
             '  凭证 receipt "Receipt" 文件', "  截止 last_day 前 2 个工作日"],
        ),
        ("step", {"role": "office", "amount": "8", "unit": "working_hour"},
         ["  step office within 8 working hours"], ["  步骤 office 限 8 个工时"]),
        ("reminder", {"party": "giver", "amount": "1", "unit": "day", "channel": "wecom"},
         ["  remind giver 1 day before due by wecom"], ["  提醒 移交人 到期 前 1 天 以 企业微信"]),
        ("reminder", {"party": "office", "amount": "3", "direction": "after", "channel": "email"},
         ["  escalate to office 3 working days after due by email"],
         ["  升级 office 到期 后 3 个工作日 以 邮件"]),
    ],
)  # fmt: skip
def test_what_a_form_adds_is_written_in_the_dialect_of_the_text(
    kind: FormKind, answers: dict[str, str], english: list[str], chinese: list[str]
) -> None:
    for text, wanted in ((SMALL, english), (SMALL_ZH, chinese)):
        made = add(text, kind, **answers)
        lines = different(text, made.text)
        assert [line[2:] for line in lines if line.strip("+ ")] == wanted
        assert all(line[0] == "+" for line in lines)
        assert draft(made.text).errors == 0
        assert made.text[made.offset :].startswith(wanted[0].strip())
        formatted = format_source(of_text("x", made.text)).text or ""
        assert [line for line in different(formatted, made.text) if line.strip("+- ")] == []


def test_changing_an_item_replaces_its_lines_and_keeps_its_comments() -> None:
    made = change(
        COMMENTED, "evidence introduction", amount="10", receiver="office", accountable=""
    )
    assert different(COMMENTED, made.text) == [
        "-   from leaver to successor",
        "+   from leaver to office",
        "-   accountable manager",
        "-   due 5 working days before last_day  # mail",
        "+   due 10 working days before last_day  # mail",
    ]


@pytest.mark.parametrize(
    ("words", "answers", "lines"),
    [
        ('role office "', {"title": "Our office"},
         ['- role office "Office" is anyone in group "Office"',
          '+ role office "Our office" is anyone in group "Office"']),
        ("step manager within", {"role": "office", "amount": ""},
         ["-   step manager within 2 working days", "+   step office"]),
        ("remind giver", {"amount": "3", "channel": "inbox"},
         ["-   remind giver 2 days before due by email", "+   remind giver 3 days before due by inbox"]),
        ('item equipment "', {"accountable": "manager"}, ["+   accountable manager"]),
        ('item equipment "', {}, []),
    ],
)  # fmt: skip
def test_what_is_changed_is_changed_in_place(
    words: str, answers: dict[str, str], lines: list[str]
) -> None:
    assert different(SMALL, change(SMALL, words, **answers).text) == lines


def test_a_form_in_chinese_text_finds_what_stands_there() -> None:
    made = change(SMALL_ZH, "提醒 移交人", amount="4")
    assert different(SMALL_ZH, made.text) == [
        "-   提醒 移交人 到期 前 2 天 以 邮件",
        "+   提醒 移交人 到期 前 4 天 以 邮件",
    ]


@pytest.mark.parametrize("words", ['role manager "', "process leaving", "on reject return"])
def test_what_a_form_cannot_say_has_none(words: str) -> None:
    assert form_at(draft(SMALL), SMALL.index(words), say) is None


@pytest.mark.parametrize(
    ("kind", "answers", "problem"),
    [
        ("item", {"title": "x", "giver": "leaver"}, "drafting.one_side"),
        ("item", {"title": "customers"}, "drafting.known_id"),
        ("item", {"title": "x", "id": "a b"}, "drafting.bad_id"),
        ("item", {"title": "x", "amount": "１"}, "drafting.no_number"),
        ("role", {"title": "x", "who": "manager_of"}, "drafting.no_role"),
        ("role", {"title": "x", "who": "person", "name": " "}, "drafting.no_name"),
        ("reminder", {}, "drafting.no_number"),
    ],
)
def test_answers_that_will_not_do_are_told(
    kind: FormKind, answers: dict[str, str], problem: str
) -> None:
    before = draft(SMALL)
    form = new_form(before, kind, 0, say)
    assert form is not None
    assert lacking(before, form, {**initial(form.fields), **answers}) == problem


def test_every_shipped_rulebook_is_a_template_without_errors() -> None:
    known = templates("zh")
    assert {one.name for one in known} >= {"base_offboarding", "construction", "small_company"}
    judged = [Drafter("x", folders(LIBRARY)).draft(one.text, "zh") for one in known]
    assert [one.errors for one in judged] == [0] * len(known)
    assert "小公司离职交接" in [one.title for one in known]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_smallest_rulebook_is_whole_and_its_scenario_holds(language: Language) -> None:
    text = templates(language)[0].text
    made = draft(text, language)
    assert made.problems == ()
    assert made.dialect == language
    assert format_source(made.source).text == text
    assert [result.failures for _, result in play(assemble(made.checked, made.layers))] == [()]
