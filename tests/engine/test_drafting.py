"""Forms write into a text in place: in its dialect, with its comments, and nothing else changes."""

from pathlib import Path

import pytest

from dsl.catalogue import Language
from dsl.formatter import format_source
from dsl.source import of_text
from engine.drafting.draft import Drafter
from engine.drafting.forms import (
    carried_out,
    form_at,
    lacking,
    new_form,
    refused,
)
from engine.drafting.forms.shapes import FormKind
from engine.drafting.playing import play
from engine.drafting.templates import templates
from engine.publishing import assemble
from tests.dsl.shelves import LIBRARY, folders
from tests.engine.filling import SMALL, SMALL_ZH, add, change, different, draft, filled_in

COMMENTED = SMALL.replace(
    "  due 5 working days before last_day",
    "  # why so early\n  due 5 working days before last_day  # mail",
)


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
        ("fact", {"title": "Grade", "type": "integer", "bounds": "1 - 15", "set_by": "office"},
         ['fact grade "Grade" integer 1..15 set by office'],
         ['事实 grade "Grade" 整数 1..15 由 office 修改']),
        ("fact", {"title": "Kind", "type": "choice", "option": "end", "option2": "Give notice", "default": "give_notice"},
         ['fact kind "Kind" choice end "end", give_notice "Give notice" default give_notice'],
         ['事实 kind "Kind" 选项 end "end", give_notice "Give notice" 默认 give_notice']),
        ("content", {"into": "equipment", "title": "Serial number", "id": "serial", "optional": "yes"},
         ['  provide serial "Serial number" text optional'], ['  填写 serial "Serial number" 文本 可选']),
        ("evidence", {"into": "customers", "title": "Photo", "source": "successor", "what1": "fact:laptop"},
         ['  evidence photo "Photo" file from successor when laptop = yes'],
         ['  凭证 photo "Photo" 文件 来自 successor 当 laptop = 是']),
        ("gate", {"title": "Pay", "holds": "wages", "what1": "items:", "what2": "approval:resignation",
                  "what3": "fact:last_day", "how3": ">=", "value3": "2026-01-01", "waiver": "office",
                  "say": "Not yet"},
         ['gate pay "Pay"', "  holds wages", "  until every item done",
          "  until approval resignation approved", "  until last_day >= 2026-01-01",
          "  waiver by office with reason", '  otherwise say "Not yet"'],
         ['门 pay "Pay"', "  暂缓 工资", "  直到 全部 交接项 完成", "  直到 审批 resignation 已通过",
          "  直到 last_day >= 2026-01-01", "  豁免 由 office 须填理由", '  否则 提示 "Not yet"']),
        ("gate", {"title": "Door", "holds": "own", "thing": "the door", "what1": "item:equipment",
                  "how1": "done", "behind": "leaving/3"},
         ['gate door "Door"', '  holds "the door"', "  until item equipment done", "  then gate door"],
         ['门 door "Door"', '  暂缓 "the door"', "  直到 交接项 equipment 完成", "  再 门 door"]),
        ("approval", {"title": "Exit", "role": "office", "amount": "1", "reject": "leaver", "behind": "leaving/3"},
         ['approval exit "Exit"', "  step office within 1 working day", "  on reject return to leaver",
          "  then approval exit"],
         ['审批 exit "Exit"', "  步骤 office 限 1 个工作日", "  驳回 退回 leaver", "  再 审批 exit"]),
        ("action", {"title": "Reference", "by": "office", "releases": "certificate", "behind": "leaving/3"},
         ['action reference "Reference"', "  by office", "  releases certificate", "  then action reference"],
         ['动作 reference "Reference"', "  由 office", "  涉及 离职证明", "  再 动作 reference"]),
        ("stage", {"title": "Farewell", "ahead": "leaving/3"},
         ['  stage farewell "Farewell"'], ['  阶段 farewell "Farewell"']),
    ],
)  # fmt: skip
def test_what_a_form_adds_is_written_in_the_dialect_of_the_text(
    kind: FormKind, answers: dict[str, str], english: list[str], chinese: list[str]
) -> None:
    for text, wanted in ((SMALL, english), (SMALL_ZH, chinese)):
        after = add(text, kind, **answers)
        lines = different(text, after.text)
        assert [line[2:] for line in lines if line.strip("+ ")] == wanted
        assert all(line[0] == "+" for line in lines)
        assert after.text[after.offset :].startswith(wanted[0].strip())
        assert format_source(of_text("x", after.text)).text == after.text


def test_changing_an_item_replaces_its_lines_and_keeps_its_comments() -> None:
    after = change(COMMENTED, 'item customers "', amount="10", receiver="office", accountable="")
    assert different(COMMENTED, after.text) == [
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
        ('approval resignation "', {"reject": "", "title": "Leave"},
         ['- approval resignation "Resignation"', '+ approval resignation "Leave"',
          "-   on reject return to leaver"]),
        ('action final_pay "', {"amount": "3"},
         ["-   by office within 5 working days", "+   by office within 3 working days"]),
    ],
)  # fmt: skip
def test_what_is_changed_is_changed_in_place(
    words: str, answers: dict[str, str], lines: list[str]
) -> None:
    assert different(SMALL, change(SMALL, words, **answers).text) == lines


def test_conditions_are_rows_that_all_hold() -> None:
    once = add(SMALL, "fact", title="Level", type="integer").text
    text = add(once, "fact", title="Bonus", type="money", optional="yes").text
    after = change(
        text, 'item equipment "', what2="fact:level", how2=">", value2="８",
        what3="fact:bonus", how3="<", value3="5,000",
    )  # fmt: skip
    applies = "  applies when laptop = yes and level > 8 and known bonus and bonus < 5000 CNY"
    assert different(text, after.text) == ["-   applies when laptop", f"+ {applies}"]
    form = form_at(draft(after.text), after.text.index('item equipment "'), "en")
    rows = {one.id: one.value for one in form.fields if one.id[-1].isdigit()} if form else {}
    assert [rows[f"what{number}"] for number in (1, 2, 3, 4, 5)] == [
        "fact:laptop", "fact:level", "fact:bonus", "fact:bonus", "",
    ]  # fmt: skip
    assert (rows["value1"], rows["how2"], rows["value2"]) == ("yes", ">", "8")
    assert (rows["how3"], rows["value4"]) == ("known", "5000 CNY")
    less = change(after.text, 'item equipment "', what1="", what4="").text
    assert "  applies when level > 8 and known bonus\n" in less


def test_what_a_fact_says_on_lines_of_its_own_moves_into_its_first_line() -> None:
    fact = (
        'fact level "Level" integer\n  default 3\n  set by office\n  because "law"\n\nrole leaver'
    )
    text = SMALL.replace("role leaver", fact, 1)
    own, moved = '"Level" integer\n  default 3\n  set by', '"Grade" integer default 3 set by'
    assert change(text, 'fact level "', title="Grade").text == text.replace(own, moved)
    assert change(text, 'fact level "').text == text


def test_a_condition_that_rows_cannot_say_stays_when_the_title_changes() -> None:
    kinds = 'choice a "A", b "B"'
    given = f'fact one "One" {kinds}\nfact other "Other" {kinds}\n\nrole leaver'
    compared = SMALL.replace("role leaver", given, 1).replace("when laptop", "when one = other")
    assert different(compared, change(compared, 'item equipment "', title="Things").text) == [
        '- item equipment "Laptop and keys"', '+ item equipment "Things"',
    ]  # fmt: skip


def test_a_line_that_rows_cannot_say_is_shown_as_it_stands() -> None:
    shown = SMALL.replace("applies when laptop", "applies when last_day = last_day")
    form = form_at(draft(shown), shown.index('item equipment "'), "en")
    assert form is not None
    kept = [one.value for one in form.fields if one.kind == "shown"]
    assert kept == ["applies when last_day = last_day"]


@pytest.mark.parametrize(
    ("before", "answers", "after"),
    [
        ("laptop and (keeps_customers or (known level and level > 3))", {"value3": "4"},
         "laptop = yes and (keeps_customers = yes or (known level and level > 4))"),
        ("(laptop or keeps_customers) and (known level or last_day > 2026-01-01)", {"value1": "no"},
         "(laptop = no or keeps_customers = yes) and (known level or last_day > 2026-01-01)"),
        ("(laptop and (keeps_customers or laptop)) or keeps_customers", {"join3": "and"},
         "(laptop = yes and keeps_customers = yes and laptop = yes) or keeps_customers = yes"),
        ("laptop and keeps_customers", {"join2": "either"}, "laptop = yes or keeps_customers = yes"),
        ("laptop and (keeps_customers or (known level and level > 3))", {"what2": ""},
         "laptop = yes or (known level and level > 3)"),
    ],
)  # fmt: skip
def test_rows_may_stand_instead_of_one_another(
    before: str, answers: dict[str, str], after: str
) -> None:
    fact = 'fact level "Level" integer optional\n\nrole leaver'
    text = SMALL.replace("role leaver", fact, 1).replace("when laptop", f"when {before}")
    assert change(text, 'item equipment "').text == text
    made = change(text, 'item equipment "', **answers).text
    assert different(text, made) == [f"-   applies when {before}", f"+   applies when {after}"]


def test_lines_of_a_gate_may_hold_rows_that_stand_instead_of_one_another() -> None:
    gate = """gate pay "Pay"
  holds wages
  until every item done
  until laptop or keeps_customers  # either
  until last_day > 2026-01-01

process"""
    text = SMALL.replace("process", gate, 1)
    assert change(text, 'gate pay "').text == text
    more = change(text, 'gate pay "', value3="no", value4="2026-02-01").text
    assert more == text.replace(
        "laptop or keeps_customers  #", "laptop = yes or keeps_customers = no  #"
    ).replace("last_day > 2026-01", "last_day > 2026-02")


CARS = """record car "Car"
  key plate
  plate "Plate" text
  make "Make" choice van "Van" zh "货车", lorry "Lorry" zh "卡车"
  seats "Seats" integer optional

fact cars "Cars" list of car set by office
fact kind "Kind" choice old "Old" zh "旧", new "New" zh "新", other default new

role leaver"""
EACH = '  for each car in cars where car.make = van and (known car.seats or car.plate is not "A")'


def test_an_item_for_some_records_of_a_list_says_which_in_rows() -> None:
    text = SMALL.replace("role leaver", CARS, 1)
    item = f'item papers "Papers"\n{EACH}\n  from leaver to office\n\nitem customers'
    before = text.replace("item customers", item, 1)
    assert draft(before).errors == 0
    assert change(before, 'item papers "').text == before
    answers = {"of_value1": "lorry", "of_what2": "fact:seats", "of_how2": "unknown", "of_what3": ""}
    less = change(before, 'item papers "', **answers).text
    assert "  for each car in cars where car.make = lorry and not known car.seats\n" in less
    new = add(
        text, "item", title="Keys", giver="leaver", receiver="office", each="cars",
        of_what1="fact:make", of_how1="!=", of_value1="van",
    )  # fmt: skip
    assert "+   for each one in cars where one.make is not van" in different(text, new.text)


def test_the_titles_of_options_are_changed_and_what_has_an_id_keeps_it() -> None:
    text = SMALL.replace("role leaver", CARS, 1)
    assert change(text, 'fact kind "').text == text
    after = change(
        text, 'fact kind "', option="Ancient", option_zh="古旧", option2="", option3="Another",
        option4="Brand new", option_zh4="全新", default="brand_new",
    )  # fmt: skip
    assert different(text, after.text)[1] == (
        '+ fact kind "Kind" choice old "Ancient" zh "古旧", other "Another", brand_new "Brand new" zh "全新" default brand_new'
    )


def test_rows_of_a_gate_stand_in_their_order_and_each_by_itself() -> None:
    """Whether a value is known, one `until` does not ask for another."""
    fact = 'fact level "Level" integer optional\n\nrole leaver'
    text = SMALL.replace("role leaver", fact, 1)
    gate = 'gate pay "Pay"\n  holds wages\n  until every item done\n\nprocess'
    gate = text.replace("process", gate, 1)
    more = {"what2": "fact:level", "how2": "known", "what3": "fact:level", "value3": "3"}
    after = change(gate, 'gate pay "', **more).text
    assert different(gate, after) == [
        "+   until known level",
        "+   until known level and level = 3",
    ]


def test_a_row_that_cannot_be_read_is_told() -> None:
    form = form_at(draft(SMALL), SMALL.index('item equipment "'), "en")
    assert form is not None
    answers = {"what1": "fact:last_day", "how1": "<", "value1": "soon"}
    given = filled_in(draft(SMALL), form, answers)
    assert lacking(draft(SMALL), form, given) == "drafting.unreadable"


def test_what_a_form_would_break_is_told_and_nothing_is_written() -> None:
    before = draft(SMALL)
    form = new_form(before, "content", 0, "en")
    assert form is not None
    answers = {"into": "work_in_progress", "title": "Documents"}
    after = carried_out(before, form, filled_in(before, form, answers))
    assert (refused(before, after, "en") or "").startswith("E202")


def test_what_has_slipped_into_the_first_line_goes_to_a_line_of_its_own() -> None:
    head = 'item work_in_progress "Work in progress"'
    slipped = SMALL.replace(f"{head}\n  from", f"{head}  from")
    after = change(slipped, head, title="Everything unfinished")
    new = head.replace("Work in progress", "Everything unfinished")
    assert f"{new}\n  from leaver to successor\n  accountable manager\n" in after.text


def test_a_text_that_is_not_in_its_canonical_form_keeps_its_own() -> None:
    loose = SMALL.replace("  due last_day\n", "  due   last_day\n")
    after = change(loose, 'item equipment "', accountable="manager")
    assert different(loose, after.text) == ["+   accountable manager"]
    tidy = change(SMALL, 'item equipment "', accountable="manager").text
    assert format_source(of_text("x", tidy)).text == tidy


@pytest.mark.parametrize("name", ["base_offboarding", "construction"])
def test_a_form_that_changes_nothing_leaves_the_text_as_it_was(name: str) -> None:
    text = Path("rulebooks", f"{name}.rulebook").read_text("utf-8")
    before = Drafter("x", folders(LIBRARY)).draft(text, "zh")
    kinds: set[str] = set()
    for statement in before.parsed.statements:
        form = form_at(before, statement.span.start, "zh")
        if form is not None and form.kind not in kinds:
            kinds.add(form.kind)
            given = filled_in(before, form, {})
            assert lacking(before, form, given) is None
            assert carried_out(before, form, given).text == before.source.original
    assert kinds >= {"fact", "item", "content", "evidence", "role", "gate", "stage"}


def test_a_form_of_a_layer_offers_what_its_base_declares() -> None:
    text = Path("rulebooks/industries/software.rulebook").read_text("utf-8")
    shelf = folders(LIBRARY)
    before = Drafter("x", shelf).draft(text, "zh")
    form = new_form(before, "item", 0, "zh")
    assert form is not None
    answers = {"title": "密钥", "giver": "leaver", "receiver": "sre", "fact": "last_day"}
    after = carried_out(before, form, filled_in(before, form, answers), shelf)
    assert refused(before, after, "zh", shelf) is None
    assert "+   由 leaver 移交 给 sre" in different(text, after.text)


def test_a_form_in_chinese_text_finds_what_stands_there() -> None:
    after = change(SMALL_ZH, "提醒 移交人", amount="4")
    assert different(SMALL_ZH, after.text) == [
        "-   提醒 移交人 到期 前 2 天 以 邮件",
        "+   提醒 移交人 到期 前 4 天 以 邮件",
    ]


def test_what_a_form_cannot_say_has_none() -> None:
    assert form_at(draft(SMALL), SMALL.index("process leaving"), "en") is None


@pytest.mark.parametrize(
    ("kind", "answers", "problem"),
    [
        ("item", {"title": "x", "giver": "leaver"}, "drafting.one_side"),
        ("item", {"title": "customers"}, "drafting.known_id"),
        ("item", {"title": "x", "id": "a b"}, "drafting.bad_id"),
        ("item", {"title": "x", "fact": "last_day", "amount": "１"}, "drafting.no_number"),
        ("role", {"title": "x", "who": "manager_of", "of": ""}, "drafting.no_role"),
        ("role", {"title": "x", "who": "person", "name": " "}, "drafting.no_name"),
        ("reminder", {}, "drafting.no_number"),
        ("gate", {"title": "x"}, "drafting.no_condition"),
        ("fact", {"title": "x", "type": "integer", "bounds": "few"}, "drafting.no_bounds"),
        ("fact", {"title": "x", "type": "date", "default": "soon"}, "drafting.unreadable"),
    ],
)
def test_answers_that_will_not_do_are_told(
    kind: FormKind, answers: dict[str, str], problem: str
) -> None:
    before = draft(SMALL)
    form = new_form(before, kind, 0, "en")
    assert form is not None
    assert lacking(before, form, filled_in(before, form, answers)) == problem


def test_every_shipped_rulebook_is_a_template_without_errors() -> None:
    known = templates("zh")
    assert {one.id for one in known} >= {"base_offboarding", "software_leaving", "工程离职交接"}
    judged = [Drafter("x", folders(LIBRARY)).draft(one.text, "zh") for one in known]
    assert [one.errors for one in judged] == [0] * len(known)
    assert "成长型公司离职交接" in [one.title for one in known]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_smallest_rulebook_is_whole_and_its_scenario_holds(language: Language) -> None:
    text = templates(language)[0].text
    made = draft(text, language)
    assert made.problems == ()
    assert made.dialect == language
    assert format_source(made.source).text == text
    assert [result.failures for _, result in play(assemble(made.checked, made.layers))] == [()]
